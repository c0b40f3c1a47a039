import type { Selectable, Transaction, Updateable } from 'kysely';

import type { ConversationsTable, Database } from '../schema';
import { KeptQuery } from '../keptQuery';
import type { Executor, Store } from '../store';

export type ConversationRow = Selectable<ConversationsTable>;

const insert = new KeptQuery((executor, row: ConversationRow) =>
	executor
		.insertInto('conversations')
		.values(row)
		.onConflict((conflict) => conflict.columns(['workspace_id', 'channel_id', 'contact_id']).doNothing())
		.returning('id'),
);

/** The conversation of a contact on a channel; made when there is none. `webhookId` becomes its origin when new. */
export async function conversationOf(
	tx: Transaction<Database>,
	store: Store,
	key: {
		readonly channelId: string;
		readonly contactId: string;
		readonly webhookId: string;
		/** How it begins when it is new; with the bot unless told otherwise. */
		readonly beginning?: Pick<ConversationRow, 'mode' | 'owner_advisor_id'>;
	},
): Promise<ConversationRow> {
	const existing = await findConversation(tx, store.workspaceId, key.channelId, key.contactId);
	if (existing) return existing;
	const now = store.now();
	const row: ConversationRow = {
		id: store.newId(),
		workspace_id: store.workspaceId,
		channel_id: key.channelId,
		contact_id: key.contactId,
		webhook_id: key.webhookId,
		mode: key.beginning?.mode ?? 'bot',
		owner_advisor_id: key.beginning?.owner_advisor_id ?? null,
		area: null,
		last_message_id: null,
		activity_at: now,
		inbound_count: 0,
		waiting_since: null,
		commercial_intent: 0,
		incomplete_at: null,
		revision: 1,
		state: null,
		version: 0,
		turn_due_at: null,
		wake_at: null,
		last_inbound_at: null,
		last_outbound_at: null,
		created_at: now,
		updated_at: now,
	};
	if ((await insert.first(tx, row)) !== undefined) return row;
	return (await findConversation(tx, store.workspaceId, key.channelId, key.contactId)) ?? row;
}

const onChannel = new KeptQuery((executor, asked: { workspaceId: string; channelId: string; contactId: string }) =>
	executor
		.selectFrom('conversations')
		.selectAll()
		.where('workspace_id', '=', asked.workspaceId)
		.where('channel_id', '=', asked.channelId)
		.where('contact_id', '=', asked.contactId),
);

export async function findConversation(
	executor: Executor,
	workspaceId: string,
	channelId: string,
	contactId: string,
): Promise<ConversationRow | undefined> {
	return await onChannel.first(executor, { workspaceId, channelId, contactId });
}

const byId = new KeptQuery((executor, asked: { workspaceId: string; conversationId: string }) =>
	executor
		.selectFrom('conversations')
		.selectAll()
		.where('workspace_id', '=', asked.workspaceId)
		.where('id', '=', asked.conversationId),
);

export async function getConversation(
	executor: Executor,
	workspaceId: string,
	conversationId: string,
): Promise<ConversationRow | undefined> {
	return await byId.first(executor, { workspaceId, conversationId });
}

type Changes = Updateable<ConversationsTable> & { readonly conversationId: string };

const update = new KeptQuery((executor, { conversationId, ...changes }: Changes) =>
	executor
		.updateTable('conversations')
		.set(changes)
		.set((row) => ({ revision: row('revision', '+', 1) }))
		.where('id', '=', conversationId),
);

const updateAndCount = new KeptQuery((executor, { conversationId, ...changes }: Changes) =>
	executor
		.updateTable('conversations')
		.set(changes)
		.set((row) => ({ revision: row('revision', '+', 1), inbound_count: row('inbound_count', '+', 1) }))
		.where('id', '=', conversationId),
);

export async function updateConversation(
	executor: Executor,
	store: Store,
	conversationId: string,
	changes: Updateable<ConversationsTable>,
): Promise<void> {
	await update.rows(executor, { ...changes, updated_at: store.now(), conversationId });
}

/** What the customer wrote is the newest of the conversation, and one more that the team has not read. */
export async function countInbound(
	tx: Transaction<Database>,
	store: Store,
	conversationId: string,
	changes: Updateable<ConversationsTable>,
): Promise<void> {
	await updateAndCount.rows(tx, { ...changes, updated_at: store.now(), conversationId });
}

/** Something that its people see changed elsewhere: a case, a lead, a tag, who reads it. */
export async function touchConversationsOf(tx: Transaction<Database>, store: Store, contactId: string): Promise<void> {
	await tx
		.updateTable('conversations')
		.set({ updated_at: store.now() })
		.set((row) => ({ revision: row('revision', '+', 1) }))
		.where('contact_id', '=', contactId)
		.execute();
}

/** Conversations of one trigger whose answer or reminder is due, oldest wish first. */
export async function dueConversations(
	executor: Executor,
	store: Store,
	webhookId: string,
	column: 'turn_due_at' | 'wake_at',
	limit: number,
): Promise<ConversationRow[]> {
	return await executor
		.selectFrom('conversations')
		.selectAll()
		.where('workspace_id', '=', store.workspaceId)
		.where('webhook_id', '=', webhookId)
		.where(column, '<=', store.now())
		.orderBy(column)
		.limit(limit)
		.execute();
}

/** Moves a due time while somebody works on it (a lease), or clears it. Does not count as a change of the conversation. */
export async function claimConversation(
	executor: Executor,
	conversationId: string,
	column: 'turn_due_at' | 'wake_at',
	until: number | null,
): Promise<void> {
	await executor
		.updateTable('conversations')
		.set(column === 'turn_due_at' ? { turn_due_at: until } : { wake_at: until })
		.where('id', '=', conversationId)
		.execute();
}

/** A page of conversations, newest first. `before` is the id of the last row of the page before. */
export async function listConversations(
	executor: Executor,
	workspaceId: string,
	page: {
		readonly before?: string;
		readonly limit: number;
		readonly mode?: ConversationRow['mode'];
		readonly ownerAdvisorId?: string;
		readonly contactId?: string;
	},
): Promise<ConversationRow[]> {
	let query = executor.selectFrom('conversations').selectAll().where('workspace_id', '=', workspaceId);
	if (page.before !== undefined) query = query.where('id', '<', page.before);
	if (page.mode !== undefined) query = query.where('mode', '=', page.mode);
	if (page.ownerAdvisorId !== undefined) query = query.where('owner_advisor_id', '=', page.ownerAdvisorId);
	if (page.contactId !== undefined) query = query.where('contact_id', '=', page.contactId);
	return await query.orderBy('id', 'desc').limit(page.limit).execute();
}

/** A page of the conversations in the order of their last activity, the latest first. `before`: the last one of the page before. */
export async function listLatestConversations(
	executor: Executor,
	workspaceId: string,
	{ before, limit }: { readonly before?: Pick<ConversationRow, 'activity_at' | 'id'>; readonly limit: number },
): Promise<ConversationRow[]> {
	return await executor
		.selectFrom('conversations')
		.selectAll()
		.where('workspace_id', '=', workspaceId)
		.$if(before !== undefined, (query) =>
			query.where(({ eb, refTuple, tuple }) =>
				eb(refTuple('activity_at', 'id'), '<', tuple(before?.activity_at ?? 0, before?.id ?? '')),
			),
		)
		.orderBy('activity_at', 'desc')
		.orderBy('id', 'desc')
		.limit(limit)
		.execute();
}
