import type { Insertable, Selectable, Transaction, Updateable } from 'kysely';

import type { AttachmentsTable, Database } from '../schema';
import type { Executor, Store } from '../store';

export type AttachmentRow = Selectable<AttachmentsTable>;

export async function insertAttachment(tx: Transaction<Database>, row: Insertable<AttachmentsTable>): Promise<void> {
	await tx
		.insertInto('attachments')
		.values(row)
		.onConflict((conflict) => conflict.column('id').doNothing())
		.execute();
}

export async function getAttachment(
	executor: Executor,
	workspaceId: string,
	attachmentId: string,
): Promise<AttachmentRow | undefined> {
	return await executor
		.selectFrom('attachments')
		.selectAll()
		.where('workspace_id', '=', workspaceId)
		.where('id', '=', attachmentId)
		.executeTakeFirst();
}

/** The files that came with these messages. */
export async function attachmentsOfMessages(
	executor: Executor,
	workspaceId: string,
	messageIds: readonly string[],
): Promise<AttachmentRow[]> {
	if (messageIds.length === 0) return [];
	return await executor
		.selectFrom('attachments')
		.selectAll()
		.where('workspace_id', '=', workspaceId)
		.where('message_id', 'in', messageIds)
		.orderBy('id')
		.execute();
}

export async function attachmentsOf(
	executor: Executor,
	workspaceId: string,
	kind: 'case' | 'lead',
	targetId: string,
): Promise<AttachmentRow[]> {
	return await executor
		.selectFrom('attachments')
		.innerJoin('attachment_links', 'attachment_links.attachment_id', 'attachments.id')
		.selectAll('attachments')
		.where('attachments.workspace_id', '=', workspaceId)
		.where('attachment_links.kind', '=', kind)
		.where('attachment_links.target_id', '=', targetId)
		.orderBy('attachments.id')
		.execute();
}

export async function linkAttachments(
	tx: Transaction<Database>,
	store: Store,
	kind: 'case' | 'lead',
	targetId: string,
	attachmentIds: readonly string[],
): Promise<void> {
	if (attachmentIds.length === 0) return;
	await tx
		.insertInto('attachment_links')
		.values(attachmentIds.map((id) => ({ attachment_id: id, kind, target_id: targetId, created_at: store.now() })))
		.onConflict((conflict) => conflict.columns(['attachment_id', 'kind', 'target_id']).doNothing())
		.execute();
}

export async function updateAttachment(
	executor: Executor,
	attachmentId: string,
	changes: Updateable<AttachmentsTable>,
): Promise<void> {
	await executor.updateTable('attachments').set(changes).where('id', '=', attachmentId).execute();
}

/** Files of one trigger's conversations that still lie at the vendor and whose time has come. */
export async function dueAttachments(
	executor: Executor,
	store: Store,
	webhookId: string,
	livingOwners: readonly string[],
	limit: number,
): Promise<Array<AttachmentRow & { readonly conversation_id: string }>> {
	return await executor
		.selectFrom('attachments')
		.innerJoin('messages', 'messages.id', 'attachments.message_id')
		.innerJoin('conversations', 'conversations.id', 'messages.conversation_id')
		.selectAll('attachments')
		.select('messages.conversation_id')
		.where('attachments.workspace_id', '=', store.workspaceId)
		.where('attachments.state', '=', 'pending')
		.where('conversations.webhook_id', '=', webhookId)
		.where((row) =>
			row.or([
				row('attachments.ready_at', '<=', store.now()),
				row.and([row('attachments.owner', 'is not', null), row('attachments.owner', 'not in', livingOwners)]),
			]),
		)
		.orderBy('attachments.ready_at')
		.limit(limit)
		.execute();
}

/**
 * Voice notes of one trigger's conversations that are stored, whose transcript is still wanted, and that nobody carries to
 * it any more.
 */
