import { customerName } from '../../domain/identity/knownName';
import type { VendorError } from '../../domain/messages/events';
import { bridgeMessageBy, updateBridgeMessage } from '../../store/repositories/bridges';
import { appendAudit } from '../../store/repositories/auditLog';
import { getContact } from '../../store/repositories/contacts';
import { getConversation } from '../../store/repositories/conversations';
import { getMessage } from '../../store/repositories/messages';
import { getNotification } from '../../store/repositories/notifications';
import type { Store, StoreTransaction } from '../../store/store';
import { failureInWords } from '../../text/failures/failureInWords';
import { failureOfErrors, failureOfWords } from '../failures/readFailure';
import { tellSupervisors } from '../notify/tellSupervisors';
import { askForTask } from './tasks';
import type { BridgeWork } from './work';

/**
 * Notes, in the transaction that learns it, that a message was not delivered: where it went through the bridge somebody is told.
 * Costs one look-up, and only for messages that failed.
 */
export async function reportUndelivered(
	tx: StoreTransaction,
	store: Store,
	messageId: string,
	reason: string,
): Promise<void> {
	const bridged = await bridgeMessageBy(tx, store.workspaceId, 'message_id', messageId);
	const message = bridged && (await getMessage(tx, store.workspaceId, messageId));
	const conversation = message && (await getConversation(tx, store.workspaceId, message.conversation_id));
	if (!bridged || !conversation) return;
	await askForTask(
		tx,
		store,
		{ contactId: bridged.contact_id, webhookId: conversation.webhook_id },
		{ kind: 'undelivered', messageId, reason },
		`undelivered:${messageId}`,
	);
}

/** Why, in the language of the team: by what the vendor said of the message, else by the words that were kept. */
async function reasonInWords(
	{ tx, store, desk }: BridgeWork,
	{ messageId, reason }: { readonly messageId: string; readonly reason: string },
): Promise<string> {
	const message = await getMessage(tx, store.workspaceId, messageId);
	const errors = message?.error ?? null;
	const told = errors === null ? undefined : failureOfErrors(JSON.parse(errors) as readonly VendorError[]);
	return failureInWords(told ?? failureOfWords(reason), desk.profile.language);
}

/**
 * An advisor's words that did not reach the customer are told to the advisor, with the reason. A card that did not reach the
 * advisor goes out once more as the approved template; when that fails too, the supervisors are told.
 */
export async function undelivered(
	work: BridgeWork,
	task: { readonly messageId: string; readonly reason: string },
): Promise<void> {
	const { tx, store, desk } = work;
	const bridged = await bridgeMessageBy(tx, store.workspaceId, 'message_id', task.messageId);
	if (!bridged) return;
	if (bridged.kind === 'reply') {
		if (bridged.contact_id === null || bridged.conversation_id === null) return;
		const contact = await getContact(tx, store.workspaceId, bridged.contact_id);
		await work.tell({
			advisorId: bridged.advisor_id,
			text: 'undelivered',
			values: { name: customerName(contact), reason: await reasonInWords(work, task) },
			conversationId: bridged.conversation_id,
		});
		return;
	}
	if (bridged.notification_id === null) return;
	await updateBridgeMessage(tx, bridged.id, { state: 'failed' });
	const notification = await getNotification(tx, store.workspaceId, bridged.notification_id);
	if (!notification || notification.state === 'read') return;
	if (bridged.request_id === `notification:${notification.id}`) {
		await work.ask({ kind: 'deliver', notificationId: notification.id, again: 1 }, 'again');
		return;
	}
	const advisor = work.advisor(bridged.advisor_id);
	await appendAudit(tx, store, {
		...(notification.contact_id === null ? {} : { contactId: notification.contact_id }),
		actor: 'bot',
		action: 'notification.undelivered',
		subjectKind: 'notification',
		subjectId: notification.id,
		payload: { channel: 'whatsapp', advisor: advisor?.name, reason: task.reason },
	});
	await tellSupervisors(tx, store, desk.profile, desk.team, {
		conversationId: notification.conversation_id,
		contactId: notification.contact_id,
		caseId: notification.case_id,
		area: notification.area,
		text: `${advisor?.name ?? '—'}: ${notification.text} (${await reasonInWords(work, task)})`,
		requestId: `undelivered:${notification.id}`,
		notTo: [bridged.advisor_id],
	});
}
