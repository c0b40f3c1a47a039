import type { Insertable, Selectable, Transaction, Updateable } from 'kysely';

import type { AdvisorsTable, Database, NotificationsTable } from '../schema';
import type { Executor, Store } from '../store';

export type AdvisorRow = Selectable<AdvisorsTable>;

/** Everybody of the workspace, by name. A client has tens of advisors, not thousands. */
export async function listAdvisors(executor: Executor, workspaceId: string): Promise<AdvisorRow[]> {
	return await executor
		.selectFrom('advisors')
		.selectAll()
		.where('workspace_id', '=', workspaceId)
		.orderBy('name')
		.limit(1000)
		.execute();
}

export async function getAdvisor(
	executor: Executor,
	workspaceId: string,
	advisorId: string,
): Promise<AdvisorRow | undefined> {
	return await executor
		.selectFrom('advisors')
		.selectAll()
		.where('workspace_id', '=', workspaceId)
		.where('id', '=', advisorId)
		.executeTakeFirst();
}

export async function insertAdvisor(tx: Transaction<Database>, row: Insertable<AdvisorsTable>): Promise<void> {
	await tx.insertInto('advisors').values(row).execute();
}

export async function updateAdvisor(
	executor: Executor,
	store: Store,
	advisorId: string,
	changes: Updateable<AdvisorsTable>,
): Promise<void> {
	await executor
		.updateTable('advisors')
		.set({ ...changes, updated_at: store.now() })
		.where('workspace_id', '=', store.workspaceId)
		.where('id', '=', advisorId)
		.execute();
}

/** Stores a notification once per advisor and request. False when it was there. */
export async function insertNotification(
	tx: Transaction<Database>,
	row: Insertable<NotificationsTable>,
): Promise<boolean> {
	const inserted = await tx
		.insertInto('notifications')
		.values(row)
		.onConflict((conflict) => conflict.columns(['workspace_id', 'advisor_id', 'request_id']).doNothing())
		.returning('id')
		.executeTakeFirst();
	return inserted !== undefined;
}

/** Who was told about a request, so that a repeated request names the same person. */
export async function notifiedAdvisor(
	executor: Executor,
	workspaceId: string,
	requestId: string,
): Promise<string | undefined> {
	const row = await executor
		.selectFrom('notifications')
		.select('advisor_id')
		.where('workspace_id', '=', workspaceId)
		.where('request_id', '=', requestId)
		.executeTakeFirst();
	return row?.advisor_id;
}

export async function deleteAdvisor(tx: Transaction<Database>, workspaceId: string, advisorId: string): Promise<void> {
	await tx.deleteFrom('advisors').where('workspace_id', '=', workspaceId).where('id', '=', advisorId).execute();
	await tx
		.updateTable('advisors')
		.set({ substitute_id: null })
		.where('workspace_id', '=', workspaceId)
		.where('substitute_id', '=', advisorId)
		.execute();
}

/** Customers and conversations of one person go to another, or to nobody. */
export async function reassignOwner(
	tx: Transaction<Database>,
	workspaceId: string,
	fromAdvisorId: string,
	toAdvisorId: string | null,
): Promise<void> {
	for (const table of ['contacts', 'conversations'] as const) {
		await tx
			.updateTable(table)
			.set({ owner_advisor_id: toAdvisorId })
			.where('workspace_id', '=', workspaceId)
			.where('owner_advisor_id', '=', fromAdvisorId)
			.execute();
	}
}

/** How many conversations each person has in hand: those that wait for them and those that they attend. */
export async function countConversationsInHand(
	executor: Executor,
	workspaceId: string,
): Promise<ReadonlyMap<string, number>> {
	const rows = await executor
		.selectFrom('conversations')
		.select(['owner_advisor_id', (row) => row.fn.countAll<number | string>().as('count')])
		.where('workspace_id', '=', workspaceId)
		.where('mode', 'in', ['waiting', 'human'])
		.groupBy('owner_advisor_id')
		.execute();
	return new Map(
		rows.flatMap(({ owner_advisor_id, count }) =>
			owner_advisor_id === null ? [] : [[owner_advisor_id, Number(count)]],
		),
	);
}
