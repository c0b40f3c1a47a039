import type { MessageEvent } from '../../domain/messages/events';
import { momentOf } from '../../domain/messages/moment';
import { noteProfile, updateContact } from '../../store/repositories/contacts';
import { countInbound, updateConversation } from '../../store/repositories/conversations';
import { insertMessage } from '../../store/repositories/messages';
import type { Store, StoreTransaction } from '../../store/store';
import { storedMessage } from '../emit/items';
import { keepMedia } from '../media/keepMedia';
import { aboutMessage, applyToOriginal, newestOf, waitsForPerson } from './changedMessage';
import { conversationOfPerson, followAddresses } from './personsConversation';
import { isSilent, type Receiving, type Written } from './receiving';

/** A customer wrote. */
export async function storeInbound(
	tx: StoreTransaction,
	store: Store,
	receiving: Receiving,
	event: MessageEvent,
): Promise<Written> {
	const { conversation, known } = await conversationOfPerson(tx, store, receiving, event.channel, event.from);
	const messageId = store.newId();
	const now = store.now();
	const at = momentOf(event.at, now);
	const isNew = await insertMessage(tx, {
		id: messageId,
		workspace_id: store.workspaceId,
		channel_id: conversation.channel_id,
		contact_id: conversation.contact_id,
		conversation_id: conversation.id,
		direction: 'in',
		author: 'customer',
		vendor_id: event.id,
		type: event.content.type,
		text: event.content.text ?? null,
		content: storedMessage(event),
		at,
		created_at: now,
		about_vendor_id: aboutMessage(event.content),
		turn_state: isSilent(receiving.mirror) ? null : 'pending',
		turn_attempts: 0,
		request_id: null,
		delivery_status: null,
		delivery_at: null,
		error: event.content.errors ? JSON.stringify(event.content.errors) : null,
		pricing: null,
	});
	if (!isNew) return { isNew };
	if (event.content.media) await keepMedia(tx, store, conversation, messageId, event.content.media);
	const lastInboundAt = Math.max(conversation.last_inbound_at ?? 0, at);
	if (aboutMessage(event.content) === null) {
		await countInbound(tx, store, conversation.id, {
			last_inbound_at: lastInboundAt,
			...newestOf(conversation, { id: messageId, at }),
			...(conversation.incomplete_at === null ? {} : { incomplete_at: null }),
			...(waitsForPerson(conversation.mode) ? { waiting_since: conversation.waiting_since ?? at } : {}),
		});
	} else {
		await updateConversation(tx, store, conversation.id, { last_inbound_at: lastInboundAt });
		await applyToOriginal(tx, store, conversation, event.content, at);
	}
	await noteProfile(tx, store, conversation.contact_id, known, {
		profile_name: event.from.profileName,
		username: event.from.username,
	});
	if (event.referral !== undefined) {
		await updateContact(tx, store, conversation.contact_id, { source: JSON.stringify(event.referral) });
	}
	const system = event.content.system;
	if (system?.newWaId !== undefined || system?.newUserId !== undefined) {
		await followAddresses(tx, store, conversation.contact_id, { waId: system.newWaId, userId: system.newUserId });
	}
	return { isNew, contactId: conversation.contact_id, conversationId: conversation.id, messageId };
}
