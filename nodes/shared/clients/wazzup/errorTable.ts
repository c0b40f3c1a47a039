import { z } from 'zod';

import { lookupTable } from '../../domain/lookupTable';
import type { FailureKind } from '../../http/failure';
import type { ExplainedAnswer, VendorAnswer } from '../../http/vendorHttp';

interface ErrorRow {
	readonly kind: FailureKind;
	/** What happened. */
	readonly message: string;
	/** What to do. */
	readonly description: string;
}

const row = (kind: FailureKind, message: string, description: string): ErrorRow => ({ kind, message, description });
const rejected = (message: string, description: string): ErrorRow => row('rejected', message, description);

const CHECK_PARAMETERS = 'Compare the parameters of this node with what Wazzup says.';
const LATER = 'It passes by itself. Try again in a few minutes.';
const SEE_CHANNEL = "See the channel in Wazzup, under 'Channels'.";
const SHORTEN = 'Shorten the text or send it in parts.';
const SMALLER_FILE = 'Send a smaller file.';

export const SIDECAR_KEY =
	'This key belongs to an integration that Wazzup installed for another CRM (a sidecar key): it may use channels, messages, templates and webhooks, but not contacts, deals, users, pipelines, the chat window or the unanswered counter. Create a key of your own in Wazzup under Integrations, API.';

/**
 * Wazzup's codes and what they mean for the person at the canvas
 * (wazzup24.com/help/api-en/common-errors, /sending-messages, /webhooks, /working-with-contacts; September 2026).
 */