export async function dueTranscripts(
	executor: Executor,
	store: Store,
	webhookId: string,
	livingOwners: readonly string[],
	limit: number,
): Promise<Array<AttachmentRow & { readonly conversation_id: string }>> {
	return await executor
		.selectFrom('messages')
		.innerJoin('attachments', 'attachments.message_id', 'messages.id')
		.innerJoin('conversations', 'conversations.id', 'messages.conversation_id')
		.selectAll('attachments')
		.select('messages.conversation_id')
		.where('messages.workspace_id', '=', store.workspaceId)
		.where('messages.transcript_due_at', 'is not', null)
		.where('attachments.state', '=', 'stored')
		.where('conversations.webhook_id', '=', webhookId)
		.where((row) =>
			row.or([
				row('attachments.ready_at', '<=', store.now()),
				row.and([row('attachments.owner', 'is not', null), row('attachments.owner', 'not in', livingOwners)]),
			]),
		)
		.orderBy('messages.transcript_due_at')
		.limit(limit)
		.execute();
}

/** Ids of the cases that an attachment is on. */
export async function casesOfAttachment(executor: Executor, attachmentId: string): Promise<string[]> {
	const rows = await executor
		.selectFrom('attachment_links')
		.select('target_id')
		.where('attachment_id', '=', attachmentId)
		.where('kind', '=', 'case')
		.orderBy('created_at')
		.execute();
	return rows.map((row) => row.target_id);
}

/** A page of the files of a customer, newest first. `before` is the id of the last row of the page before. */
export async function listAttachments(
	executor: Executor,
	workspaceId: string,
	page: { readonly contactId?: string; readonly before?: string; readonly limit: number },
): Promise<AttachmentRow[]> {
	let query = executor.selectFrom('attachments').selectAll().where('workspace_id', '=', workspaceId);
	if (page.contactId !== undefined) query = query.where('contact_id', '=', page.contactId);
	if (page.before !== undefined) query = query.where('id', '<', page.before);
	return await query.orderBy('id', 'desc').limit(page.limit).execute();
}

/** Digests of bytes that no attachment has any more. */
export async function orphanedBytes(executor: Executor, workspaceId: string, limit: number): Promise<string[]> {
	const rows = await executor
		.selectFrom('attachment_bytes')
		.select('sha256')
		.where('workspace_id', '=', workspaceId)
		.where('orphaned_at', 'is not', null)
		.limit(limit)
		.execute();
	return rows.map((row) => row.sha256);
}

/** Gives up the row of orphaned bytes. False when an attachment or an upload has them again. */
export async function releaseOrphanedBytes(
	tx: Transaction<Database>,
	workspaceId: string,
	sha256: string,
): Promise<boolean> {
	const kept = await tx
		.selectFrom('attachments')
		.select('id')
		.where('workspace_id', '=', workspaceId)
		.where('sha256', '=', sha256)
		.limit(1)
		.executeTakeFirst();
	if (kept) return false;
	const uploaded = await tx
		.selectFrom('uploads')
		.select('id')
		.where('workspace_id', '=', workspaceId)
		.where('sha256', '=', sha256)
		.limit(1)
		.executeTakeFirst();
	if (uploaded) return false;
	const released = await tx
		.deleteFrom('attachment_bytes')
		.where('workspace_id', '=', workspaceId)
		.where('sha256', '=', sha256)
		.where('orphaned_at', 'is not', null)
		.returning('sha256')
		.executeTakeFirst();
	return released !== undefined;
}

/** The first file of the workspace with the same bytes that came in another message before; undefined: it is new. */
export async function earlierWithBytes(
	executor: Executor,
	workspaceId: string,
	file: { readonly id: string; readonly sha256: string },
): Promise<AttachmentRow | undefined> {
	return await executor
		.selectFrom('attachments')
		.selectAll()
		.where('workspace_id', '=', workspaceId)
		.where('sha256', '=', file.sha256)
		.where('id', '<', file.id)
		.orderBy('id')
		.limit(1)
		.executeTakeFirst();
}
