import { z } from 'zod';

import type { Account } from './account';
import type { Bubble, Chat } from './types';
import { WazzupError } from './wazzupError';

const REPEATED_WITHIN_MS = 60_000;
const EDITABLE_FOR_MS = 15 * 60_000;
const CHAT_TYPE_OF: Readonly<Record<string, readonly string[]>> = {
	whatsapp: ['whatsapp', 'whatsgroup'],
	wapi: ['whatsapp'],
	instagram: ['instagram'],
	telegram: ['telegram', 'telegroup'],
	tgapi: ['telegram', 'telegroup'],
	viber: ['viber'],
	vk: ['vk'],
	avito: ['avito'],
	max: ['max', 'maxgroup'],
	maxbot: ['max', 'maxgroup'],
};
const LONGEST: Readonly<Record<string, readonly [number, string]>> = {
	whatsapp: [10_000, 'MESSAGE_TEXT_TOO_LONG'],
	wapi: [1_024, 'MESSAGES_TOO_LONG_WABA'],
	instagram: [1_000, 'MESSAGES_TOO_LONG_INSTAGRAM'],
	telegram: [4_096, 'MESSAGES_TOO_LONG_TELEGRAM'],
	tgapi: [4_096, 'MESSAGES_TOO_LONG_TELEGRAM'],
	viber: [6_999, 'MESSAGES_TOO_LONG_VIBER'],
	vk: [1_000, 'MESSAGES_TOO_LONG_VK'],
	avito: [1_000, 'MESSAGES_TOO_LONG_AVITO'],
};

const messageSchema = z.object({
	channelId: z.string().uuid(),
	chatType: z.string(),
	chatId: z.string().optional(),
	username: z.string().optional(),
	phone: z.string().optional(),
	text: z.string().optional(),
	contentUri: z.string().optional(),
	templateId: z.string().optional(),
	templateValues: z.array(z.string()).optional(),
	refMessageId: z.string().optional(),
	crmUserId: z.string().optional(),
	crmMessageId: z.string().optional(),
	clearUnanswered: z.boolean().default(true),
	buttonsObject: z
		.object({ buttons: z.array(z.object({ text: z.string().max(20).optional(), payload: z.string().optional() })) })
		.optional(),
});

type Asked = z.output<typeof messageSchema>;

export interface AcceptedMessage {
	readonly chat: Chat;
	readonly bubble: Bubble;
	/** What the messenger says afterwards, by webhook. */
	readonly failsWith?: string;
}

export function acceptMessage(account: Account, body: unknown): AcceptedMessage {
	const asked = readMessage(body);
	const channel = account.channels.get(asked.channelId);
	if (channel === undefined) throw new WazzupError(400, 'CHANNEL_NOT_FOUND', 'Channel not found');
	const { transport } = channel;
	if (!CHAT_TYPE_OF[transport]?.includes(asked.chatType)) {
		throw new WazzupError(400, 'WRONG_TRANSPORT', 'Invalid message type for this channel transport', {
			channelId: asked.channelId,
			transport,
			chatType: asked.chatType,
		});
	}
	refuseChannelState(channel.state);
	const chatId = asked.chatId ?? asked.username ?? asked.phone;
	if (chatId === undefined)
		throw new WazzupError(400, 'INVALID_MESSAGE_DATA', 'Message data is invalid', { fields: ['chatId'] });
	if (asked.chatType === 'whatsapp' && !/^\d{7,15}$/.test(chatId)) throw new WazzupError(400, 'BAD_CONTACT');
	const text = contentOf(account, asked, transport);
	refuseRepeated(account, asked.crmMessageId);
	const chat = account.chat(asked.channelId, asked.chatType, chatId);
	if (asked.refMessageId !== undefined && !chat.bubbles.some(({ messageId }) => messageId === asked.refMessageId)) {
		throw new WazzupError(400, 'REFERENCE_MESSAGE_NOT_FOUND');
	}
	if (asked.crmMessageId !== undefined) account.crmMessageIds.set(asked.crmMessageId, account.now());
	if (asked.clearUnanswered) chat.unanswered = 0;
	const outside = transport === 'wapi' && asked.templateId === undefined && !isOpen(account, chat);
	const bubble = account.add(chat, {
		direction: 'outbound',
		by: 'api',
		type: asked.templateId !== undefined ? 'wapi_template' : asked.contentUri === undefined ? 'text' : 'document',
		text,
		contentUri: asked.contentUri,
		templateId: asked.templateId,
		// More than ten are cut off without a word.
		buttons: asked.buttonsObject?.buttons.slice(0, 10).flatMap(({ text: label }) => label ?? []),
		refMessageId: asked.refMessageId,
		crmMessageId: asked.crmMessageId,
		crmUserId: asked.crmUserId,
		clearUnanswered: asked.clearUnanswered,
		status: 'sent',
	});
	return { chat, bubble, ...(outside ? { failsWith: '24_HOURS_EXCEEDED' } : {}) };
}

function readMessage(body: unknown): Asked {
	const result = messageSchema.safeParse(body);
	if (result.success) return result.data;
	const fields = [...new Set(result.error.issues.map(({ path }) => String(path[0] ?? '')))];
	throw new WazzupError(400, 'INVALID_MESSAGE_DATA', 'Message data is invalid', { fields });
}

