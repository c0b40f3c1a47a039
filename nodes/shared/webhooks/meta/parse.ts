import type {
	AccountEvent,
	ChannelAddress,
	ChannelEvent,
	ContactSyncEvent,
	EchoEvent,
	ErrorEvent,
	HistoryEvent,
	Identity,
	MessageEvent,
	StatusEvent,
	UnknownEvent,
} from '../../domain/messages/events';
import { derivedEventId } from './eventId';
import { readErrors, readMessageContent } from './messageContent';
import {
	contactSchema,
	contactSyncSchema,
	historySchema,
	identityChangeSchema,
	messageSchema,
	metadataSchema,
	statusSchema,
	threadSchema,
	type MetaMessage,
} from './payload';
import { isRecord, present } from './present';

type Json = Readonly<Record<string, unknown>>;

/** One `changes[]` element with what its surroundings say about it. */
interface Change {
	readonly field: string;
	readonly value: Json;
	readonly wabaId?: string;
	readonly entryTime?: string;
	readonly channel?: ChannelAddress;
	readonly people: readonly Identity[];
}

/**
 * Fields that speak about the account, its templates, its numbers or a person's ids and preferences. Prefixes, because
 * Meta adds names inside these families every few months.
 */
const ACCOUNT_FIELD =
	/^(account_|message_template_|template_|phone_number_|business_|partner_|group_|user_preferences$|user_id_update$|security$|flows$|payment_configuration_update$)/;

/** Where account fields keep a list of independent news. */
function newsListOf(field: string): string | undefined {
	if (field === 'user_preferences' || field === 'user_id_update') return field;
	return field.startsWith('group_') ? 'groups' : undefined;
}

/**
 * Meta writes seconds as text. No clock here: an event without a time is at 1970, so that the same body always gives
 * the same events.
 */
function toDate(...candidates: ReadonlyArray<string | undefined>): Date {
	for (const candidate of candidates) {
		const seconds = candidate === undefined ? Number.NaN : Number(candidate);
		if (!Number.isFinite(seconds) || seconds <= 0) continue;
		const at = new Date(seconds > 1e11 ? seconds : seconds * 1000);
		if (!Number.isNaN(at.getTime())) return at;
	}
	return new Date(0);
}

function asText(value: unknown): string | undefined {
	if (typeof value === 'string') return value === '' ? undefined : value;
	return typeof value === 'number' && Number.isFinite(value) ? String(value) : undefined;
}

function asList(value: unknown): readonly unknown[] {
	return Array.isArray(value) ? value : [];
}

function digitsOf(value: string | undefined): string | undefined {
	return value?.replace(/\D/g, '') || undefined;
}

function readPeople(contacts: unknown): Identity[] {
	return asList(contacts).flatMap((contact) => {
		const parsed = contactSchema.safeParse(contact);
		if (!parsed.success) return [];
		const { wa_id: waId, user_id: userId, parent_user_id: parentUserId, profile } = parsed.data;
		return [{ waId, userId, parentUserId, username: profile?.username, profileName: profile?.name }];
	});
}

function readChannel(value: Json, wabaId: string | undefined): ChannelAddress | undefined {
	const parsed = metadataSchema.safeParse(value.metadata);
	const phoneNumberId = parsed.success ? parsed.data.phone_number_id : undefined;
	if (!parsed.success || phoneNumberId === undefined) return undefined;
	return present<ChannelAddress>({ wabaId, phoneNumberId, displayPhoneNumber: parsed.data.display_phone_number });
}

/**
 * Who it is, completed from the cards beside the messages. Since 2026 a person with a username may come without any
 * phone number; a message that names nobody belongs to the only card there is.
 */
function completeIdentity(known: Identity, people: readonly Identity[]): Identity | undefined {
	const named = known.waId !== undefined || known.userId !== undefined || known.parentUserId !== undefined;
	const card = named
		? people.find(
				(person) =>
					(known.userId !== undefined && person.userId === known.userId) ||
					(known.waId !== undefined && person.waId === known.waId),
			)
		: people.length === 1
			? people[0]
			: undefined;
	const identity = present<Identity>({
		waId: known.waId ?? card?.waId,
		userId: known.userId ?? card?.userId,
		parentUserId: known.parentUserId ?? card?.parentUserId,
		username: known.username ?? card?.username,
		profileName: known.profileName ?? card?.profileName,
	});
	const addressable =
		identity.waId !== undefined || identity.userId !== undefined || identity.parentUserId !== undefined;
	return addressable ? identity : undefined;
}

