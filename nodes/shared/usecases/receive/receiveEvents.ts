import { waIdToE164 } from '../../domain/identity/phone';
import type {
	AccountEvent,
	ChannelAddress,
	ChannelEvent,
	EchoEvent,
	HistoryEvent,
	Identity,
	MessageEvent,
} from '../../domain/messages/events';
import { appendAudit } from '../../store/repositories/auditLog';
import { touchChannel } from '../../store/repositories/channels';
import { addIdentity, resolveContact } from '../../store/repositories/contactIdentities';
import { noteProfile, updateContact, type KnownProfile } from '../../store/repositories/contacts';
import { mergeContacts } from '../../store/repositories/mergedContacts';
import {
	conversationOf,
	countInbound,
	updateConversation,
	type ConversationRow,
} from '../../store/repositories/conversations';
import { appendJournal, type JournalRow } from '../../store/repositories/journal';
import { insertMessage } from '../../store/repositories/messages';
import type { Store, StoreTransaction } from '../../store/store';
import type { Language } from '../../domain/profile/businessProfile';
import { momentOf } from '../../domain/messages/moment';
import { applyStatus } from './applyStatus';
import { profileInForce } from '../profile/businessProfile';
import { aboutMessage, applyToOriginal, newestOf, waitsForPerson } from './changedMessage';
import { itemOfEvent, storedMessage } from '../emit/items';
import { journalTopic } from '../emit/journalTopic';
import { keepMedia } from '../media/keepMedia';
import { isExcluded } from '../linkedNumbers/exclusions';
import { followQuality } from '../alerts/followQuality';
import { followAccount } from '../linkedNumbers/followAccount';
import { followMirrors } from '../linkedNumbers/followMirror';
import { keepHistoryMedia } from '../linkedNumbers/keepHistoryMedia';
import { isAfterTheEnd, mirrorsOf, nameFromAddressBook, type Mirror, type Mirrors } from '../linkedNumbers/mirrors';
import { syncContact } from '../linkedNumbers/syncContact';
import { isOwnSend } from '../wazzup/ownSends';
import { newsOfChannel } from '../wazzup/toldNews';

/** Which events a trigger node emits. Everything is stored whatever is emitted. */
export interface EmittedEvents {
	readonly messages: boolean;
	readonly statuses: boolean;
	readonly echoes: boolean;
	readonly account: boolean;
}

export interface ReceiveRequest {
	/** The trigger node that received the request. */
	readonly webhookId: string;
	readonly vendor: 'whatsapp' | 'wazzup';
	readonly events: readonly ChannelEvent[];
	readonly emit: EmittedEvents;
	/** Where an event leaves, for a trigger whose outputs are others; undefined: nowhere. Then `emit` is not asked. */
	readonly outputOf?: (event: ChannelEvent) => JournalRow['output'] | undefined;
	/** Only these numbers of ours; absent or empty: all. */
	readonly phoneNumberIds?: readonly string[];
}

export interface ReceiveResult {
	readonly stored: number;
	readonly duplicates: number;
}

/** How often "last webhook" of a number is written, ms: it only has to tell flowing from silent. */
const CHANNEL_TOUCH_INTERVAL = 5_000;

/** The output of a trigger that an event belongs to. */
export const OUTPUT_OF: Readonly<Record<ChannelEvent['kind'], keyof EmittedEvents>> = {
	message: 'messages',
	status: 'statuses',
	echo: 'echoes',
	history: 'echoes',
	contact_sync: 'account',
	account: 'account',
	error: 'account',
	unknown: 'account',
};

export { journalTopic };

function personOf(event: ChannelEvent): Identity | undefined {
	switch (event.kind) {
		case 'message':
			return event.from;
		case 'echo':
			return event.to;
		case 'history':
		case 'contact_sync':
			return event.contact;
		default:
			return undefined;
	}
}

/** Events that must not run beside each other share a key: those of a person, of a message of ours, of an account. */
function lockKeyOf(event: ChannelEvent): string {
	if (event.kind === 'status') return `message:${event.messageId}`;
	const person = personOf(event);
	const address = person?.userId ?? person?.waId ?? person?.parentUserId ?? person?.wazzupChat;
	return address === undefined ? 'account' : `person:${address}`;
}

