import type { EchoEvent, HistoryEvent } from '../../domain/messages/events';
import { momentOf } from '../../domain/messages/moment';
import { updateConversation, type ConversationRow } from '../../store/repositories/conversations';
import { insertMessage } from '../../store/repositories/messages';
import type { Store, StoreTransaction } from '../../store/store';
import { keepHistoryMedia } from '../linkedNumbers/keepHistoryMedia';
import { keepMedia } from '../media/keepMedia';
import { aboutMessage, applyToOriginal, newestOf } from './changedMessage';
import { conversationOfPerson } from './personsConversation';
import type { Receiving, Written } from './receiving';

const idsOf = (conversation: ConversationRow): Pick<Written, 'contactId' | 'conversationId'> => ({
	contactId: conversation.contact_id,
	conversationId: conversation.id,
});

/** Somebody of ours wrote from the phone of a linked number, now or in the past. The bot never answers it. */
export async function storeOwnWords(
	tx: StoreTransaction,
	store: Store,
	receiving: Receiving,
	event: EchoEvent | HistoryEvent,
): Promise<Written> {
	const person = event.kind === 'echo' ? event.to : event.contact;
	const direction = event.kind === 'echo' ? 'out' : event.direction;
	const { conversation } = await conversationOfPerson(tx, store, receiving, event.channel, person);
	const ofPlaceholder = event.kind === 'history' && (await keepHistoryMedia(tx, store, conversation, event));
	if (ofPlaceholder) return { isNew: ofPlaceholder === 'kept', ...idsOf(conversation) };
	const messageId = store.newId();
	const now = store.now();
	const at = event.kind === 'echo' ? momentOf(event.at, now) : event.at.getTime();
	const isNew = await insertMessage(tx, {
		id: messageId,
		workspace_id: store.workspaceId,
		channel_id: conversation.channel_id,
		contact_id: conversation.contact_id,
		conversation_id: conversation.id,
		direction,
		author: direction === 'in' ? 'customer' : 'phone',
		vendor_id: event.kind === 'history' ? (event.mediaOf ?? event.id) : event.id,
		type: event.content.type,
		text: event.content.text ?? null,
		content: JSON.stringify({ ...event, raw: undefined }),
		at,
		created_at: now,
		about_vendor_id: aboutMessage(event.content),
		turn_state: null,
		turn_attempts: 0,
		request_id: null,
		delivery_status: direction === 'out' ? 'sent' : null,
		delivery_at: at,
		error: null,
		pricing: null,
	});
	if (isNew && event.content.media) await keepMedia(tx, store, conversation, messageId, event.content.media);
	if (isNew) await applyToOriginal(tx, store, conversation, event.content, at);
	const newest = isNew && aboutMessage(event.content) === null ? newestOf(conversation, { id: messageId, at }) : {};
	if (isNew && event.kind === 'echo') {
		// A person of ours has the conversation from here on (D33): the bot stays silent until it is given back.
		await updateConversation(tx, store, conversation.id, {
			mode: conversation.mode === 'mirrored' ? 'mirrored' : 'human',
			...newest,
			waiting_since: null,
			last_outbound_at: Math.max(conversation.last_outbound_at ?? 0, at),
		});
	} else if (isNew) await updateConversation(tx, store, conversation.id, newest);
	return { isNew, contactId: conversation.contact_id, conversationId: conversation.id, messageId };
}
