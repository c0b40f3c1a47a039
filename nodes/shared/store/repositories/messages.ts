import type { Insertable, Selectable, Transaction, Updateable } from 'kysely';

import type { Database, MessagesTable } from '../schema';
import { KeptQuery } from '../keptQuery';
import type { Executor, Store } from '../store';
import { addSearchEntry } from './searchEntries';

export type MessageRow = Selectable<MessagesTable>;

/** The bot says the same to everybody: finding it would only hide what people wrote. */
const FOUND_BY_SEARCH: ReadonlySet<MessageRow['author']> = new Set(['customer', 'advisor', 'phone']);

const insert = new KeptQuery((executor, row: Insertable<MessagesTable>) =>
	executor
		.insertInto('messages')
		.values(row)
		.onConflict((conflict) => conflict.doNothing())
		.returning('id'),
);

/** Stores a message once. False when the vendor's id is known on this channel: a duplicate delivery. */
export async function insertMessage(
	tx: Transaction<Database>,
	row: Omit<Insertable<MessagesTable>, 'changed_at'>,
): Promise<boolean> {
	const inserted = await insert.first(tx, { ...row, changed_at: row.created_at });
	if (inserted === undefined) return false;
	if (row.text && FOUND_BY_SEARCH.has(row.author)) {
		await addSearchEntry(tx, {
			id: row.id,
			workspaceId: row.workspace_id,
			contactId: row.contact_id,
			conversationId: row.conversation_id,
			text: row.text,
		});
	}
	return true;
}

const pending = new KeptQuery((executor, asked: { workspaceId: string; conversationId: string }) =>
	executor
		.selectFrom('messages')
		.selectAll()
		.where('workspace_id', '=', asked.workspaceId)
		.where('conversation_id', '=', asked.conversationId)
		.where('turn_state', '=', 'pending')
		.orderBy('at')
		.orderBy('id'),
);

/** Inbound messages that no turn has taken yet, in the vendor's order. */
export async function pendingMessages(
	executor: Executor,
	workspaceId: string,
	conversationId: string,
): Promise<MessageRow[]> {
	return await pending.rows(executor, { workspaceId, conversationId });
}

const endWait = new KeptQuery(
	(executor, turn: { messageIds: readonly string[]; turnState: 'done' | 'dead'; requestId: string }) =>
		executor
			.updateTable('messages')
			.set({ turn_state: turn.turnState, request_id: turn.requestId })
			.where('id', 'in', turn.messageIds),
);

/** Ends the wait of messages: taken by a turn, or set aside after too many attempts. */
export async function finishPending(
	tx: Transaction<Database>,
	messageIds: readonly string[],
	turnState: 'done' | 'dead',
	requestId: string,
): Promise<void> {
	await endWait.rows(tx, { messageIds, turnState, requestId });
}

/** Counts an attempt for every pending message of the conversation; returns the highest count. */
export async function countTurnAttempt(
	tx: Transaction<Database>,
	workspaceId: string,
	conversationId: string,
): Promise<number> {
	const rows = await tx
		.updateTable('messages')
		.set((row) => ({ turn_attempts: row('turn_attempts', '+', 1) }))
		.where('workspace_id', '=', workspaceId)
		.where('conversation_id', '=', conversationId)
		.where('turn_state', '=', 'pending')
		.returning('turn_attempts')
		.execute();
	return rows.reduce((highest, row) => Math.max(highest, row.turn_attempts), 0);
}

export async function findByVendorId(
	executor: Executor,
	workspaceId: string,
	channelId: string,
	vendorId: string,
): Promise<MessageRow | undefined> {
	return await executor
		.selectFrom('messages')
		.selectAll()
		.where('workspace_id', '=', workspaceId)
		.where('channel_id', '=', channelId)
		.where('vendor_id', '=', vendorId)
		.executeTakeFirst();
}

const byId = new KeptQuery((executor, asked: { workspaceId: string; messageId: string }) =>
	executor
		.selectFrom('messages')
		.selectAll()
		.where('workspace_id', '=', asked.workspaceId)
		.where('id', '=', asked.messageId),
);

export async function getMessage(
	executor: Executor,
	workspaceId: string,
	messageId: string,
): Promise<MessageRow | undefined> {
	return await byId.first(executor, { workspaceId, messageId });
}

const update = new KeptQuery(
	(executor, { messageId, ...changes }: Updateable<MessagesTable> & { readonly messageId: string }) =>
		executor.updateTable('messages').set(changes).where('id', '=', messageId),
);

export async function updateMessage(
	executor: Executor,
	messageId: string,
	changes: Updateable<MessagesTable>,
): Promise<void> {
	await update.rows(executor, { ...changes, messageId });
}

/** A change that people see: its ticks, its text, that it was taken back. */
export async function changeMessage(
	executor: Executor,
	store: Store,
	messageId: string,
	changes: Updateable<MessagesTable>,
): Promise<void> {
	await updateMessage(executor, messageId, { ...changes, changed_at: store.now() });
}

/** A page of a conversation, newest first. `before` is the last row of the page before, or a time. */
export async function messagesOfConversation(
	executor: Executor,
	store: Store,
	conversationId: string,
	page: {
		readonly limit: number;
		readonly before?: number | Pick<MessageRow, 'at' | 'id'>;
		readonly since?: number;
	},
): Promise<MessageRow[]> {
	let query = executor
		.selectFrom('messages')
		.selectAll()
		.where('conversation_id', '=', conversationId)
		.where('workspace_id', '=', store.workspaceId);
	const { before } = page;
	if (typeof before === 'number') query = query.where('at', '<', before);
	if (typeof before === 'object') {
		// Several messages may bear the same second: the id decides between them.
		query = query
			.where('at', '<=', before.at)
			.where((row) => row.or([row('at', '<', before.at), row('id', '<', before.id)]));
	}
	if (page.since !== undefined) query = query.where('at', '>=', page.since);
	return await query.orderBy('at', 'desc').orderBy('id', 'desc').limit(page.limit).execute();
}

/** The answer is not due yet: this was no attempt. */
export async function resetTurnAttempts(
	tx: Transaction<Database>,
	workspaceId: string,
	conversationId: string,
): Promise<void> {
	await tx
		.updateTable('messages')
		.set({ turn_attempts: 0 })
		.where('workspace_id', '=', workspaceId)
		.where('conversation_id', '=', conversationId)
		.where('turn_state', '=', 'pending')
		.where('turn_attempts', '>', 0)
		.execute();
}
