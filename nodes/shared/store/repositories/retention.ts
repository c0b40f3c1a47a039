import type { Transaction } from 'kysely';

import type { Database } from '../schema';
import type { Executor, Store } from '../store';
import { OPEN_CASE_STATUSES } from './cases';

export interface OldConversation {
	readonly id: string;
	readonly contactId: string;
	readonly createdAt: number;
	readonly activityAt: number;
}

/** Conversations that began before a time, oldest first. `after` is the id of the last one of the page before. */
export async function conversationsBegunBefore(
	executor: Executor,
	workspaceId: string,
	page: { readonly before: number; readonly after?: string; readonly limit: number },
): Promise<{ readonly rows: readonly OldConversation[]; readonly isLast: boolean }> {
	const rows = await executor
		.selectFrom('conversations')
		.select(['id', 'contact_id as contactId', 'created_at as createdAt', 'activity_at as activityAt'])
		.where('workspace_id', '=', workspaceId)
		.where('id', '>', page.after ?? '')
		.orderBy('id')
		.limit(page.limit)
		.execute();
	// Ids are made in the order of time.
	const old = rows.filter(({ createdAt }) => createdAt < page.before);
	return { rows: old, isLast: rows.length < page.limit || old.length === 0 };
}

/** Whether the business still needs a customer's records: a lead, or a case that is not closed (D26). */
export async function isNeeded(executor: Executor, workspaceId: string, contactId: string): Promise<boolean> {
	const lead = await executor
		.selectFrom('leads')
		.select('id')
		.where('workspace_id', '=', workspaceId)
		.where('contact_id', '=', contactId)
		.limit(1)
		.executeTakeFirst();
	if (lead) return true;
	const open = await executor
		.selectFrom('cases')
		.select('id')
		.where('workspace_id', '=', workspaceId)
		.where('contact_id', '=', contactId)
		.where('status', 'in', [...OPEN_CASE_STATUSES])
		.limit(1)
		.executeTakeFirst();
	return open !== undefined;
}

/** A page of messages of a conversation from before a time, oldest first. */
export async function messagesBefore(
	executor: Executor,
	workspaceId: string,
	conversationId: string,
	page: { readonly before: number; readonly limit: number },
): Promise<readonly string[]> {
	const rows = await executor
		.selectFrom('messages')
		.select('id')
		.where('conversation_id', '=', conversationId)
		.where('workspace_id', '=', workspaceId)
		.where('at', '<', page.before)
		.where((row) => row.or([row('turn_state', 'is', null), row('turn_state', '!=', 'pending')]))
		.orderBy('at')
		.orderBy('id')
		.limit(page.limit)
		.execute();
	return rows.map(({ id }) => id);
}

export async function countMessagesBefore(
	executor: Executor,
	workspaceId: string,
	conversationId: string,
	before: number,
): Promise<number> {
	const row = await executor
		.selectFrom('messages')
		.select((count) => count.fn.countAll<number>().as('count'))
		.where('conversation_id', '=', conversationId)
		.where('workspace_id', '=', workspaceId)
		.where('at', '<', before)
		.where((where) => where.or([where('turn_state', 'is', null), where('turn_state', '!=', 'pending')]))
		.executeTakeFirst();
	return Number(row?.count ?? 0);
}

/** Files of a customer from before a time whose bytes are still kept. */
export async function filesBefore(
	executor: Executor,
	workspaceId: string,
	contactId: string,
	before: number,
): Promise<ReadonlyArray<{ readonly id: string; readonly sha256: string }>> {
	const rows = await executor
		.selectFrom('attachments')
		.select(['id', 'sha256'])
		.where('contact_id', '=', contactId)
		.where('workspace_id', '=', workspaceId)
		.where('created_at', '<', before)
		.where('sha256', 'is not', null)
		.execute();
	return rows.flatMap(({ id, sha256 }) => (sha256 === null ? [] : [{ id, sha256 }]));
}

/** Bytes that no attachment has any more are removed by the next clean-up. */
async function orphan(tx: Transaction<Database>, store: Store, digests: ReadonlySet<string>): Promise<void> {
	for (const sha256 of digests) {
		const kept = await tx
			.selectFrom('attachments')
			.select('id')
			.where('workspace_id', '=', store.workspaceId)
			.where('sha256', '=', sha256)
			.limit(1)
			.executeTakeFirst();
		if (kept) continue;
		await tx
			.updateTable('attachment_bytes')
			.set({ orphaned_at: store.now() })
			.where('workspace_id', '=', store.workspaceId)
			.where('sha256', '=', sha256)
			.execute();
	}
}

