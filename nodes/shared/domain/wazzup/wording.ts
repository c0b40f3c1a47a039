import { numberedLines, paragraphs } from '../messages/numberedText';
import type { OutboundMessage } from '../messages/outbound';
import { textParts } from '../messages/textParts';
import { LONGEST_BUTTON_TEXT, LONGEST_WABA_TEXT, MOST_BUTTONS, TEXT_LIMITS } from './limits';

type Choices = Extract<OutboundMessage, { type: 'choices' }>;

const bodyOf = ({ text, footer }: { readonly text: string; readonly footer?: string }): string =>
	paragraphs(text, footer);

/** Only a WhatsApp Business API channel shows buttons, and only short ones under a short text. */
export function showsButtons(message: Choices, transport: string): boolean {
	const titles = message.choices.map(({ title }) => title.trim());
	return (
		transport.toLowerCase() === 'wapi' &&
		titles.length > 0 &&
		titles.length <= MOST_BUTTONS &&
		new Set(titles).size === titles.length &&
		titles.every((title) => title !== '' && title.length <= LONGEST_BUTTON_TEXT) &&
		message.choices.every(({ description }) => description === undefined || description === '') &&
		bodyOf(message).length <= LONGEST_WABA_TEXT
	);
}

/** What the person reads of a message on Wazzup; undefined for a file without words and for a template. */
export function wordingOf(message: OutboundMessage, withButtons: boolean): string | undefined {
	switch (message.type) {
		case 'text':
		case 'location_request':
		case 'contact_request':
			return message.text;
		case 'choices':
			return withButtons ? bodyOf(message) : paragraphs(message.text, numberedLines(message.choices), message.footer);
		case 'url_button':
			return paragraphs(message.text, `${message.label}: ${message.url}`, message.footer);
		case 'media':
			return message.caption === '' ? undefined : message.caption;
		case 'template':
			return undefined;
	}
}

const folded = (text: string): string => text.replace(/\s+/g, ' ').trim();

const KINDS: ReadonlyMap<string, readonly string[]> = new Map([['voice', ['voice', 'audio']]]);

/**
 * What something that left our side is of this message, by its words: Wazzup tells of its own sends by an id that we may not know.
 * The `end` is what the message is known by; a `part` left before it, such as the words of a file or the beginning of a long text.
 */
export function placeInMessage(
	message: OutboundMessage,
	written: { readonly type: string; readonly text?: string },
): 'part' | 'end' | undefined {
	const isFile = message.type === 'media';
	if (isFile && written.type !== 'text') {
		return (KINDS.get(written.type) ?? [written.type]).includes(message.mediaType) ? 'end' : undefined;
	}
	// The filled-in text of a template is Wazzup's.
	if (message.type === 'template') return 'end';
	const text = folded(written.text ?? '');
	for (const withButtons of [true, false]) {
		const wording = wordingOf(message, withButtons) ?? '';
		for (const longest of TEXT_LIMITS) {
			const parts = textParts(wording, longest);
			const place = parts.findIndex((part) => folded(part) === text);
			if (place >= 0) return isFile || place < parts.length - 1 ? 'part' : 'end';
		}
	}
	return undefined;
}
