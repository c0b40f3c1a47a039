import type { Insertable, Selectable, Transaction, Updateable } from 'kysely';

import type { BridgeMessagesTable, BridgesTable, BridgeTasksTable, Database } from '../schema';
import type { Executor, Store } from '../store';

export type BridgeRow = Selectable<BridgesTable>;
export type BridgeMessageRow = Selectable<BridgeMessagesTable>;
export type BridgeTaskRow = Selectable<BridgeTasksTable>;

/** Conversations that one advisor attends at once; more could not be told apart on a phone. */
const MOST_ATTENDED = 10;

/** Who attends a customer from their own WhatsApp; undefined when nobody does any more. */
export async function openBridgeOf(
	executor: Executor,
	workspaceId: string,
	conversationId: string,
): Promise<BridgeRow | undefined> {
	return await executor
		.selectFrom('bridges')
		.selectAll()
		.where('conversation_id', '=', conversationId)
		.where('workspace_id', '=', workspaceId)
		.where('state', '=', 'open')
		.executeTakeFirst();
}

/** From now on this advisor attends the customer; whoever did before does not. */
export async function openBridge(
	tx: Transaction<Database>,
	store: Store,
	bridge: Pick<BridgeRow, 'conversation_id' | 'contact_id' | 'advisor_id'>,
): Promise<void> {
	const now = store.now();
	await tx
		.insertInto('bridges')
		.values({
			id: store.newId(),
			workspace_id: store.workspaceId,
			...bridge,
			state: 'open',
			opened_at: now,
			ended_at: null,
		})
		.onConflict((conflict) =>
			conflict
				.columns(['workspace_id', 'conversation_id'])
				.doUpdateSet({ advisor_id: bridge.advisor_id, state: 'open', opened_at: now, ended_at: null }),
		)
		.execute();
}

export async function endBridge(tx: Transaction<Database>, store: Store, conversationId: string): Promise<void> {
	await tx
		.updateTable('bridges')
		.set({ state: 'ended', ended_at: store.now() })
		.where('conversation_id', '=', conversationId)
		.where('workspace_id', '=', store.workspaceId)
		.where('state', '=', 'open')
		.execute();
}

/** Whom an advisor attends from their own WhatsApp: theirs still, and not given back since. Latest first. */
export async function attendedBy(
	executor: Executor,
	workspaceId: string,
	advisorId: string,
): Promise<
	Array<{ readonly conversationId: string; readonly contactId: string; readonly lastInboundAt: number | null }>
> {
	return await executor
		.selectFrom('bridges')
		.innerJoin('conversations', 'conversations.id', 'bridges.conversation_id')
		.select([
			'conversations.id as conversationId',
			'conversations.contact_id as contactId',
			'conversations.last_inbound_at as lastInboundAt',
		])
		.where('bridges.workspace_id', '=', workspaceId)
		.where('bridges.advisor_id', '=', advisorId)
		.where('bridges.state', '=', 'open')
		.where('conversations.mode', '=', 'human')
		.where('conversations.owner_advisor_id', '=', advisorId)
		.orderBy('bridges.opened_at', 'desc')
		.limit(MOST_ATTENDED)
		.execute();
}

/** Keeps what goes through the bridge, once for its cause. False when it was there. */
export async function insertBridgeMessage(
	tx: Transaction<Database>,
	row: Insertable<BridgeMessagesTable>,
): Promise<boolean> {
	const inserted = await tx
		.insertInto('bridge_messages')
		.values(row)
		.onConflict((conflict) => conflict.columns(['workspace_id', 'request_id']).doNothing())
		.returning('id')
		.executeTakeFirst();
	return inserted !== undefined;
}

export async function updateBridgeMessage(
	tx: Transaction<Database>,
	id: string,
	changes: Updateable<BridgeMessagesTable>,
): Promise<void> {
	await tx.updateTable('bridge_messages').set(changes).where('id', '=', id).execute();
}

/** What of the bridge is known by its own id, by its cause, or by the message that carries it. */
export async function bridgeMessageBy(
	executor: Executor,
	workspaceId: string,
	key: 'id' | 'request_id' | 'message_id',
	value: string,
): Promise<BridgeMessageRow | undefined> {
	return await executor
		.selectFrom('bridge_messages')
		.selectAll()
		.where('workspace_id', '=', workspaceId)
		.where(key, '=', value)
		.executeTakeFirst();
}

