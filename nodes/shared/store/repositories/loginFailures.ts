import type { Transaction } from 'kysely';

import type { Database } from '../schema';
import type { Executor, Store } from '../store';

/** Failures that still count, by subject, with the time from which the first one stops to count. */
export async function failuresOf(
	executor: Executor,
	store: Store,
	subjects: readonly string[],
	windowMs: number,
): Promise<ReadonlyMap<string, { readonly failures: number; readonly until: number }>> {
	const rows = await executor
		.selectFrom('login_failures')
		.select(['subject', 'failures', 'since'])
		.where('workspace_id', '=', store.workspaceId)
		.where('subject', 'in', subjects)
		.where('since', '>', store.now() - windowMs)
		.execute();
	return new Map(rows.map((row) => [row.subject, { failures: row.failures, until: row.since + windowMs }]));
}

/** Counts one more, in one statement: processes that count at once lose none. @returns how many there are now */
export async function countFailure(
	tx: Transaction<Database>,
	store: Store,
	subject: string,
	windowMs: number,
): Promise<number> {
	const now = store.now();
	const old = now - windowMs;
	const row = await tx
		.insertInto('login_failures')
		.values({ workspace_id: store.workspaceId, subject, failures: 1, since: now })
		.onConflict((conflict) =>
			conflict.columns(['workspace_id', 'subject']).doUpdateSet((known) => ({
				failures: known
					.case()
					.when('login_failures.since', '<=', old)
					.then(1)
					.else(known('login_failures.failures', '+', 1))
					.end(),
				since: known
					.case()
					.when('login_failures.since', '<=', old)
					.then(now)
					.else(known.ref('login_failures.since'))
					.end(),
			})),
		)
		.returning('failures')
		.executeTakeFirstOrThrow();
	return row.failures;
}

export async function forgetFailures(tx: Transaction<Database>, workspaceId: string, subject: string): Promise<void> {
	await tx
		.deleteFrom('login_failures')
		.where('workspace_id', '=', workspaceId)
		.where('subject', '=', subject)
		.execute();
}

export async function pruneFailures(executor: Executor, store: Store, before: number): Promise<void> {
	await executor
		.deleteFrom('login_failures')
		.where('workspace_id', '=', store.workspaceId)
		.where('since', '<', before)
		.execute();
}
