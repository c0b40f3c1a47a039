import type { Identity } from '../messages/events';

/** The chat in which Wazzup reaches an identity; undefined where it has none. */
export function chatOfIdentity({
	waId,
	wazzupChat,
}: Identity): { readonly chatType: string; readonly chatId: string } | undefined {
	if (waId !== undefined) return { chatType: 'whatsapp', chatId: waId };
	if (wazzupChat === undefined) return undefined;
	const end = wazzupChat.indexOf(':');
	return { chatType: wazzupChat.slice(0, end), chatId: wazzupChat.slice(end + 1) };
}
