import type { Transaction } from 'kysely';

import type { Database } from '../schema';
import type { Executor, Store } from '../store';

export async function passwordHashOf(
	executor: Executor,
	workspaceId: string,
	advisorId: string,
): Promise<string | undefined> {
	const row = await executor
		.selectFrom('advisor_passwords')
		.select('hash')
		.where('workspace_id', '=', workspaceId)
		.where('advisor_id', '=', advisorId)
		.executeTakeFirst();
	return row?.hash;
}

/** Which of these advisors have set a password. */
export async function advisorsWithPassword(
	executor: Executor,
	workspaceId: string,
	advisorIds: readonly string[],
): Promise<ReadonlySet<string>> {
	if (advisorIds.length === 0) return new Set();
	const rows = await executor
		.selectFrom('advisor_passwords')
		.select('advisor_id')
		.where('workspace_id', '=', workspaceId)
		.where('advisor_id', 'in', advisorIds)
		.execute();
	return new Set(rows.map((row) => row.advisor_id));
}

export async function savePasswordHash(
	tx: Transaction<Database>,
	store: Store,
	advisorId: string,
	hash: string,
): Promise<void> {
	await tx
		.insertInto('advisor_passwords')
		.values({ advisor_id: advisorId, workspace_id: store.workspaceId, hash, changed_at: store.now() })
		.onConflict((conflict) => conflict.column('advisor_id').doUpdateSet({ hash, changed_at: store.now() }))
		.execute();
}