function unknownEvent(raw: unknown, change: Partial<Change>): UnknownEvent {
	return present<UnknownEvent>({
		kind: 'unknown',
		id: derivedEventId('unknown', raw, [change.wabaId, change.field, change.entryTime]),
		at: toDate(change.entryTime),
		channel: change.channel,
		field: change.field,
		raw,
	});
}

function errorEvent(raw: unknown, errors: unknown, change: Change): ErrorEvent | UnknownEvent {
	const known = readErrors(errors);
	if (known === undefined) return unknownEvent(raw, change);
	return present<ErrorEvent>({
		kind: 'error',
		id: derivedEventId('error', raw, [change.wabaId, change.field, change.entryTime]),
		at: toDate(change.entryTime),
		channel: change.channel,
		errors: known,
		raw,
	});
}

function vendorMessageId(message: MetaMessage, raw: unknown, change: Change): string {
	return message.id ?? derivedEventId('message', raw, [change.wabaId, change.channel?.phoneNumberId]);
}

function messageEvent(raw: unknown, change: Change): MessageEvent | UnknownEvent {
	const parsed = messageSchema.safeParse(raw);
	if (!parsed.success || !isRecord(raw) || change.channel === undefined) return unknownEvent(raw, change);
	const message = parsed.data;
	const from = completeIdentity(
		{ waId: message.from, userId: message.from_user_id, parentUserId: message.from_parent_user_id },
		change.people,
	);
	if (from === undefined) return unknownEvent(raw, change);
	const { context, referral } = message;
	return present<MessageEvent>({
		kind: 'message',
		id: vendorMessageId(message, raw, change),
		at: toDate(message.timestamp, change.entryTime),
		channel: change.channel,
		from,
		content: readMessageContent(raw),
		context:
			context &&
			present({
				messageId: context.id,
				forwarded: context.forwarded,
				frequentlyForwarded: context.frequently_forwarded,
				referredProduct: context.referred_product && {
					catalogId: context.referred_product.catalog_id,
					productRetailerId: context.referred_product.product_retailer_id,
				},
			}),
		referral:
			referral &&
			present({
				sourceUrl: referral.source_url,
				sourceId: referral.source_id,
				sourceType: referral.source_type,
				headline: referral.headline,
				body: referral.body,
				ctwaClid: referral.ctwa_clid,
			}),
		groupId: message.group_id,
		raw,
	});
}

function statusEvent(raw: unknown, change: Change): StatusEvent | UnknownEvent {
	const parsed = statusSchema.safeParse(raw);
	if (!parsed.success || change.channel === undefined) return unknownEvent(raw, change);
	const status = parsed.data;
	const participant = status.recipient_participant_id;
	const toGroup = status.recipient_type === 'group';
	const recipient = {
		waId: participant ?? (toGroup ? undefined : digitsOf(status.recipient_id)),
		userId: status.recipient_user_id,
		parentUserId: status.recipient_parent_user_id,
	};
	const { pricing } = status;
	return present<StatusEvent>({
		kind: 'status',
		// In a group every participant delivers and reads for themselves.
		id: [status.id, status.status, ...(participant === undefined ? [] : [participant])].join(':'),
		at: toDate(status.timestamp, change.entryTime),
		channel: change.channel,
		messageId: status.id,
		status: status.status,
		recipient: completeIdentity(recipient, change.people) ?? {},
		callbackData: status.biz_opaque_callback_data,
		errors: readErrors(status.errors),
		pricing:
			pricing &&
			present({
				billable: pricing.billable,
				model: pricing.pricing_model,
				type: pricing.type,
				category: pricing.category,
			}),
		raw,
	});
}

function echoEvent(raw: unknown, change: Change): EchoEvent | UnknownEvent {
	const parsed = messageSchema.safeParse(raw);
	if (!parsed.success || !isRecord(raw) || change.channel === undefined) return unknownEvent(raw, change);
	const message = parsed.data;
	const to = completeIdentity(
		{ waId: message.to, userId: message.to_user_id, parentUserId: message.to_parent_user_id },
		change.people,
	);
	if (to === undefined) return unknownEvent(raw, change);
	return present<EchoEvent>({
		kind: 'echo',
		id: vendorMessageId(message, raw, change),
		at: toDate(message.timestamp, change.entryTime),
		channel: change.channel,
		to,
		content: readMessageContent(raw),
		raw,
	});
}

