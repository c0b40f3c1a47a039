import { isOpenStage } from '../../domain/leads/leadStage';
import type { Executor } from '../store';
import type { AttachmentRow } from './attachments';
import { OPEN_CASE_STATUSES } from './cases';
import type { ContactRow } from './contacts';
import type { MessageRow } from './messages';
import type { OutboxRow } from './outbox';

/** What belongs to the rows of one page, each asked for once for all of them. */

async function rowsById<Row extends { readonly id: string }>(
	ids: readonly string[],
	read: (distinct: readonly string[]) => Promise<readonly Row[]>,
): Promise<ReadonlyMap<string, Row>> {
	if (ids.length === 0) return new Map();
	return new Map((await read([...new Set(ids)])).map((row) => [row.id, row]));
}

export async function contactsById(
	executor: Executor,
	workspaceId: string,
	ids: readonly string[],
): Promise<ReadonlyMap<string, ContactRow>> {
	const contacts = executor.selectFrom('contacts').selectAll().where('workspace_id', '=', workspaceId);
	return await rowsById(ids, async (distinct) => await contacts.where('id', 'in', distinct).execute());
}

export async function messagesById(
	executor: Executor,
	workspaceId: string,
	ids: readonly string[],
): Promise<ReadonlyMap<string, MessageRow>> {
	const messages = executor.selectFrom('messages').selectAll().where('workspace_id', '=', workspaceId);
	return await rowsById(ids, async (distinct) => await messages.where('id', 'in', distinct).execute());
}

export async function messagesByVendorId(
	executor: Executor,
	workspaceId: string,
	channelId: string,
	vendorIds: readonly string[],
): Promise<MessageRow[]> {
	if (vendorIds.length === 0) return [];
	return await executor
		.selectFrom('messages')
		.selectAll()
		.where('workspace_id', '=', workspaceId)
		.where('channel_id', '=', channelId)
		.where('vendor_id', 'in', [...new Set(vendorIds)])
		.execute();
}

/** Reactions, edits and deletions of these messages, oldest first. */
export async function messagesAbout(
	executor: Executor,
	conversationId: string,
	vendorIds: readonly string[],
): Promise<MessageRow[]> {
	if (vendorIds.length === 0) return [];
	return await executor
		.selectFrom('messages')
		.selectAll()
		.where('conversation_id', '=', conversationId)
		.where('about_vendor_id', 'in', [...new Set(vendorIds)])
		.orderBy('at')
		.orderBy('id')
		.execute();
}

/** Rows of the queue that may have been sent twice, or whose outcome nobody knows. */
export async function doubtfulSends(
	executor: Executor,
	workspaceId: string,
	messageIds: readonly string[],
): Promise<ReadonlyMap<string, Pick<OutboxRow, 'state' | 'possible_duplicate'>>> {
	const sends = executor
		.selectFrom('outbox')
		.select(['id', 'state', 'possible_duplicate'])
		.where('workspace_id', '=', workspaceId);
	return await rowsById(messageIds, async (distinct) => await sends.where('id', 'in', distinct).execute());
}

export interface WorkOfContact {
	readonly contact_id: string;
	readonly conversation_id: string | null;
	readonly advisor_id: string | null;
	readonly open: boolean;
	/** Of a lead. */
	readonly stage?: string;
}

/** To whom the cases of these contacts are assigned, and which are open. */
export async function casesOfContacts(
	executor: Executor,
	workspaceId: string,
	contactIds: readonly string[],
): Promise<WorkOfContact[]> {
	if (contactIds.length === 0) return [];
	const rows = await executor
		.selectFrom('cases')
		.select(['contact_id', 'conversation_id', 'advisor_id', 'status'])
		.where('workspace_id', '=', workspaceId)
		.where('contact_id', 'in', [...new Set(contactIds)])
		.execute();
	return rows.map(({ status, ...row }) => ({
		...row,
		open: OPEN_CASE_STATUSES.some((open) => open === status),
	}));
}

/** The leads of these contacts, oldest first. */
export async function leadsOfContacts(
	executor: Executor,
	workspaceId: string,
	contactIds: readonly string[],
): Promise<WorkOfContact[]> {
	if (contactIds.length === 0) return [];
	const rows = await executor
		.selectFrom('leads')
		.select(['contact_id', 'conversation_id', 'advisor_id', 'stage'])
		.where('workspace_id', '=', workspaceId)
		.where('contact_id', 'in', [...new Set(contactIds)])
		.orderBy('id')
		.execute();
	return rows.map((row) => ({ ...row, open: isOpenStage(row.stage) }));
}

/** Dead letters that the list looks at; older ones are in the list of dead letters. */
const TROUBLE = 500;

/** Where something could not be done: conversations, and contacts of whom only a file is missing. */
export async function troubled(
	executor: Executor,
	workspaceId: string,
): Promise<{ readonly conversationIds: ReadonlySet<string>; readonly contactIds: ReadonlySet<string> }> {
	const conversationIds = new Set<string>();
	for (const [table, state] of [
		['journal', 'dead'],
		['effects', 'dead'],
		['outbox', 'failed'],
	] as const) {
		const rows = await executor
			.selectFrom(table)
			.select('conversation_id')
			.where('workspace_id', '=', workspaceId)
			.where('state', '=', state)
			.where('error', 'is not', null)
			.orderBy('created_at', 'desc')
			.orderBy('id', 'desc')
			.limit(TROUBLE)
			.execute();
		for (const row of rows) if (row.conversation_id !== null) conversationIds.add(row.conversation_id);
	}
	const files = await executor
		.selectFrom('attachments')
		.select('contact_id')
		.where('workspace_id', '=', workspaceId)
		.where('state', 'in', ['failed', 'expired'])
		.where('error', 'is not', null)
		.limit(TROUBLE)
		.execute();
	return { conversationIds, contactIds: new Set(files.map((row) => row.contact_id)) };
}

export async function attachmentsByMessage(
	executor: Executor,
	workspaceId: string,
	messageIds: readonly string[],
): Promise<ReadonlyMap<string, AttachmentRow>> {
	if (messageIds.length === 0) return new Map();
	const rows = await executor
		.selectFrom('attachments')
		.selectAll()
		.where('workspace_id', '=', workspaceId)
		.where('message_id', 'in', [...messageIds])
		.execute();
	return new Map(rows.map((row) => [row.message_id, row]));
}

/** The conversation of each of these contacts that was active last. */
export async function conversationsOfContacts(
	executor: Executor,
	workspaceId: string,
	contactIds: readonly string[],
): Promise<ReadonlyMap<string, string>> {
	if (contactIds.length === 0) return new Map();
	const rows = await executor
		.selectFrom('conversations')
		.select(['id', 'contact_id'])
		.where('workspace_id', '=', workspaceId)
		.where('contact_id', 'in', [...new Set(contactIds)])
		.orderBy('activity_at')
		.execute();
	return new Map(rows.map((row) => [row.contact_id, row.id]));
}

/** Meta's pricing of the newest messages of a conversation. */
export async function pricingOfConversation(
	executor: Executor,
	workspaceId: string,
	conversationId: string,
	limit: number,
): Promise<string[]> {
	const rows = await executor
		.selectFrom('messages')
		.select('pricing')
		.where('conversation_id', '=', conversationId)
		.where('workspace_id', '=', workspaceId)
		.where('direction', '=', 'out')
		.where('pricing', 'is not', null)
		.orderBy('at', 'desc')
		.orderBy('id', 'desc')
		.limit(limit)
		.execute();
	return rows.flatMap((row) => row.pricing ?? []);
}
