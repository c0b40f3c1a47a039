import { lookupTable } from '../lookupTable';

/** Kinds of chat, as Wazzup names them. A WhatsApp Business API number (`wapi`) has chats of the type `whatsapp`. */
export const CHAT_TYPES = [
	'whatsapp',
	'whatsgroup',
	'instagram',
	'telegram',
	'telegroup',
	'viber',
	'vk',
	'avito',
	'max',
	'maxgroup',
] as const;

export type ChatType = (typeof CHAT_TYPES)[number];

export function isChatType(value: string): value is ChatType {
	return (CHAT_TYPES as readonly string[]).includes(value);
}

const BY_TRANSPORT = lookupTable<ChatType>({
	whatsapp: 'whatsapp',
	wapi: 'whatsapp',
	instagram: 'instagram',
	tgapi: 'telegram',
	telegram: 'telegram',
	max: 'max',
	maxbot: 'max',
	vk: 'vk',
	avito: 'avito',
	viber: 'viber',
});

/** The type of a channel's chats with one person; undefined for a transport that is newer than this package. */
export function chatTypeOfTransport(transport: string): ChatType | undefined {
	return BY_TRANSPORT.get(transport.toLowerCase());
}

/** Names of transports for people. */
const TRANSPORT_NAMES = lookupTable<string>({
	whatsapp: 'WhatsApp',
	wapi: 'WhatsApp Business API',
	instagram: 'Instagram',
	tgapi: 'Telegram',
	telegram: 'Telegram Bot',
	max: 'MAX',
	maxbot: 'MAX Bot',
	vk: 'VK',
	avito: 'Avito',
	viber: 'Viber',
});

export function transportName(transport: string): string {
	return TRANSPORT_NAMES.get(transport.toLowerCase()) ?? transport;
}

/** Wazzup writes states in several ways (`openElsewhere`, `openelsewhere`): compared without case. */
export function isActiveState(state: string): boolean {
	return state.toLowerCase() === 'active';
}

/**
 * The chat's id as Wazzup wants it: digits only where it is a phone number, the account without `@` on Instagram.
 * Everything else is as the webhook gave it. Undefined when it cannot be one.
 */
export function normalizeChatId(chatType: ChatType, chatId: string): string | undefined {
	const text = chatId.trim();
	if (chatType === 'whatsapp' || chatType === 'viber') {
		const digits = text.replace(/[\s()+.-]/g, '');
		return /^\d{7,15}$/.test(digits) ? digits : undefined;
	}
	const id = chatType === 'instagram' ? text.replace(/^@/, '') : text;
	return id === '' ? undefined : id;
}