/** Where an event came in, and whose number it is. */
interface Receiving {
	readonly webhookId: string;
	readonly vendor: ReceiveRequest['vendor'];
	/** Set when the number is an advisor's own. */
	readonly mirror?: Mirror;
	/** What the team is told in. */
	readonly language: Language;
}

interface Written {
	readonly isNew: boolean;
	readonly contactId?: string;
	readonly conversationId?: string;
	readonly messageId?: string;
}

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

async function conversationOfPerson(
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

async function storeInbound(
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
		const found = await addIdentity(tx, store, conversation.contact_id, {
			waId: system.newWaId,
			userId: system.newUserId,
		});
		await mergeFound(tx, store, conversation.contact_id, found);
	}
	return { isNew, contactId: conversation.contact_id, conversationId: conversation.id, messageId };
}

const isSilent = (mirror: Mirror | undefined): boolean => mirror !== undefined && !mirror.botAnswers;

const idsOf = (conversation: ConversationRow): Pick<Written, 'contactId' | 'conversationId'> => ({
	contactId: conversation.contact_id,
	conversationId: conversation.id,
});

/** Somebody of ours wrote from the phone of a linked number, now or in the past. The bot never answers it. */
async function storeOwnWords(
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

async function applyIdentityChange(tx: StoreTransaction, store: Store, event: AccountEvent): Promise<void> {
	if (event.identityChange === undefined) return;
	const { previous, current } = event.identityChange;
	const { contactId, alsoKnownAs } = await resolveContact(
		tx,
		store,
		previous,
		previous.waId === undefined ? undefined : waIdToE164(previous.waId),
		null,
	);
	const found = await addIdentity(tx, store, contactId, current);
	await mergeFound(tx, store, contactId, [...alsoKnownAs, ...found]);
}

/** Whose conversation an event belongs to, deliveries of ours included. */
const otherSideOf = (event: ChannelEvent): Identity | undefined =>
	event.kind === 'status' ? event.recipient : personOf(event);

async function writeEvent(
	tx: StoreTransaction,
	store: Store,
	receiving: Receiving,
	event: ChannelEvent,
): Promise<Written> {
	const { mirror } = receiving;
	if (mirror && isAfterTheEnd(mirror, event)) return { isNew: false };
	const person = mirror === undefined ? undefined : otherSideOf(event);
	if (mirror && person && (await isExcluded(tx, store, mirror.linkedNumber, person))) return { isNew: false };
	switch (event.kind) {
		case 'message':
			return await storeInbound(tx, store, receiving, event);
		case 'echo':
			// Wazzup tells of what we sent ourselves too; Meta does not.
			if (receiving.vendor === 'wazzup' && (await isOwnSend(tx, store, event))) return { isNew: false };
			return await storeOwnWords(tx, store, receiving, event);
		case 'history':
			return await storeOwnWords(tx, store, receiving, event);
		case 'status':
			return { isNew: await applyStatus(tx, store, event) };
		case 'contact_sync':
			return { isNew: mirror === undefined || (await syncContact(tx, store, mirror, event)) };
		case 'account':
			await applyIdentityChange(tx, store, event);
			await followAccount(tx, store, event, receiving.language);
			await followQuality(tx, store, event, receiving.language);
			return { isNew: true };
		default:
			return { isNew: true };
	}
}

/** News without a time of their own (Wazzup's templates) may be told again later: alike within an hour they are one. */
const idOfNews = (event: ChannelEvent, now: number): string =>
	event.kind === 'account' && event.at.getTime() === 0 ? `${event.id}:${Math.floor(now / 3_600_000)}` : event.id;

async function receiveOne(
	tx: StoreTransaction,
	store: Store,
	{ mirrors, language, ...request }: ReceiveRequest & { readonly mirrors: Mirrors; readonly language: Language },
	event: ChannelEvent,
): Promise<boolean> {
	const mirror = event.channel === undefined ? undefined : mirrors.get(event.channel.phoneNumberId);
	const written = await writeEvent(
		tx,
		store,
		{ webhookId: request.webhookId, vendor: request.vendor, mirror, language },
		event,
	);
	// What nobody answers automatically does not walk the bot's branch.
	const output = event.kind === 'message' && isSilent(mirror) ? 'echoes' : OUTPUT_OF[event.kind];
	const leaves = request.outputOf === undefined ? (request.emit[output] ? output : undefined) : request.outputOf(event);
	if (!written.isNew || leaves === undefined) return written.isNew;
	const channelId = event.channel?.phoneNumberId;
	const now = store.now();
	const newsId = idOfNews(event, now);
	return await appendJournal(tx, {
		id: store.newId(),
		workspace_id: store.workspaceId,
		webhook_id: request.webhookId,
		channel_id: channelId ?? null,
		output: leaves,
		contact_id: written.contactId ?? null,
		conversation_id: written.conversationId ?? null,
		message_id: written.messageId ?? null,
		dedupe_key: `${event.kind}:${newsId}`,
		payload: JSON.stringify({
			...itemOfEvent(event, {
				workspaceId: store.workspaceId,
				webhookId: request.webhookId,
				channelId,
				contactId: written.contactId,
				conversationId: written.conversationId,
				messageId: written.messageId,
			}),
			...(request.vendor === 'wazzup' ? newsOfChannel(event, newsId, language) : {}),
		}),
		created_at: now,
	});
}

async function touchChannels(store: Store, request: ReceiveRequest, events: readonly ChannelEvent[]): Promise<void> {
	const channels = new Map<string, ChannelAddress>();
	for (const event of events) if (event.channel) channels.set(event.channel.phoneNumberId, event.channel);
	for (const [channelId, channel] of channels) {
		const key = `${store.workspaceId}:${channelId}:${request.webhookId}`;
		const now = store.now();
		if (now - (lastTouch.get(key) ?? 0) < CHANNEL_TOUCH_INTERVAL) continue;
		lastTouch.set(key, now);
		await touchChannel(store.db, store, {
			channelId,
			vendor: request.vendor,
			wabaId: channel.wabaId,
			displayPhoneNumber: channel.displayPhoneNumber,
			webhookId: request.webhookId,
		});
	}
}

/** Only news of an account are told to the team while receiving: for all else the profile is not asked. */
async function languageOf(store: Store, events: readonly ChannelEvent[]): Promise<Language> {
	return events.some(({ kind }) => kind === 'account') ? (await profileInForce(store)).profile.language : 'es';
}

/** Only a saving of writes: losing or doubling it on a package reload is harmless. */
const lastTouch = new Map<string, number>();

/**
 * Journals what a channel delivered, before it is acknowledged: contacts, messages, statuses and the rows that the
 * trigger will emit, in one transaction a person. Duplicates change nothing and start nothing.
 * @throws when any part could not be stored, so that the vendor delivers again.
 */
export async function receiveEvents(store: Store, request: ReceiveRequest): Promise<ReceiveResult> {
	const numbers = request.phoneNumberIds ?? [];
	const mirrors = await mirrorsOf(store, request.events);
	const isChosen = ({ phoneNumberId }: ChannelAddress): boolean =>
		numbers.length === 0 || numbers.includes(phoneNumberId) || mirrors.has(phoneNumberId);
	const events = request.events.filter(({ channel }) => channel === undefined || isChosen(channel));
	if (events.length === 0) return { stored: 0, duplicates: 0 };
	const receiving = { ...request, mirrors, language: await languageOf(store, events) };
	const byKey = new Map<string, ChannelEvent[]>();
	for (const event of events) {
		const key = lockKeyOf(event);
		const together = byKey.get(key);
		if (together) together.push(event);
		else byKey.set(key, [event]);
	}
	const results = await store.eachLocked([...byKey.keys()], async (tx, key) => {
		let stored = 0;
		for (const event of byKey.get(key) ?? []) if (await receiveOne(tx, store, receiving, event)) stored += 1;
		return stored;
	});
	let stored = 0;
	let failure: Error | undefined;
	for (const result of results) {
		if ('error' in result) failure = result.error;
		else stored += result.value;
	}
	await touchChannels(store, request, events);
	await followMirrors(store, mirrors, events);
	if (stored > 0) store.signal(journalTopic(request.webhookId));
	if (failure) throw failure;
	return { stored, duplicates: events.length - stored };
}
