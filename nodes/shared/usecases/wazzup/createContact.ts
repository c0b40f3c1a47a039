import { waIdToE164 } from '../../domain/identity/phone';
import type { Language } from '../../domain/profile/businessProfile';
import { DEFAULT_MAPPING, syncedContact, type SyncedContact } from '../../domain/sync/mapping';
import { getAdvisor } from '../../store/repositories/advisors';
import { appendAudit } from '../../store/repositories/auditLog';
import { addIdentity, resolveContact } from '../../store/repositories/contactIdentities';
import { getContact, nameUnnamed, updateContact } from '../../store/repositories/contacts';
import { appendJournal } from '../../store/repositories/journal';
import { noteSyncIntents } from '../../store/repositories/syncState';
import { wazzupChatsOf } from '../../store/repositories/wazzupChats';
import type { Store, StoreTransaction } from '../../store/store';
import { identityOfChat, type CreateContactEvent } from '../../webhooks/wazzup';
import { profileInForce } from '../profile/businessProfile';
import { journalTopic } from '../emit/journalTopic';
import { contactFacts, inboxLinks, type InboxLink } from './ourSide';
import { toldNews } from './toldNews';

/** Where a request of Wazzup came in, and whether the workflow hears of it. */
export interface CreationRequest<Event> {
	readonly webhookId: string;
	/** Fingerprint of the account that asks, and keeps the answer whether or not we live to see it; absent where nobody does. */
	readonly account?: string;
	readonly event: Event;
	readonly emit: boolean;
	/** Where a name in Wazzup leads while there is no inbox: this n8n. */
	readonly home: string;
}

async function write(
	tx: StoreTransaction,
	store: Store,
	{ webhookId, account, event, emit }: CreationRequest<CreateContactEvent>,
	{ link, language }: { readonly link: InboxLink; readonly language: Language },
): Promise<SyncedContact | undefined> {
	const [first, ...others] = event.chats.flatMap(({ chatType, chatId, username, phone }) => {
		const address = chatId ?? phone ?? username;
		return address === undefined ? [] : [identityOfChat(chatType, address)];
	});
	if (first === undefined) return undefined;
	const phone = first.waId === undefined ? undefined : waIdToE164(first.waId);
	const { contactId, created } = await resolveContact(tx, store, first, phone, null);
	await store.lock(tx, `contact:${contactId}`);
	for (const other of others) await addIdentity(tx, store, contactId, other);
	if (event.name !== undefined) await nameUnnamed(tx, store, contactId, event.name);
	const before = await getContact(tx, store.workspaceId, contactId);
	const advisor =
		event.responsibleUserId === undefined
			? undefined
			: await getAdvisor(tx, store.workspaceId, event.responsibleUserId);
	if (before?.owner_advisor_id === null && advisor) {
		await updateContact(tx, store, contactId, { owner_advisor_id: advisor.id });
	}
	const contact = await getContact(tx, store.workspaceId, contactId);
	if (!contact) return undefined;
	const chats = (await wazzupChatsOf(tx, store.workspaceId, [contactId])).get(contactId) ?? [first];
	const answer = syncedContact(
		contactFacts(contact, {
			responsibleUserId: contact.owner_advisor_id ?? event.responsibleUserId ?? '',
			chats,
			inboxLink: link(contactId),
		}),
		DEFAULT_MAPPING,
	);
	if (created) {
		await appendAudit(tx, store, {
			contactId,
			actor: 'wazzup',
			action: 'contact.created',
			subjectKind: 'contact',
			subjectId: contactId,
			payload: { source: event.source },
		});
	}
	if (account !== undefined) await noteSyncIntents(tx, store, account, 'contact', [{ id: contactId }]);
	if (!emit) return answer;
	const now = store.now();
	await appendJournal(tx, {
		id: store.newId(),
		workspace_id: store.workspaceId,
		webhook_id: webhookId,
		channel_id: null,
		output: 'createContact',
		contact_id: contactId,
		conversation_id: null,
		message_id: null,
		// One contact is told of once, however often Wazzup asks for it.
		dedupe_key: `create_contact:${contactId}`,
		payload: JSON.stringify({
			crm: { workspaceId: store.workspaceId, webhookId, contactId },
			kind: 'create_contact',
			isNew: created,
			...toldNews(
				{ kind: 'contact', name: contact.name ?? contact.profile_name, isNew: created },
				`create_contact:${contactId}`,
				language,
			),
			advisorId: contact.owner_advisor_id ?? undefined,
			contact: answer,
			responsibleUserId: event.responsibleUserId,
			source: event.source,
			raw: event.raw,
		}),
		created_at: now,
	});
	return answer;
}

/**
 * The contact that Wazzup asks for: known by its chats, else made. Our name and our responsible person stay what they are;
 * Wazzup fills only what is empty. Asked again it answers the same contact.
 * @returns what Wazzup waits for; undefined when the request names no chat.
 */
export async function createContactForWazzup(
	store: Store,
	request: CreationRequest<CreateContactEvent>,
): Promise<SyncedContact | undefined> {
	const link = await inboxLinks(store.db, store.workspaceId, request.home);
	const { language } = (await profileInForce(store)).profile;
	const [chat] = request.event.chats;
	const identity = chat && identityOfChat(chat.chatType, chat.chatId ?? chat.phone ?? chat.username ?? '');
	// The same key as that of the person's messages, which may come at the same time.
	const key = `person:${identity?.waId ?? identity?.wazzupChat ?? ''}`;
	const [result] = await store.eachLocked([key], async (tx) => await write(tx, store, request, { link, language }));
	if (result === undefined || 'error' in result) throw result?.error ?? new Error('The contact was not stored');
	store.signal(journalTopic(request.webhookId));
	return result.value;
}