function refuseChannelState(state: string): void {
	switch (state.toLowerCase()) {
		case 'active':
			return;
		case 'notenoughmoney':
			throw new WazzupError(400, 'CHANNEL_NO_MONEY');
		case 'disabled':
		case 'blocked':
			throw new WazzupError(400, 'CHANNEL_BLOCKED');
		case 'rejected':
			throw new WazzupError(400, 'CHANNEL_WAPI_REJECTED');
		default:
			throw new WazzupError(400, 'MESSAGE_CHANNEL_UNAVAILABLE');
	}
}

function contentOf(account: Account, asked: Asked, transport: string): string | undefined {
	if (asked.templateId !== undefined) return filledTemplate(account, asked);
	if (asked.text !== undefined && asked.contentUri !== undefined)
		throw new WazzupError(400, 'MESSAGE_ONLY_TEXT_OR_CONTENT');
	if (asked.text === undefined && asked.contentUri === undefined) throw new WazzupError(400, 'MESSAGE_NOTHING_TO_SEND');
	if (asked.text === undefined) {
		if (!URL.canParse(asked.contentUri ?? '')) throw new WazzupError(400, 'MESSAGE_DOWNLOAD_CONTENT_ERROR');
		return undefined;
	}
	if (asked.text.trim() === '') throw new WazzupError(400, 'MESSAGES_TEXT_CAN_NOT_BE_BLANK');
	const [longest, code] = LONGEST[transport] ?? [4_096, 'MESSAGE_TEXT_TOO_LONG'];
	if (asked.text.length > longest) throw new WazzupError(400, code);
	return asked.text;
}

function filledTemplate(account: Account, asked: Asked): string {
	const template = account.templates.get(asked.templateId ?? '');
	if (template?.status.toLowerCase() !== 'approved' || template.channelId !== asked.channelId) {
		throw new WazzupError(400, 'TEMPLATE_REJECTED', 'Template is not approved');
	}
	const wanted = placeholdersOf(template.body);
	const values = asked.templateValues ?? [];
	if (values.length !== wanted || values.some((value) => value.trim() === '')) {
		throw new WazzupError(400, 'VALIDATION_ERROR', `Template needs ${wanted} values`, { fields: ['templateValues'] });
	}
	return template.body.replace(/\{\{(\d+)\}\}/g, (_, place: string) => values[Number(place) - 1] ?? '');
}

export const placeholdersOf = (body: string): number => new Set(body.match(/\{\{\d+\}\}/g) ?? []).size;

/** Documentation writes the code in two ways; live it is this one. */
function refuseRepeated(account: Account, crmMessageId: string | undefined): void {
	const before = account.crmMessageIds.get(crmMessageId ?? '');
	if (before !== undefined && account.now() - before < REPEATED_WITHIN_MS) {
		throw new WazzupError(400, 'REPEATED_CRM_MESSAGE_ID', 'crmMessageId was used within 60 seconds');
	}
}

function isOpen(account: Account, chat: Chat): boolean {
	const last = chat.bubbles.findLast(({ direction }) => direction === 'inbound');
	return last !== undefined && account.now() - last.at < 24 * 3_600_000;
}

const editSchema = z.object({
	text: z.string().optional(),
	contentUri: z.string().optional(),
	crmUserId: z.string().optional(),
});

function changeable(
	account: Account,
	messageId: string,
	expired: string,
): { readonly chat: Chat; readonly bubble: Bubble } {
	const found = account.findMessage(messageId);
	if (found?.bubble.direction !== 'outbound' || found.bubble.isDeleted) {
		throw new WazzupError(400, 'MESSAGES_NOT_FOUND', 'Message not found');
	}
	if (account.now() - found.bubble.at > EDITABLE_FOR_MS) throw new WazzupError(400, expired);
	return found;
}

export function editMessage(account: Account, messageId: string, body: unknown): AcceptedMessage {
	const found = changeable(account, messageId, 'MESSAGES_EDITING_TIME_EXPIRED');
	const asked = editSchema.safeParse(body);
	if (!asked.success) throw new WazzupError(400, 'INVALID_MESSAGE_DATA');
	const { text, contentUri } = asked.data;
	if (account.channels.get(found.chat.channelId)?.transport === 'wapi') {
		throw new WazzupError(400, 'CHANNEL_INVALID_TRANSPORT_FOR_EDITING');
	}
	if (found.bubble.buttons !== undefined) throw new WazzupError(400, 'MESSAGES_CONTAIN_BUTTONS');
	if ((text === undefined) === (contentUri === undefined)) throw new WazzupError(400, 'MESSAGE_ONLY_TEXT_OR_CONTENT');
	found.bubble.text = text ?? found.bubble.text;
	found.bubble.contentUri = contentUri ?? found.bubble.contentUri;
	found.bubble.isEdited = true;
	return found;
}

export function deleteMessage(account: Account, messageId: string): void {
	const found = changeable(account, messageId, 'MESSAGES_DELETION_TIME_EXPIRED');
	if (account.channels.get(found.chat.channelId)?.transport === 'wapi') {
		throw new WazzupError(400, 'CHANNEL_INVALID_TRANSPORT_FOR_DELETION');
	}
	found.bubble.isDeleted = true;
}