/** Gives up the bytes of files; that there was a file stays known. */
export async function dropFiles(
	tx: Transaction<Database>,
	store: Store,
	files: ReadonlyArray<{ readonly id: string; readonly sha256: string }>,
): Promise<void> {
	if (files.length === 0) return;
	await tx
		.updateTable('attachments')
		.set({ sha256: null, state: 'expired', error: null, filename: null, caption: null, owner: null })
		.where('workspace_id', '=', store.workspaceId)
		.where(
			'id',
			'in',
			files.map(({ id }) => id),
		)
		.execute();
	await orphan(tx, store, new Set(files.map(({ sha256 }) => sha256)));
}

/** Erases messages with everything that repeats what they said. */
export async function eraseMessages(
	tx: Transaction<Database>,
	store: Store,
	conversationId: string,
	messageIds: readonly string[],
): Promise<void> {
	if (messageIds.length === 0) return;
	const ids = [...messageIds];
	const attachments = await tx
		.selectFrom('attachments')
		.select(['id', 'sha256'])
		.where('message_id', 'in', ids)
		.where('workspace_id', '=', store.workspaceId)
		.execute();
	if (attachments.length > 0) {
		const attachmentIds = attachments.map(({ id }) => id);
		await tx.deleteFrom('attachment_links').where('attachment_id', 'in', attachmentIds).execute();
		await tx.deleteFrom('proof_references').where('attachment_id', 'in', attachmentIds).execute();
		await tx.deleteFrom('attachments').where('id', 'in', attachmentIds).execute();
	}
	await tx.deleteFrom('search_entries').where('id', 'in', ids).execute();
	await tx.deleteFrom('outbox').where('id', 'in', ids).execute();
	await tx.deleteFrom('bridge_messages').where('message_id', 'in', ids).execute();
	await tx
		.deleteFrom('unanswered_questions')
		.where('workspace_id', '=', store.workspaceId)
		.where('message_id', 'in', ids)
		.execute();
	await tx
		.updateTable('conversations')
		.set({ last_message_id: null })
		.where('id', '=', conversationId)
		.where('last_message_id', 'in', ids)
		.execute();
	await tx.deleteFrom('messages').where('id', 'in', ids).execute();
	await orphan(tx, store, new Set(attachments.flatMap(({ sha256 }) => (sha256 === null ? [] : [sha256]))));
}

/** Erases what stood beside a conversation's messages before a time: finished work, notes, tests that were made of them. */
export async function eraseBeside(
	tx: Transaction<Database>,
	store: Store,
	conversation: Pick<OldConversation, 'id' | 'contactId'>,
	before: number,
): Promise<void> {
	await tx
		.deleteFrom('effects')
		.where('conversation_id', '=', conversation.id)
		.where('workspace_id', '=', store.workspaceId)
		.where('state', '=', 'done')
		.where('created_at', '<', before)
		.execute();
	// What the dialogue remembers of somebody who has written nothing since.
	await tx
		.updateTable('conversations')
		.set({ state: null })
		.set((row) => ({ version: row('version', '+', 1) }))
		.where('id', '=', conversation.id)
		.where('activity_at', '<', before)
		.where('mode', 'in', ['bot', 'closed'])
		.execute();
	const notes = await tx
		.deleteFrom('notes')
		.where('conversation_id', '=', conversation.id)
		.where('workspace_id', '=', store.workspaceId)
		.where('at', '<', before)
		.returning('id')
		.execute();
	for (const { id } of notes) await tx.deleteFrom('search_entries').where('id', '=', id).execute();
	await tx
		.deleteFrom('profile_tests')
		.where('workspace_id', '=', store.workspaceId)
		.where('conversation_id', '=', conversation.id)
		.where('created_at', '<', before)
		.execute();
	await tx
		.deleteFrom('notifications')
		.where('conversation_id', '=', conversation.id)
		.where('workspace_id', '=', store.workspaceId)
		.where('created_at', '<', before)
		.execute();
}

/** Lines of a contact's bitácora from before a time that still say something. */
export async function emptyAuditBefore(
	tx: Transaction<Database>,
	workspaceId: string,
	contactId: string,
	before: number,
): Promise<number> {
	const rows = await tx
		.updateTable('audit_log')
		.set({ payload: null, salt: null })
		.where('workspace_id', '=', workspaceId)
		.where('chain', '=', contactId)
		.where('at', '<', before)
		.where('payload', 'is not', null)
		.returning('id')
		.execute();
	return rows.length;
}