export const ERROR_TABLE = lookupTable<ErrorRow>({
	// Credential
	UNAUTHORIZED: row(
		'unauthorized',
		"Wazzup did not accept the key in 'API Key'",
		'Copy it again from Integrations, API.',
	),
	FORBIDDEN: row('unauthorized', 'This part of Wazzup is closed to the key', SIDECAR_KEY),
	TOO_MANY_REQUESTS: row('rate_limited', 'The account made more than 500 requests in 5 seconds', LATER),

	// Contacts, deals, users, pipelines
	TOO_MANY_ENTITIES: rejected('More than 100 rows were sent at once', 'Send at most 100.'),
	INVALID_CONTACTS_DATA: rejected('A contact was not accepted', CHECK_PARAMETERS),
	INVALID_DEALS_DATA: rejected('A deal was not accepted', CHECK_PARAMETERS),
	INVALID_USERS_DATA: rejected('A user was not accepted', CHECK_PARAMETERS),
	INVALID_PIPELINES_DATA: rejected(
		'A pipeline was not accepted',
		'A pipeline without stages is sent without the list, never with an empty one.',
	),
	VALIDATION_ERROR: rejected('A field was not accepted', CHECK_PARAMETERS),
	USER_LIMIT_EXCEEDED: rejected(
		'The account has 1,000 users, the most that Wazzup keeps',
		'Delete users who have left.',
	),
	USER_NOT_FOUND: rejected('Wazzup does not know this user', 'Create the user first, or choose another from the list.'),
	CONTACT_NOT_FOUND: rejected('Wazzup does not know this contact', 'Save the contact first.'),
	DEAL_NOT_FOUND: rejected('Wazzup does not know this deal', 'It was deleted, or never saved.'),
	DUPLICATE_PHONE_NUMBER: rejected('Another user has this phone number', 'A phone number belongs to one user.'),

	// Messages
	INVALID_MESSAGE_DATA: rejected('The message was not accepted', CHECK_PARAMETERS),
	REPEATED_CRM_MESSAGE_ID: rejected(
		'A message with this request ID was sent within the last 60 seconds',
		'It is not sent twice.',
	),
	WRONG_TRANSPORT: rejected(
		"'Chat Type' does not belong to this channel",
		'A WhatsApp channel writes to WhatsApp chats, an Instagram channel to Instagram chats.',
	),
	BALANCE_IS_EMPTY: rejected('The balance of the WhatsApp Business API channel is empty', 'Top it up in Wazzup.'),
	MESSAGE_WRONG_CONTENT_TYPE: rejected(
		'The channel does not send files of this type',
		'Send it as a document or a link.',
	),
	MESSAGE_ONLY_TEXT_OR_CONTENT: rejected(
		'A message is text or a file, not both',
		'Send the text as a message of its own.',
	),
	MESSAGE_NOTHING_TO_SEND: rejected('The message is empty', "Fill in 'Text' or 'File URL'."),
	MESSAGE_TEXT_TOO_LONG: rejected('The text is too long', SHORTEN),
	MESSAGES_TOO_LONG_INSTAGRAM: rejected('The text is longer than the 1,000 characters of Instagram', SHORTEN),
	MESSAGES_TOO_LONG_TELEGRAM: rejected('The text is longer than the 4,096 characters of Telegram', SHORTEN),
	MESSAGES_TOO_LONG_WABA: rejected('The text is too long for WhatsApp Business API', SHORTEN),
	MESSAGES_TOO_LONG_WABA_HEADER: rejected('The header of the template is too long', 'At most 60 characters.'),
	MESSAGES_TOO_LONG_WABA_TEMPLATE: rejected('The filled-in template is too long', 'Shorten the values.'),
	MESSAGES_TOO_LONG_VIBER: rejected('The text is longer than the 6,999 characters of Viber', SHORTEN),
	MESSAGES_TOO_LONG_VK: rejected('The text is longer than the 1,000 characters of VK', SHORTEN),
	MESSAGES_TOO_LONG_AVITO: rejected('The text is longer than the 1,000 characters of Avito', SHORTEN),
	MESSAGES_CONTENT_CAN_NOT_BE_BLANK: rejected('The file is empty', "Check what 'File URL' answers."),
	MESSAGES_CONTENT_SIZE_EXCEEDED: rejected('The file is larger than 10 MB', SMALLER_FILE),
	MESSAGES_CONTENT_SIZE_EXCEEDED_WABA: rejected(
		'The file is too large for WhatsApp Business API (pictures 5 MB, others 16 MB)',
		SMALLER_FILE,
	),
	MESSAGES_CONTENT_SIZE_EXCEEDED_TELEGRAM: rejected(
		'The file is too large for Telegram (pictures 5 MB, others 20 MB)',
		SMALLER_FILE,
	),
	MESSAGES_TEXT_CAN_NOT_BE_BLANK: rejected('The text is empty', "Fill in 'Text'."),
	CHANNEL_NOT_FOUND: rejected('Wazzup does not know this channel', "Choose 'Channel' from the list again."),
	CHANNEL_BLOCKED: rejected('The channel is switched off', SEE_CHANNEL),
	CHANNEL_WAPI_REJECTED: rejected('The WhatsApp Business API channel is blocked by Meta', SEE_CHANNEL),
	CHANNEL_NO_MONEY: rejected('The channel is not paid', 'Pay the channel in Wazzup.'),
	CHANNEL_LIMIT_EXCEEDED: rejected('The channel has reached its limit of new chats', 'Wait a day or raise the plan.'),
	MESSAGE_CHANNEL_UNAVAILABLE: row('temporary', 'The channel is not connected for now', SEE_CHANNEL),
	MESSAGE_DOWNLOAD_CONTENT_ERROR: rejected(
		"Wazzup could not fetch the file from 'File URL'",
		'The address must be public and answer with the file itself, without a redirect.',
	),
	MESSAGES_NOT_TEXT_FIRST: rejected(
		'The plan of the channel does not allow to write first',
		'Answer people who wrote, or change the plan of the channel.',
	),
	MESSAGES_IS_SPAM: rejected('Wazzup took the message for spam', 'Write less of the same to people who did not ask.'),
	MESSAGES_ABNORMAL_SEND: rejected(
		"'Chat Type' is not one that this channel can write to",
		'Choose another chat type.',
	),
	MESSAGES_INVALID_CONTACT_TYPE: rejected(
		"'Chat Type' is not one that this channel can write to",
		'Choose another one.',
	),
	MESSAGES_CAN_NOT_ADD: row('temporary', 'Wazzup could not store the message', LATER),
	REFERENCE_MESSAGE_NOT_FOUND: rejected(
		'The message that is answered is not in this chat',
		"Check 'Reply to Message ID'.",
	),
	TEMPLATE_REJECTED: rejected('The template is not approved', "Choose an approved 'Template' from the list."),
	BAD_CONTACT: rejected('This chat does not exist', 'The number has no account in this messenger, or never wrote.'),
	CHAT_NO_ACCESS: rejected('The channel has no access to this chat', 'Write to people who wrote to this channel.'),
	MESSAGES_NOT_FOUND: rejected('Wazzup does not know this message', "Check 'Message ID'."),
	MESSAGES_EDITING_TIME_EXPIRED: rejected('The message is too old to be edited', 'Send a correction instead.'),
	MESSAGES_DELETION_TIME_EXPIRED: rejected('The message is too old to be deleted', 'It stays in the chat.'),
	MESSAGES_CONTAIN_BUTTONS: rejected('A message with buttons cannot be edited', 'Send another one.'),
	CHANNEL_INVALID_TRANSPORT_FOR_EDITING: rejected(
		'Messages of this channel cannot be edited',
		'Send a correction instead.',
	),
	CHANNEL_INVALID_TRANSPORT_FOR_CONTENT_EDITING: rejected(
		'Files of this channel cannot be exchanged',
		'Send the right file instead.',
	),
	CHANNEL_INVALID_TRANSPORT_FOR_DELETION: rejected(
		'Messages of this channel cannot be deleted',
		'They stay in the chat.',
	),
	UNKNOWN_ERROR: row('temporary', 'Wazzup did not know what went wrong', LATER),
	UNKNOWN_ERROR_WITH_TRACE_ID: row('temporary', 'Wazzup did not know what went wrong', LATER),

	// Webhooks
	URI_NOT_VALID: rejected(
		'Wazzup did not take the address of the webhooks',
		'It must be a public https address of at most 200 characters.',
	),
	TEST_POST_NOT_PASSED: rejected(
		'The address of the webhooks did not answer 200 to the test of Wazzup',
		'It must be reachable from the Internet, and its workflow must be active.',
	),

	// Told by webhooks about messages that were accepted
	CHATID_IGSID_MISMATCH: rejected(
		'The Instagram account is not the one of this chat',
		'Take the chat ID from the webhook.',
	),
	TOO_LONG_TEXT: rejected('The text is too long', SHORTEN),
	BAD_LINK: rejected('The link in the message is not allowed', 'Send it without the link.'),
	TOO_BIG_CONTENT: rejected('The file is larger than 50 MB', SMALLER_FILE),
	SPAM: rejected('The messenger took the message for spam', 'Do not repeat it.'),
	TOO_MANY_EXT_REQS: row('rate_limited', 'The messenger takes no more messages of this channel for now', LATER),
	WRONG_CONTENT: rejected('The messenger does not take files of this type', 'Send another type of file.'),
	MESSAGE_CANCELLED: rejected('The message was cancelled in Wazzup', 'Somebody stopped it before it left.'),
	'24_HOURS_EXCEEDED': rejected(
		'More than 24 hours have passed since the person last wrote',
		'Send an approved template instead: only templates are delivered outside the 24-hour window.',
	),
	'7_DAYS_EXCEEDED': rejected(
		'More than 7 days have passed since the person last wrote',
		'Instagram delivers nothing until the person writes again.',
	),
	COMMENT_DELETED: rejected('The comment was deleted', 'There is nothing to answer any more.'),
	MENTION_FORBIDDEN: rejected('The account does not allow mentions', 'Write without the mention.'),
	CONTENT_CONVERSION_ERROR: rejected('The file could not be converted for the messenger', 'Send another format.'),
	MESSAGE_DELETED: rejected('The message was deleted', 'There is nothing to do.'),
	CANNOT_REPLY_TO_DELETED: rejected('The message that is answered was deleted', 'Send it without the quotation.'),
	CHANNEL_REJECTED: rejected('The messenger has rejected the channel', SEE_CHANNEL),
	GENERAL_ERROR: row('temporary', 'The messenger did not say what went wrong', LATER),
});

