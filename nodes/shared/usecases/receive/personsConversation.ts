import { waIdToE164 } from '../../domain/identity/phone';
import type { ChannelAddress, Identity } from '../../domain/messages/events';
import { appendAudit } from '../../store/repositories/auditLog';
import { addIdentity, resolveContact } from '../../store/repositories/contactIdentities';
import type { KnownProfile } from '../../store/repositories/contacts';
import { conversationOf, updateConversation, type ConversationRow } from '../../store/repositories/conversations';
import { mergeContacts } from '../../store/repositories/mergedContacts';
import type { Store, StoreTransaction } from '../../store/store';
import { nameFromAddressBook } from '../linkedNumbers/mirrors';
import type { Receiving } from './receiving';

async function mergeFound(
	tx: StoreTransaction,
	store: Store,
	contactId: string,
	alsoKnownAs: readonly string[],
): Promise<void> {
	if (alsoKnownAs.length === 0) return;
	for (const id of [contactId, ...alsoKnownAs].sort()) await store.lock(tx, `contact:${id}`);
	for (const other of alsoKnownAs) {
		await mergeContacts(tx, store, other, contactId);
		await appendAudit(tx, store, {
			contactId,
			actor: 'channel',
			action: 'contact.merged',
			subjectKind: 'contact',
			subjectId: other,
		});
	}
}

/** The conversation of who is behind an address, and what was known of their WhatsApp; both made where there is none. */
export async function conversationOfPerson(
	tx: StoreTransaction,
	store: Store,
	{ webhookId, mirror }: Receiving,
	channel: ChannelAddress,
	person: Identity,
): Promise<{ readonly conversation: ConversationRow; readonly known: KnownProfile }> {
	const phone = person.waId === undefined ? undefined : waIdToE164(person.waId);
	const { contactId, alsoKnownAs, profile: known } = await resolveContact(tx, store, person, phone, null);
	await mergeFound(tx, store, contactId, alsoKnownAs);
	const key = { channelId: channel.phoneNumberId, contactId, webhookId };
	if (mirror === undefined) return { conversation: await conversationOf(tx, store, key), known };
	await nameFromAddressBook(tx, store, mirror, contactId, person);
	if (mirror.botAnswers) return { conversation: await conversationOf(tx, store, key), known };
	const beginning = { mode: 'mirrored', owner_advisor_id: mirror.linkedNumber.advisor_id } as const;
	const conversation = await conversationOf(tx, store, { ...key, beginning });
	if (conversation.mode === 'mirrored') return { conversation, known };
	// The number became an advisor's own after this conversation began.
	await updateConversation(tx, store, conversation.id, { ...beginning, turn_due_at: null, wake_at: null });
	return { conversation: { ...conversation, ...beginning }, known };
}

/** Somebody writes from other addresses now: who is found behind them is the same person. */
export async function followAddresses(
	tx: StoreTransaction,
	store: Store,
	contactId: string,
	current: Identity,
	alsoKnownAs: readonly string[] = [],
): Promise<void> {
	const found = await addIdentity(tx, store, contactId, current);
	await mergeFound(tx, store, contactId, [...alsoKnownAs, ...found]);
}
