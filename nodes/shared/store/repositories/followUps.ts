import type { Insertable, Selectable, Transaction, Updateable } from 'kysely';

import type { Database, FollowUpsTable } from '../schema';
import type { Executor, Store } from '../store';

export type FollowUpRow = Selectable<FollowUpsTable>;

/** Writes a follow-up once for its request. False when it was there. */
export async function insertFollowUp(tx: Transaction<Database>, row: Insertable<FollowUpsTable>): Promise<boolean> {
	const inserted = await tx
		.insertInto('follow_ups')
		.values(row)
		.onConflict((conflict) => conflict.columns(['workspace_id', 'request_id']).doNothing())
		.returning('id')
		.executeTakeFirst();
	return inserted !== undefined;
}

export async function getFollowUp(
	executor: Executor,
	workspaceId: string,
	followUpId: string,
): Promise<FollowUpRow | undefined> {
	return await executor
		.selectFrom('follow_ups')
		.selectAll()
		.where('workspace_id', '=', workspaceId)
		.where('id', '=', followUpId)
		.executeTakeFirst();
}

export async function updateFollowUp(
	tx: Transaction<Database>,
	store: Store,
	followUpId: string,
	changes: Updateable<FollowUpsTable>,
): Promise<void> {
	await tx
		.updateTable('follow_ups')
		.set({ ...changes, updated_at: store.now() })
		.where('id', '=', followUpId)
		.execute();
}

/** What is still to be done in a conversation, the first due first. */
export async function openFollowUpsOf(
	executor: Executor,
	workspaceId: string,
	conversationId: string,
): Promise<FollowUpRow[]> {
	return await executor
		.selectFrom('follow_ups')
		.selectAll()
		.where('conversation_id', '=', conversationId)
		.where('workspace_id', '=', workspaceId)
		.where('state', '=', 'open')
		.orderBy('due_at')
		.orderBy('id')
		.limit(50)
		.execute();
}

/** A page of what is still to be done, the first due first. `after` is the last row of the page before. */
export async function listFollowUps(
	executor: Executor,
	workspaceId: string,
	page: {
		readonly advisorId?: string;
		readonly after?: { readonly at: number; readonly id: string };
		readonly limit: number;
	},
): Promise<FollowUpRow[]> {
	const { after } = page;
	let query = executor
		.selectFrom('follow_ups')
		.selectAll()
		.where('workspace_id', '=', workspaceId)
		.where('state', '=', 'open');
	if (page.advisorId !== undefined) query = query.where('advisor_id', '=', page.advisorId);
	if (after !== undefined) {
		query = query.where(({ eb, refTuple, tuple }) => eb(refTuple('due_at', 'id'), '>', tuple(after.at, after.id)));
	}
	return await query.orderBy('due_at').orderBy('id').limit(page.limit).execute();
}

/** Follow-ups of one trigger's conversations whose time has come and of which nobody was told. */
export async function dueFollowUps(
	executor: Executor,
	store: Store,
	webhookId: string,
	limit: number,
): Promise<FollowUpRow[]> {
	return await executor
		.selectFrom('follow_ups')
		.selectAll()
		.where('workspace_id', '=', store.workspaceId)
		.where('webhook_id', '=', webhookId)
		.where('wake_at', '<=', store.now())
		.orderBy('wake_at')
		.limit(limit)
		.execute();
}

/** Takes a due follow-up off the clock. False when somebody else did. */
export async function claimFollowUp(tx: Transaction<Database>, store: Store, followUpId: string): Promise<boolean> {
	const claimed = await tx
		.updateTable('follow_ups')
		.set({ wake_at: null, updated_at: store.now() })
		.where('id', '=', followUpId)
		.where('state', '=', 'open')
		.where('wake_at', '<=', store.now())
		.returning('id')
		.executeTakeFirst();
	return claimed !== undefined;
}

/** Whether a rule waits for this customer already. */
export async function hasOpenRule(
	executor: Executor,
	workspaceId: string,
	conversationId: string,
	kind: FollowUpRow['kind'],
): Promise<boolean> {
	const found = await executor
		.selectFrom('follow_ups')
		.select('id')
		.where('conversation_id', '=', conversationId)
		.where('workspace_id', '=', workspaceId)
		.where('state', '=', 'open')
		.where('kind', '=', kind)
		.limit(1)
		.executeTakeFirst();
	return found !== undefined;
}