/** Wazzup's documentation writes one code in several ways: `repeatedCrmMessageId`, `REPEATED_CRM_MESSAGE_ID`. */
export function normalizeCode(code: string): string {
	const withUnderscores = /[a-z]/.test(code) ? code.replace(/([a-z0-9])([A-Z])/g, '$1_$2') : code;
	return withUnderscores
		.trim()
		.replace(/[\s-]+/g, '_')
		.toUpperCase();
}

const text = z.union([z.string(), z.number()]).transform(String).optional().catch(undefined);
const flatSchema = z.object({
	error: z.string(),
	description: text,
	data: z.unknown(),
	requestId: text,
	traceId: text,
});
const nestedSchema = z.object({
	error: z.object({ code: z.string(), description: text, message: text, data: z.unknown() }),
	requestId: text,
});

interface WazzupError {
	readonly code: string;
	readonly description?: string;
	readonly data?: unknown;
	readonly traceId?: string;
}

/** One form for the three that the routes answer in; undefined when it is none of them. */
function readError(body: unknown): WazzupError | undefined {
	const flat = flatSchema.safeParse(body);
	if (flat.success) {
		const { error, description, data, requestId, traceId } = flat.data;
		return { code: normalizeCode(error), description, data, traceId: requestId ?? traceId };
	}
	const nested = nestedSchema.safeParse(body);
	if (!nested.success) return undefined;
	const { error, requestId } = nested.data;
	return {
		code: normalizeCode(error.code),
		description: error.description ?? error.message,
		data: error.data,
		traceId: requestId,
	};
}

