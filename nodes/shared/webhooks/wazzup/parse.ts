import { lookupTable } from '../../domain/lookupTable';
import type {
	AccountEvent,
	DeliveryStatus,
	EchoEvent,
	Identity,
	MessageContent,
	MessageEvent,
	StatusEvent,
	UnknownEvent,
	VendorError,
} from '../../domain/messages/events';
import { derivedEventId } from '../meta/eventId';
import { isRecord, present } from '../meta/present';
import type { CreateContactEvent, CreateDealEvent, WazzupEvent } from './events';
import { readContent } from './messageContent';
import {
	channelUpdateSchema,
	createContactSchema,
	createDealSchema,
	messageSchema,
	statusSchema,
	templateStatusSchema,
	type WazzupMessagePayload,
} from './payload';

/** No clock here: an event without a time is at 1970, so that the same body always gives the same events. */
function toDate(said: string | undefined): Date {
	if (said === undefined) return new Date(0);
	const at = /^\d+$/.test(said) ? new Date(Number(said)) : new Date(said);
	return Number.isNaN(at.getTime()) ? new Date(0) : at;
}

function unknownEvent(field: string, raw: unknown): UnknownEvent {
	return { kind: 'unknown', id: derivedEventId('unknown', raw, [field]), at: new Date(0), field, raw };
}

const GROUPS = new Set(['whatsgroup', 'telegroup', 'maxgroup']);

/** The address of a chat that is not a person's WhatsApp: `instagram:maria`. */
function wazzupChatKey(chatType: string, chatId: string): string {
	return `${chatType.toLowerCase()}:${chatId}`;
}

/** Who the chat is with. */
export function identityOfChat(
	chatType: string,
	chatId: string,
	card: WazzupMessagePayload['contact'] = undefined,
): Identity {
	const digits = chatId.replace(/\D/g, '');
	const onWhatsApp = chatType.toLowerCase() === 'whatsapp' && digits !== '';
	return present<Identity>({
		...(onWhatsApp ? { waId: digits } : { wazzupChat: wazzupChatKey(chatType, chatId) }),
		username: card?.username,
		profileName: card?.name,
	});
}

/** Meta's numbers for what both say, so that everybody above reads one language. */
const CODES = lookupTable<number>({
	'24_HOURS_EXCEEDED': 131_047,
	BAD_CONTACT: 131_026,
	TOO_MANY_EXT_REQS: 130_429,
});

function readError(error: WazzupMessagePayload['error']): VendorError[] | undefined {
	if (error?.error === undefined) return undefined;
	const name = error.error.trim().toUpperCase();
	return [present<VendorError>({ code: CODES.get(name) ?? 0, name, message: error.description })];
}

function changedContent(message: WazzupMessagePayload): { readonly id: string; readonly content: MessageContent } {
	const { messageId, isDeleted, isEdited, dateTime } = message;
	if (isDeleted) return { id: `${messageId}:deleted`, content: { type: 'revoke', originalMessageId: messageId } };
	const content = readContent(message);
	if (!isEdited) return { id: messageId, content };
	return {
		// Each change of a message is news of its own.
		id: `${messageId}:edited:${dateTime ?? content.text ?? ''}`,
		content: present({ type: 'edit', text: content.text, originalMessageId: messageId, edited: content }),
	};
}

function messageEvent(raw: unknown): MessageEvent | EchoEvent | UnknownEvent {
	const parsed = messageSchema.safeParse(raw);
	if (!parsed.success) return unknownEvent('messages', raw);
	const message = parsed.data;
	const { id, content } = changedContent(message);
	const person = identityOfChat(message.chatType, message.chatId, message.contact);
	const errors = readError(message.error);
	const base = {
		id,
		at: toDate(message.dateTime),
		channel: { phoneNumberId: message.channelId },
		content: errors === undefined ? content : { ...content, errors },
		raw,
	};
	// An echo may come without its mark: what is not inbound left from our side.
	const ours = message.isEcho || ['sent', 'delivered', 'read', 'error'].includes(message.status?.toLowerCase() ?? '');
	if (ours) return { kind: 'echo', ...base, to: person };
	return present<MessageEvent>({
		kind: 'message',
		...base,
		from: person,
		context:
			message.quotedMessage?.messageId === undefined ? undefined : { messageId: message.quotedMessage.messageId },
		groupId: GROUPS.has(message.chatType.toLowerCase()) ? message.chatId : undefined,
	});
}

