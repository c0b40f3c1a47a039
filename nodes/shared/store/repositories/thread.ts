import type { NotesTable } from '../schema';
import type { Executor } from '../store';
import type { AuditRow } from './auditLog';
import type { MessageRow } from './messages';

/** Where a page of the thread goes on. */
export interface ThreadKey {
	readonly at: number;
	readonly id: string;
}

export interface ThreadPage {
	readonly before?: ThreadKey;
	readonly limit: number;
}

export async function threadMessages(
	executor: Executor,
	workspaceId: string,
	conversationId: string,
	leftOut: readonly string[],
	{ before, limit }: ThreadPage,
): Promise<MessageRow[]> {
	let query = executor
		.selectFrom('messages')
		.selectAll()
		.where('conversation_id', '=', conversationId)
		.where('workspace_id', '=', workspaceId)
		.where('type', 'not in', [...leftOut]);
	if (before !== undefined) {
		query = query.where(({ eb, refTuple, tuple }) => eb(refTuple('at', 'id'), '<', tuple(before.at, before.id)));
	}
	return await query.orderBy('at', 'desc').orderBy('id', 'desc').limit(limit).execute();
}

export async function threadNotes(
	executor: Executor,
	workspaceId: string,
	conversationId: string,
	{ before, limit }: ThreadPage,
): Promise<NotesTable[]> {
	let query = executor
		.selectFrom('notes')
		.selectAll()
		.where('conversation_id', '=', conversationId)
		.where('workspace_id', '=', workspaceId);
	if (before !== undefined) {
		query = query.where(({ eb, refTuple, tuple }) => eb(refTuple('at', 'id'), '<', tuple(before.at, before.id)));
	}
	return await query.orderBy('at', 'desc').orderBy('id', 'desc').limit(limit).execute();
}

/** Lines of the customer's bitácora that are told between the messages. */
export async function threadEvents(
	executor: Executor,
	workspaceId: string,
	conversation: { readonly id: string; readonly contact_id: string },
	{ before, limit }: ThreadPage,
): Promise<AuditRow[]> {
	let query = executor
		.selectFrom('audit_log')
		.selectAll()
		.where('workspace_id', '=', workspaceId)
		.where('chain', '=', conversation.contact_id)
		.where('told_at', 'is not', null)
		// What was done to the customer's other conversation is told there.
		.where((row) =>
			row.or([
				row('subject_kind', 'is', null),
				row('subject_kind', '!=', 'conversation'),
				row('subject_id', '=', conversation.id),
			]),
		);
	if (before !== undefined) {
		query = query.where(({ eb, refTuple, tuple }) => eb(refTuple('told_at', 'id'), '<', tuple(before.at, before.id)));
	}
	return await query.orderBy('told_at', 'desc').orderBy('id', 'desc').limit(limit).execute();
}