const BY_STATUS: Readonly<Record<number, string>> = { 401: 'UNAUTHORIZED', 403: 'FORBIDDEN', 429: 'TOO_MANY_REQUESTS' };

/** How often one call waits for the counter of the account to start again. */
const TRIES_AFTER_RESET = 2;

/** @param rateResetMs How long after a 429 Wazzup counts from nothing again. */
export function createExplain(rateResetMs: number): (answer: VendorAnswer) => ExplainedAnswer | undefined {
	const pausesMs = Array.from({ length: TRIES_AFTER_RESET }, () => rateResetMs);
	return (answer) => {
		const error = readError(answer.body);
		const code = BY_STATUS[answer.status] ?? error?.code;
		if (code === undefined) return undefined;
		const known = ERROR_TABLE.get(code);
		const said = error?.description;
		return {
			kind: known?.kind,
			message: `${known?.message ?? 'Wazzup refused the request'} (${error?.code ?? answer.status})`,
			description: [
				known?.description ?? CHECK_PARAMETERS,
				said === undefined || said === '' ? undefined : `Wazzup says: ${said}`,
				fieldsInWords(error?.data),
			]
				.filter((sentence) => sentence !== undefined)
				.join(' '),
			code,
			details: error?.data === undefined ? undefined : JSON.stringify(error.data),
			...(said === undefined || said === '' ? {} : { said }),
			traceId: error?.traceId,
			...(known?.kind === 'rate_limited' && answer.status === 429 ? { pausesMs } : {}),
		};
	};
}

const faultsSchema = z.array(
	z.object({ index: z.coerce.number().int().min(0), fields: z.array(z.string()).default([]) }),
);
const fieldsSchema = z.object({ fields: z.array(z.string()) });

function fieldsInWords(data: unknown): string | undefined {
	const fields = fieldsSchema.safeParse(data);
	if (fields.success && fields.data.fields.length > 0) return `Fields: ${fields.data.fields.join(', ')}.`;
	const faults = faultsSchema.safeParse(data);
	if (!faults.success || faults.data.length === 0) return undefined;
	const names = new Set(faults.data.flatMap((fault) => fault.fields));
	return names.size === 0 ? undefined : `Fields: ${[...names].join(', ')}.`;
}

/** A row of a refused batch, by its place in it. */
export interface RowFault {
	readonly index: number;
	readonly fields: readonly string[];
}

/** Which rows Wazzup blamed for refusing a batch; none when it did not say. */
export function rowFaults(details: string | undefined): readonly RowFault[] {
	if (details === undefined) return [];
	try {
		const faults = faultsSchema.safeParse(JSON.parse(details));
		return faults.success ? faults.data : [];
	} catch {
		// The data is not a list of rows.
		return [];
	}
}

/** Why Wazzup or the messenger did not deliver a message, in words; `again`: whether the same may arrive when sent once more. */
export function explainUndelivered(error: { readonly error: string; readonly description?: string }): {
	readonly code: string;
	readonly reason: string;
	readonly again: boolean;
} {
	const code = normalizeCode(error.error);
	const known = ERROR_TABLE.get(code);
	const what = known?.message ?? 'The message was not delivered';
	const advice = known?.description ?? error.description;
	return {
		code,
		reason: `${what} (${code})${advice === undefined || advice === '' ? '' : `. ${advice}`}`,
		again: known === undefined || known.kind !== 'rejected',
	};
}