interface HistoryPosition {
	readonly contact?: Identity;
	readonly phase?: number;
	readonly progress?: number;
	/** The file of a placeholder that came earlier. */
	readonly laterMedia: boolean;
}

function historyEvent(raw: unknown, change: Change, position: HistoryPosition): HistoryEvent | UnknownEvent {
	const parsed = messageSchema.safeParse(raw);
	if (!parsed.success || !isRecord(raw) || change.channel === undefined) return unknownEvent(raw, change);
	const message = parsed.data;
	const ourDigits = digitsOf(change.channel.displayPhoneNumber);
	const outbound =
		message.to !== undefined ||
		message.to_user_id !== undefined ||
		(message.from !== undefined && message.from === ourDigits);
	const named: Identity = outbound
		? { waId: message.to, userId: message.to_user_id, parentUserId: message.to_parent_user_id }
		: { waId: message.from, userId: message.from_user_id, parentUserId: message.from_parent_user_id };
	const contact = completeIdentity(
		{
			waId: named.waId ?? position.contact?.waId,
			userId: named.userId ?? position.contact?.userId,
			parentUserId: named.parentUserId ?? position.contact?.parentUserId,
			username: position.contact?.username,
		},
		change.people,
	);
	if (contact === undefined) return unknownEvent(raw, change);
	const messageId = vendorMessageId(message, raw, change);
	return present<HistoryEvent>({
		kind: 'history',
		// The placeholder had the same id; the file must not look like a duplicate of it.
		id: position.laterMedia ? `${messageId}:media` : messageId,
		mediaOf: position.laterMedia ? messageId : undefined,
		at: toDate(message.timestamp, change.entryTime),
		channel: change.channel,
		direction: outbound ? 'out' : 'in',
		contact,
		content: readMessageContent(raw),
		status: message.history_context?.status,
		phase: position.phase,
		progress: position.progress,
		raw,
	});
}

function historyChunk(raw: unknown, change: Change): ChannelEvent[] {
	const chunk = historySchema.safeParse(raw);
	if (!chunk.success) return [unknownEvent(raw, change)];
	const events = asList(chunk.data.threads).flatMap((rawThread): ChannelEvent[] => {
		const thread = threadSchema.safeParse(rawThread);
		if (!thread.success || thread.data.messages === undefined) return [unknownEvent(rawThread, change)];
		const { id, context, messages } = thread.data;
		const contact: Identity = {
			waId: context?.wa_id ?? (id !== undefined && /^\+?\d+$/.test(id) ? digitsOf(id) : undefined),
			userId: context?.user_id ?? (id !== undefined && /^[A-Z]{2}\./.test(id) ? id : undefined),
			parentUserId: context?.parent_user_id,
			username: context?.username,
		};
		const { phase, progress } = chunk.data.metadata ?? {};
		return messages.map((message) => historyEvent(message, change, { contact, phase, progress, laterMedia: false }));
	});
	if (chunk.data.errors !== undefined) events.push(errorEvent(raw, chunk.data.errors, change));
	// The last chunk of a phase may be empty: its progress is news.
	return events.length > 0 ? events : [unknownEvent(raw, change)];
}

function contactSyncEvent(raw: unknown, change: Change): ContactSyncEvent | UnknownEvent {
	const parsed = contactSyncSchema.safeParse(raw);
	if (!parsed.success) return unknownEvent(raw, change);
	const { action, contact, metadata } = parsed.data;
	const identity = completeIdentity(
		{
			waId: contact.phone_number,
			userId: contact.user_id,
			parentUserId: contact.parent_user_id,
			username: contact.username,
		},
		change.people,
	);
	if (identity === undefined) return unknownEvent(raw, change);
	return present<ContactSyncEvent>({
		kind: 'contact_sync',
		id: derivedEventId('contact_sync', raw, [change.wabaId, change.channel?.phoneNumberId]),
		at: toDate(metadata?.timestamp, change.entryTime),
		channel: change.channel,
		action,
		contact: present({ ...identity, fullName: contact.full_name, firstName: contact.first_name }),
		raw,
	});
}

