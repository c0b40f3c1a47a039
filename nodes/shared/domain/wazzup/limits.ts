import { InvalidInput } from '../invalidInput';
import type { ChatType } from './chatTypes';

/** Most rows in one request, of any kind; one more and Wazzup takes none of them. */
export const LARGEST_BATCH = 100;
/** Ids of contacts, deals, pipelines and stages; a user's is shorter. */
export const LONGEST_ID = 100;
export const LONGEST_USER_ID = 64;
export const LONGEST_USER_NAME = 150;
export const LONGEST_NAME = 200;
export const LONGEST_PIPELINE_NAME = 100;
/** Links to a contact or deal, and the address of the webhooks. */
export const LONGEST_ADDRESS = 200;
/** Buttons that reach the person; Wazzup cuts the others without a word. */
export const MOST_BUTTONS = 10;
export const LONGEST_BUTTON_TEXT = 20;
export const LONGEST_WABA_TEXT = 1_024;
/** Seconds in which Wazzup recognises a repeated crmMessageId. */
export const REPEAT_WINDOW_SECONDS = 60;

const LONGEST_TEXT: Readonly<Record<ChatType, number>> = {
	whatsapp: 10_000,
	whatsgroup: 10_000,
	instagram: 1_000,
	telegram: 4_096,
	telegroup: 4_096,
	viber: 6_999,
	vk: 1_000,
	avito: 1_000,
	max: 4_096,
	maxgroup: 4_096,
};

/** Most characters of a text in a chat of this type. On a WhatsApp Business API channel Wazzup takes fewer and says so. */
export function longestText(chatType: ChatType): number {
	return LONGEST_TEXT[chatType];
}

/** Most characters of a text in a chat of this type on a channel of this transport. */
export function longestTextOn(transport: string, chatType: ChatType): number {
	return transport.toLowerCase() === 'wapi' ? LONGEST_WABA_TEXT : longestText(chatType);
}

/** Every length that a longer text may have been cut to. */
export const TEXT_LIMITS: readonly number[] = [...new Set([...Object.values(LONGEST_TEXT), LONGEST_WABA_TEXT])];

/** The text without spaces around it, when it is not empty and Wazzup keeps all of it. @throws InvalidInput */
export function withinLimit(value: string, displayName: string, longest: number): string {
	const text = value.trim();
	if (text === '') {
		throw new InvalidInput({
			message: `'${displayName}' is empty`,
			description: `Fill in '${displayName}'.`,
			parameter: displayName,
		});
	}
	if (text.length <= longest) return text;
	throw new InvalidInput({
		message: `'${displayName}' has ${text.length} characters; Wazzup takes ${longest}`,
		description: `Shorten '${displayName}'.`,
		parameter: displayName,
	});
}