const STATUSES = lookupTable<DeliveryStatus>({
	sent: 'sent',
	delivered: 'delivered',
	read: 'read',
	error: 'failed',
});

function statusEvent(raw: unknown): StatusEvent | UnknownEvent {
	const parsed = statusSchema.safeParse(raw);
	const status = parsed.success ? STATUSES.get(parsed.data.status.toLowerCase()) : undefined;
	if (!parsed.success || status === undefined) return unknownEvent('statuses', raw);
	const { messageId, timestamp, error } = parsed.data;
	return present<StatusEvent>({
		kind: 'status',
		id: `${messageId}:${status}`,
		at: toDate(timestamp),
		messageId,
		status,
		recipient: {},
		errors: readError(error),
		raw,
	});
}

function channelUpdate(raw: unknown): AccountEvent | UnknownEvent {
	const parsed = channelUpdateSchema.safeParse(raw);
	if (!parsed.success) return unknownEvent('channelsUpdates', raw);
	const { channelId, state, timestamp } = parsed.data;
	return present<AccountEvent>({
		kind: 'account',
		id: derivedEventId('channelsUpdates', raw, [channelId]),
		at: toDate(timestamp),
		channel: { phoneNumberId: channelId },
		field: 'channelsUpdates',
		event: state,
		raw,
	});
}

function templateStatus(raw: unknown): AccountEvent | UnknownEvent {
	const parsed = templateStatusSchema.safeParse(raw);
	if (!parsed.success) return unknownEvent('templateStatus', raw);
	return present<AccountEvent>({
		kind: 'account',
		id: derivedEventId('templateStatus', raw, []),
		at: new Date(0),
		field: 'templateStatus',
		event: parsed.data.status?.toUpperCase(),
		raw,
	});
}

function createContact(raw: unknown): CreateContactEvent | UnknownEvent {
	const parsed = createContactSchema.safeParse(raw);
	if (!parsed.success || parsed.data.contactData.length === 0) return unknownEvent('createContact', raw);
	const { responsibleUserId, name, contactData: chats, source } = parsed.data;
	return present<CreateContactEvent>({ kind: 'create_contact', responsibleUserId, name, chats, source, raw });
}

function createDeal(raw: unknown): CreateDealEvent | UnknownEvent {
	const parsed = createDealSchema.safeParse(raw);
	if (!parsed.success || parsed.data.contacts.length === 0) return unknownEvent('createDeal', raw);
	const { responsibleUserId, contacts: contactIds, source } = parsed.data;
	return present<CreateDealEvent>({ kind: 'create_deal', responsibleUserId, contactIds, source, raw });
}

/** Wazzup sends some of these as a list and some as one object, and not always as documented. */
const listOf = (value: unknown): readonly unknown[] =>
	Array.isArray(value) ? (value as readonly unknown[]) : value === undefined || value === null ? [] : [value];

const READERS = lookupTable<(raw: unknown) => WazzupEvent>({
	messages: messageEvent,
	statuses: statusEvent,
	createContact,
	createDeal,
	channelsUpdates: channelUpdate,
	templateStatus,
});

/**
 * Reads a webhook body of Wazzup's API v3: one event per message, status or news, in the order of the payload. Messages,
 * statuses and what our side wrote elsewhere (`echo`) are the events of every channel; requests that wait for an answer
 * are `create_contact` and `create_deal`; `{"test":true}` is a `probe`.
 *
 * Never throws and needs no clock: the same body always gives the same events with the same ids. What we do not know is
 * kept as `unknown` with its raw object. Wazzup signs nothing: callers compare the secret of the address first
 * (`verifyWazzupSecret`).
 *
 * @param body the parsed JSON body of the POST
 * @see https://wazzup24.com/help/api-en/webhooks
 */
export function parseWazzupWebhook(body: unknown): WazzupEvent[] {
	if (!isRecord(body)) return [];
	return Object.entries(body).flatMap(([field, value]): WazzupEvent[] => {
		if (field === 'test') return value === true || value === 'true' ? [{ kind: 'probe' }] : [];
		const read = READERS.get(field);
		if (read === undefined) return [unknownEvent(field, value)];
		return listOf(value).map((raw) => read(raw));
	});
}
