import type { Selectable } from 'kysely';

import type { AuditSealsTable } from '../schema';
import type { Executor } from '../store';

export type SealRow = Selectable<AuditSealsTable>;

/** Writes a day's seal once: of two processes that seal the same day the first counts. */
export async function insertSeal(executor: Executor, row: SealRow): Promise<void> {
	await executor
		.insertInto('audit_seals')
		.values(row)
		.onConflict((conflict) => conflict.columns(['workspace_id', 'day']).doNothing())
		.execute();
}

export async function lastSeal(executor: Executor, workspaceId: string): Promise<SealRow | undefined> {
	return await executor
		.selectFrom('audit_seals')
		.selectAll()
		.where('workspace_id', '=', workspaceId)
		.orderBy('day', 'desc')
		.limit(1)
		.executeTakeFirst();
}

/** Seals in the order of their days; `after` is the last day of the page before. */
export async function listSeals(
	executor: Executor,
	workspaceId: string,
	page: { readonly after?: string; readonly limit: number },
): Promise<SealRow[]> {
	return await executor
		.selectFrom('audit_seals')
		.selectAll()
		.where('workspace_id', '=', workspaceId)
		.where('day', '>', page.after ?? '')
		.orderBy('day')
		.limit(page.limit)
		.execute();
}