/** Cards of a conversation, to whomever they went, oldest first. */
export async function cardsOfConversation(
	executor: Executor,
	workspaceId: string,
	conversationId: string,
	since: number,
): Promise<BridgeMessageRow[]> {
	return await executor
		.selectFrom('bridge_messages')
		.selectAll()
		.where('workspace_id', '=', workspaceId)
		.where('conversation_id', '=', conversationId)
		.where('kind', '=', 'card')
		.where('created_at', '>=', since)
		.orderBy('id')
		.limit(200)
		.execute();
}

/** Cards that an advisor has not answered, latest first. */
export async function openCardsOf(
	executor: Executor,
	workspaceId: string,
	advisorId: string,
	limit: number,
): Promise<BridgeMessageRow[]> {
	return await executor
		.selectFrom('bridge_messages')
		.selectAll()
		.where('workspace_id', '=', workspaceId)
		.where('advisor_id', '=', advisorId)
		.where('kind', '=', 'card')
		.where('state', '=', 'open')
		.orderBy('id', 'desc')
		.limit(limit)
		.execute();
}

/** How a notification reached its person by WhatsApp: the message, and what became of it. */
export async function deliveriesOf(
	executor: Executor,
	workspaceId: string,
	notificationId: string,
): Promise<Array<{ readonly messageId: string; readonly status: string | null; readonly error: string | null }>> {
	return await executor
		.selectFrom('bridge_messages')
		.innerJoin('messages', 'messages.id', 'bridge_messages.message_id')
		.select(['messages.id as messageId', 'messages.delivery_status as status', 'messages.error'])
		.where('bridge_messages.workspace_id', '=', workspaceId)
		.where('bridge_messages.notification_id', '=', notificationId)
		.orderBy('bridge_messages.id')
		.execute();
}

/** Asks for work under another person's lock; one that is known already stays as it is. */
export async function insertBridgeTask(tx: Transaction<Database>, row: Insertable<BridgeTasksTable>): Promise<void> {
	await tx
		.insertInto('bridge_tasks')
		.values(row)
		.onConflict((conflict) => conflict.column('id').doNothing())
		.execute();
}

export async function getBridgeTask(
	executor: Executor,
	workspaceId: string,
	id: string,
): Promise<BridgeTaskRow | undefined> {
	return await executor
		.selectFrom('bridge_tasks')
		.selectAll()
		.where('workspace_id', '=', workspaceId)
		.where('id', '=', id)
		.executeTakeFirst();
}

/** Tasks of one trigger whose time has come, in the order they were asked for. */
export async function dueBridgeTasks(
	executor: Executor,
	store: Store,
	webhookId: string,
	limit: number,
): Promise<BridgeTaskRow[]> {
	return await executor
		.selectFrom('bridge_tasks')
		.selectAll()
		.where('workspace_id', '=', store.workspaceId)
		.where('webhook_id', '=', webhookId)
		.where('state', '=', 'ready')
		.where('ready_at', '<=', store.now())
		.orderBy('ready_at')
		.orderBy('id')
		.limit(limit)
		.execute();
}

/** Tasks of one kind about one customer that are still to be done, and were asked for since a time. */
export async function openTasksAbout(
	executor: Executor,
	workspaceId: string,
	asked: { readonly contactId: string; readonly kind: string; readonly since: number },
): Promise<BridgeTaskRow[]> {
	return await executor
		.selectFrom('bridge_tasks')
		.selectAll()
		.where('contact_id', '=', asked.contactId)
		.where('workspace_id', '=', workspaceId)
		.where('kind', '=', asked.kind)
		.where('state', '=', 'ready')
		.where('created_at', '>=', asked.since)
		.limit(100)
		.execute();
}

/** Removes what was done before a time; what the conversations keep of it stays. */
export async function pruneBridgeTasks(executor: Executor, store: Store, before: number): Promise<void> {
	await executor
		.deleteFrom('bridge_tasks')
		.where('workspace_id', '=', store.workspaceId)
		.where('finished_at', '<', before)
		.where('state', '=', 'done')
		.execute();
}

export async function updateBridgeTask(
	executor: Executor,
	id: string,
	changes: Updateable<BridgeTasksTable>,
): Promise<void> {
	await executor.updateTable('bridge_tasks').set(changes).where('id', '=', id).where('state', '=', 'ready').execute();
}
