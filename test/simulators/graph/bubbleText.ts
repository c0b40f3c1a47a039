import type { Json } from './types';

const part = (value: unknown): Json => (typeof value === 'object' && value !== null ? (value as Json) : {});

/** The words of a message object of any type, for showing it. */
export function bubbleText(message: Json): string {
	const content = part(message[String(message.type)]);
	for (const key of ['body', 'caption', 'text', 'name', 'filename']) {
		const value = content[key];
		if (typeof value === 'string' && value !== '') return value;
	}
	return '';
}
