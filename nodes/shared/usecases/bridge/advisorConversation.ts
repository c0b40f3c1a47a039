import { isWindowOpen } from '../../domain/messages/serviceWindow';
import type { OutboundMessage } from '../../domain/messages/outbound';
import type { AdvisorRow } from '../../store/repositories/advisors';
import { insertBridgeMessage, updateBridgeMessage, type BridgeMessageRow } from '../../store/repositories/bridges';
import { resolveContact } from '../../store/repositories/contactIdentities';
import { findContact } from '../../store/repositories/contactLookup';
import { conversationOf, updateConversation, type ConversationRow } from '../../store/repositories/conversations';
import type { Store, StoreTransaction } from '../../store/store';
import { queueMessage } from '../send/queueMessage';

/** Where an advisor is written to: which number of ours, and whose Due carries it. */
export interface AdvisorChannel {
	readonly channelId: string;
	readonly webhookId: string;
}

/** The contact behind an advisor's number; made when they have never written. Takes its own short transaction. */
export async function contactOfAdvisor(store: Store, advisor: AdvisorRow): Promise<string | undefined> {
	const { phone } = advisor;
	if (phone === null) return undefined;
	const known = await findContact(store.db, store.workspaceId, phone);
	if (known !== undefined) return known.id;
	const waId = phone.slice(1);
	const [made] = await store.eachLocked([`person:${waId}`], async (tx) => {
		const { contactId } = await resolveContact(tx, store, { waId, profileName: advisor.name }, phone, null);
		return contactId;
	});
	if (made === undefined || 'error' in made) throw made?.error ?? new Error('The advisor’s contact was not made');
	return made.value;
}

/** The conversation of an advisor with the company's number. No bot answers in it: it is closed to the dialogue. */
export async function conversationWithAdvisor(
	tx: StoreTransaction,
	store: Store,
	contactId: string,
	channel: AdvisorChannel,
): Promise<ConversationRow> {
	const conversation = await conversationOf(tx, store, { ...channel, contactId });
	if (conversation.mode === 'closed') return conversation;
	await updateConversation(tx, store, conversation.id, { mode: 'closed', wake_at: null, turn_due_at: null });
	return { ...conversation, mode: 'closed' };
}

/** Whether the advisor wrote in the last 24 hours, so that more than a template reaches them. */
export function canReadFreely(conversation: ConversationRow, now: number): boolean {
	return isWindowOpen(conversation.last_inbound_at, now);
}

/** What goes to an advisor. */
export interface AdvisorBubble extends Pick<BridgeMessageRow, 'id' | 'kind' | 'request_id'> {
	readonly advisorId: string;
	readonly about?: { readonly conversationId: string; readonly contactId: string };
	readonly message: OutboundMessage;
	readonly notificationId?: string;
	readonly waiting?: string;
	/** The process whose execution carries it to Send Queued. */
	readonly owner: string;
	/** No execution carries it: Due brings it to Send Queued at once. */
	readonly wakeAt?: number;
}

/**
 * Queues one bubble to an advisor and keeps what it is about, so that a quote of it leads to the customer. Once for its cause.
 * @returns false when it had been queued before
 */
export async function queueToAdvisor(
	tx: StoreTransaction,
	store: Store,
	conversation: ConversationRow,
	bubble: AdvisorBubble,
): Promise<boolean> {
	const isNew = await insertBridgeMessage(tx, {
		id: bubble.id,
		workspace_id: store.workspaceId,
		advisor_id: bubble.advisorId,
		contact_id: bubble.about?.contactId ?? null,
		conversation_id: bubble.about?.conversationId ?? null,
		kind: bubble.kind,
		state: bubble.kind === 'card' || bubble.kind === 'question' ? 'open' : null,
		notification_id: bubble.notificationId ?? null,
		message_id: null,
		waiting: bubble.waiting ?? null,
		request_id: bubble.request_id,
		created_at: store.now(),
	});
	if (!isNew) return false;
	const messageId = await queueMessage(tx, store, conversation, {
		message: bubble.message,
		requestId: bubble.request_id,
		sequence: 0,
		author: 'workflow',
		owner: bubble.owner,
		wakeAt: bubble.wakeAt,
	});
	await updateBridgeMessage(tx, bubble.id, { message_id: messageId });
	return true;
}