/** What a person's new user id replaces. A phone number beside it is the one they have now. */
function readIdentityChange(raw: unknown): AccountEvent['identityChange'] {
	const parsed = identityChangeSchema.safeParse(raw);
	if (!parsed.success) return undefined;
	const { wa_id: waId, user_id: userId, parent_user_id: parentUserId } = parsed.data;
	return {
		previous: present<Identity>({ userId: userId.previous, parentUserId: parentUserId?.previous }),
		current: present<Identity>({ waId, userId: userId.current, parentUserId: parentUserId?.current }),
	};
}

function accountEvent(raw: unknown, change: Change): AccountEvent {
	const news = isRecord(raw) ? raw : {};
	const subject = isRecord(news.waba_info) ? asText(news.waba_info.waba_id) : undefined;
	return present<AccountEvent>({
		kind: 'account',
		id: derivedEventId(change.field, raw, [change.wabaId, change.field, change.entryTime]),
		at: toDate(asText(news.timestamp), change.entryTime),
		channel: change.channel,
		field: change.field,
		event: ['event', 'decision', 'status', 'value', 'type']
			.map((key) => asText(news[key]))
			.find((name) => name !== undefined),
		wabaId: subject ?? change.wabaId,
		phoneNumber: change.field === 'account_update' ? asText(news.phone_number) : undefined,
		disconnectionReason: isRecord(news.disconnection_info) ? asText(news.disconnection_info.reason) : undefined,
		identityChange: change.field === 'user_id_update' ? readIdentityChange(raw) : undefined,
		raw,
	});
}

function accountEvents(change: Change): ChannelEvent[] {
	const listName = newsListOf(change.field);
	const news = listName === undefined ? [] : asList(change.value[listName]);
	return (news.length > 0 ? news : [change.value]).map((piece) => accountEvent(piece, change));
}

function eventsOfField(change: Change): ChannelEvent[] {
	const { field, value } = change;
	switch (field) {
		case 'messages':
			return [
				...asList(value.messages).map((message) => messageEvent(message, change)),
				...asList(value.statuses).map((status) => statusEvent(status, change)),
				...(Array.isArray(value.errors) ? [errorEvent(value, value.errors, change)] : []),
			];
		case 'smb_message_echoes':
		case 'message_echoes':
			return asList(value.message_echoes).map((echo) => echoEvent(echo, change));
		case 'smb_app_state_sync':
			return asList(value.state_sync).map((contact) => contactSyncEvent(contact, change));
		case 'history':
			return [
				...asList(value.history).flatMap((chunk) => historyChunk(chunk, change)),
				...asList(value.messages).map((message) => historyEvent(message, change, { laterMedia: true })),
			];
		default:
			return ACCOUNT_FIELD.test(field) ? accountEvents(change) : [];
	}
}

function eventsOfChange(raw: unknown, entry: { wabaId?: string; entryTime?: string }, known: boolean): ChannelEvent[] {
	if (!isRecord(raw)) return [unknownEvent(raw, entry)];
	const field = asText(raw.field);
	if (!known || field === undefined || !isRecord(raw.value)) return [unknownEvent(raw, { ...entry, field })];
	const value = raw.value;
	const change: Change = {
		...entry,
		field,
		value,
		channel: readChannel(value, entry.wabaId),
		people: readPeople(value.contacts),
	};
	const events = eventsOfField(change);
	return events.length > 0 ? events : [unknownEvent(value, change)];
}

/**
 * Reads every entry, change and message of a WhatsApp webhook body: one event per message, status or change, in the
 * order of the payload.
 *
 * Never throws and needs no clock: the same body always gives the same events with the same ids, so a redelivery is
 * recognised. A body that is no webhook gives no events; a part that we do not know is kept as `unknown` with its raw
 * object. Callers verify the signature first (`verifyMetaSignature`).
 *
 * @param body the parsed JSON body of the POST
 * @see https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/create-webhook-endpoint
 */
export function parseMetaWebhook(body: unknown): ChannelEvent[] {
	if (!isRecord(body) || !Array.isArray(body.entry)) return [];
	const known = body.object === undefined || body.object === 'whatsapp_business_account';
	return body.entry.flatMap((entry: unknown): ChannelEvent[] => {
		if (!isRecord(entry) || !Array.isArray(entry.changes)) return [unknownEvent(entry, {})];
		const context = { wabaId: asText(entry.id), entryTime: asText(entry.time) };
		return entry.changes.flatMap((change: unknown) => eventsOfChange(change, context, known));
	});
}
