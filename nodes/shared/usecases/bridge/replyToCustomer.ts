import { buttonId } from '../../domain/bridge/buttons';
import { customerName } from '../../domain/identity/knownName';
import type { OutboundMessage } from '../../domain/messages/outbound';
import { isWindowOpen } from '../../domain/messages/serviceWindow';
import type { AdvisorRow } from '../../store/repositories/advisors';
import { getAttachment } from '../../store/repositories/attachments';
import { appendAudit } from '../../store/repositories/auditLog';
import { bridgeMessageBy, insertBridgeMessage, openTasksAbout } from '../../store/repositories/bridges';
import { getContact } from '../../store/repositories/contacts';
import type { ConversationRow } from '../../store/repositories/conversations';
import { getMessage } from '../../store/repositories/messages';
import { bridgeText } from '../../text/bridgeTexts';
import { queueMessage } from '../send/queueMessage';
import { holderOf } from './attendance';
import { fileMessage, wordsOfMessage } from './relay';
import { attendFrom } from './takeCard';
import { NotYet, type BridgeWork } from './work';

export interface ReplyTask {
	readonly kind: 'reply' | 'replyFile';
	readonly advisorId: string;
	readonly conversationId: string;
	readonly messageId: string;
	readonly attachmentId?: string;
}

/** What the advisor sent, as it goes to the customer; undefined when nothing of it can. */
async function contentOf(work: BridgeWork, task: ReplyTask): Promise<OutboundMessage | undefined> {
	const { tx, store, desk } = work;
	if (task.attachmentId !== undefined) {
		const attachment = await getAttachment(tx, store.workspaceId, task.attachmentId);
		return attachment && fileMessage(attachment, attachment.caption);
	}
	const row = await getMessage(tx, store.workspaceId, task.messageId);
	const text = row && wordsOfMessage(row, desk.profile.language);
	return text === undefined ? undefined : { type: 'text', text };
}

/** How long words wait for a file that the advisor sent before them, ms: WhatsApp hands it out within seconds. */
const FILE_FIRST = 120_000;

/**
 * The customer reads what the advisor sent in the advisor's order: words stay behind a file that still comes from WhatsApp.
 * @throws NotYet while there is one
 */
async function keepOrder(work: BridgeWork, task: ReplyTask, contactId: string): Promise<void> {
	const { tx, store } = work;
	const since = store.now() - FILE_FIRST;
	const files = await openTasksAbout(tx, store.workspaceId, { contactId, kind: 'replyFile', since });
	const before = files.some(({ id, payload }) => {
		const file = JSON.parse(payload) as ReplyTask;
		return id !== work.taskId && file.advisorId === task.advisorId && file.messageId < task.messageId;
	});
	if (before) throw new NotYet('A file that the advisor sent before has not come from WhatsApp yet');
}

/** Whether the advisor may write to the customer now; else they have been told why not. */
export async function mayWriteTo(
	work: BridgeWork,
	conversation: ConversationRow,
	advisor: AdvisorRow,
	freely: boolean,
): Promise<boolean> {
	const { tx, store, desk } = work;
	const contact = await getContact(tx, store.workspaceId, conversation.contact_id);
	const name = customerName(contact);
	const holder = await holderOf(tx, store, conversation);
	if (holder !== undefined && holder.advisorId !== advisor.id) {
		await work.tell({
			advisorId: advisor.id,
			text: 'held_by_other',
			values: { name, advisor: work.advisor(holder.advisorId)?.name ?? '—' },
			conversationId: conversation.id,
		});
		return false;
	}
	if (!freely || isWindowOpen(conversation.last_inbound_at, store.now())) return true;
	const { language } = desk.profile;
	await work.tell({
		advisorId: advisor.id,
		text: 'window_closed',
		values: { name },
		choices: [
			{
				id: buttonId({ kind: 'template', conversationId: conversation.id }),
				title: bridgeText('template_button', language),
			},
		],
		conversationId: conversation.id,
	});
	return false;
}

/** Queues what an advisor says to a customer, from the company's number and under the advisor's name in the bitácora. */
export async function queueForCustomer(
	work: BridgeWork,
	conversation: ConversationRow,
	advisor: AdvisorRow,
	message: OutboundMessage,
): Promise<void> {
	const { tx, store, desk } = work;
	const messageId = await queueMessage(tx, store, conversation, {
		message,
		requestId: work.taskId,
		sequence: 0,
		author: 'advisor',
		advisorId: advisor.id,
		owner: desk.owner,
		wakeAt: work.wakeAt,
	});
	await insertBridgeMessage(tx, {
		id: store.newId(),
		workspace_id: store.workspaceId,
		advisor_id: advisor.id,
		contact_id: conversation.contact_id,
		conversation_id: conversation.id,
		kind: 'reply',
		state: null,
		notification_id: null,
		message_id: messageId,
		waiting: null,
		request_id: work.taskId,
		created_at: store.now(),
	});
	await appendAudit(tx, store, {
		contactId: conversation.contact_id,
		actor: `advisor:${advisor.id}`,
		action: 'bridge.replied',
		subjectKind: 'message',
		subjectId: messageId,
		payload: { advisor: advisor.name, type: message.type, requestId: work.taskId },
	});
	work.queuedIn.push(conversation);
}

/**
 * An advisor's message goes to the customer. Whoever writes has the customer from then on (D33), unless somebody else has: then
 * the advisor is told who, and nothing is sent. So are they when the customer's 24 hours are over.
 */
export async function replyToCustomer(work: BridgeWork, task: ReplyTask): Promise<void> {
	const { tx, store } = work;
	const conversation = await work.conversation(task.conversationId);
	const advisor = work.advisor(task.advisorId);
	if (!conversation || !advisor) return;
	if (await bridgeMessageBy(tx, store.workspaceId, 'request_id', work.taskId)) return;
	await keepOrder(work, task, conversation.contact_id);
	const message = await contentOf(work, task);
	if (message === undefined) {
		await work.tell({ advisorId: advisor.id, text: 'unreadable', conversationId: conversation.id });
		return;
	}
	if (!(await mayWriteTo(work, conversation, advisor, true))) return;
	const attended = await attendFrom(work, conversation, advisor, 'wrote');
	await queueForCustomer(work, attended, advisor, message);
}
