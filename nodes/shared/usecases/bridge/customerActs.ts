import { noteText } from '../../domain/bridge/decide';
import { customerName } from '../../domain/identity/knownName';
import { buildTemplateComponents } from '../../clients/whatsapp/templateComponents';
import { appendAudit } from '../../store/repositories/auditLog';
import { bridgeMessageBy, endBridge } from '../../store/repositories/bridges';
import { getContact } from '../../store/repositories/contacts';
import { getMessage } from '../../store/repositories/messages';
import { insertNote } from '../../store/repositories/notes';
import { actOnConversation } from '../dialogue/conversationMode';
import { mayWriteTo, queueForCustomer } from './replyToCustomer';
import type { BridgeWork } from './work';

interface CustomerTask {
	readonly advisorId: string;
	readonly conversationId: string;
	readonly messageId: string;
}

async function subjectOf(work: BridgeWork, task: CustomerTask) {
	const conversation = await work.conversation(task.conversationId);
	const advisor = work.advisor(task.advisorId);
	if (!conversation || !advisor) return undefined;
	const contact = await getContact(work.tx, work.store.workspaceId, conversation.contact_id);
	return { conversation, advisor, name: customerName(contact) };
}

/** «#…»: kept for the team in the customer's conversation. */
export async function noteOnCustomer(work: BridgeWork, task: CustomerTask): Promise<void> {
	const { tx, store } = work;
	const found = await subjectOf(work, task);
	const message = await getMessage(tx, store.workspaceId, task.messageId);
	if (found === undefined || !message) return;
	const { conversation, advisor, name } = found;
	const text = noteText(message.text ?? '');
	if (text === '') return;
	await insertNote(tx, {
		id: store.newId(),
		workspace_id: store.workspaceId,
		contact_id: conversation.contact_id,
		conversation_id: conversation.id,
		advisor_id: advisor.id,
		text,
		at: store.now(),
		request_id: null,
	});
	await appendAudit(tx, store, {
		contactId: conversation.contact_id,
		actor: `advisor:${advisor.id}`,
		action: 'conversation.noted',
		subjectKind: 'conversation',
		subjectId: conversation.id,
		payload: { text, requestId: work.taskId },
	});
	await work.tell({ advisorId: advisor.id, text: 'note_kept', values: { name }, conversationId: conversation.id });
}

/** «fin» gives the customer back to the bot, «cerrar» ends the conversation; only whoever has it can. */
export async function endAttending(
	work: BridgeWork,
	task: CustomerTask & { readonly kind: 'giveBack' | 'close' },
): Promise<void> {
	const { tx, store, desk } = work;
	const found = await subjectOf(work, task);
	if (found === undefined) return;
	const { conversation, advisor, name } = found;
	if (!(await mayWriteTo(work, conversation, advisor, false))) return;
	const giveBack = task.kind === 'giveBack';
	await actOnConversation(tx, store, desk.profile, conversation, {
		act: giveBack ? 'gave_back' : 'closed',
		actor: `advisor:${advisor.id}`,
		requestId: work.taskId,
	});
	await endBridge(tx, store, conversation.id);
	await work.tell({
		advisorId: advisor.id,
		text: giveBack ? 'given_back' : 'closed',
		values: { name },
		conversationId: conversation.id,
	});
}

/** The customer is asked by template to write again: WhatsApp allows nothing else after 24 hours. */
export async function sendContinueTemplate(work: BridgeWork, task: CustomerTask): Promise<void> {
	const { tx, store, desk } = work;
	const found = await subjectOf(work, task);
	if (found === undefined || (await bridgeMessageBy(tx, store.workspaceId, 'request_id', work.taskId))) return;
	const { conversation, advisor, name } = found;
	if (!(await mayWriteTo(work, conversation, advisor, false))) return;
	await queueForCustomer(work, conversation, advisor, {
		type: 'template',
		name: desk.profile.bridge.continueTemplate,
		languageCode: desk.profile.notifications.templateLanguage,
		category: 'utility',
		components: buildTemplateComponents({ body: [{ text: name.replace(/\s+/g, ' ').slice(0, 60) }] }),
	});
	await work.tell({ advisorId: advisor.id, text: 'template_sent', values: { name }, conversationId: conversation.id });
}
