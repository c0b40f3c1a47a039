import type { OutboundMessage } from '../../domain/messages/outbound';
import { insertMessage, type MessageRow } from '../../store/repositories/messages';
import { insertOutbox } from '../../store/repositories/outbox';
import { updateConversation, type ConversationRow } from '../../store/repositories/conversations';
import type { Store, StoreTransaction } from '../../store/store';

/** How long the execution that queued a message has to send it before Due brings it to Send Queued, ms. */
const CARRY_TIME = 30_000;

export interface QueuedMessage {
	readonly message: OutboundMessage;
	/** The turn or request that says it. */
	readonly requestId: string;
	/** Place among the messages of the same request. */
	readonly sequence: number;
	readonly author: MessageRow['author'];
	/** Of an advisor's message: whose. */
	readonly advisorId?: string;
	/** The process that carries it to Send Queued. */
	readonly owner: string;
	/** When Due brings it to Send Queued; absent: once the execution that carries it must have done so. */
	readonly wakeAt?: number;
	/** For reminders: not sent once the customer has written. */
	readonly cancelOnReply?: boolean;
}

/** What a person would read of it. */
export function readableText(message: OutboundMessage): string | null {
	switch (message.type) {
		case 'media':
			return message.caption ?? null;
		case 'template':
			return null;
		default:
			return message.text;
	}
}

/**
 * Puts a message into the contact's queue, in the transaction of what causes it. Send Queued takes it from there; a
 * crash in between loses nothing.
 * @returns the outbox id, which is also the message's id and what the vendor echoes back.
 */
export async function queueMessage(
	tx: StoreTransaction,
	store: Store,
	conversation: ConversationRow,
	queued: QueuedMessage,
): Promise<string> {
	const id = store.newId();
	const now = store.now();
	const body = JSON.stringify(queued.message);
	await insertMessage(tx, {
		id,
		workspace_id: store.workspaceId,
		channel_id: conversation.channel_id,
		contact_id: conversation.contact_id,
		conversation_id: conversation.id,
		direction: 'out',
		author: queued.author,
		advisor_id: queued.advisorId ?? null,
		vendor_id: null,
		type: queued.message.type,
		text: readableText(queued.message),
		content: body,
		at: now,
		created_at: now,
		turn_state: null,
		turn_attempts: 0,
		request_id: queued.requestId,
		delivery_status: 'queued',
		delivery_at: now,
		error: null,
		pricing: null,
	});
	await insertOutbox(tx, {
		id,
		workspace_id: store.workspaceId,
		webhook_id: conversation.webhook_id,
		channel_id: conversation.channel_id,
		contact_id: conversation.contact_id,
		conversation_id: conversation.id,
		request_id: queued.requestId,
		sequence: queued.sequence,
		message: body,
		state: 'queued',
		attempts: 0,
		ready_at: now,
		wake_at: queued.wakeAt ?? now + CARRY_TIME,
		owner: queued.owner,
		claimed_at: null,
		vendor_id: null,
		error: null,
		possible_duplicate: 0,
		cancel_on_reply: queued.cancelOnReply ? 1 : 0,
		created_at: now,
		finished_at: null,
	});
	// What a turn says is written to the conversation with the turn's state.
	if (queued.author !== 'bot') {
		await updateConversation(tx, store, conversation.id, {
			last_message_id: id,
			activity_at: now,
			last_outbound_at: now,
		});
	}
	return id;
}
