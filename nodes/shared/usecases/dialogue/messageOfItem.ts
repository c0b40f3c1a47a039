import { z } from 'zod';

import type { MessageContent, MessageEvent, MessageType } from '../../domain/messages/events';
import type { ItemJson } from '../emit/items';

/** Names under which other nodes carry what a person wrote, in the order in which they are looked for. */
const TEXT_FIELDS = ['text', 'message', 'chatInput', 'body', 'content', 'query'] as const;

const word = z.string().optional().catch(undefined);

/** The item of our trigger, as far as the dialogue reads it; anything else in it is left alone. */
const itemSchema = z
	.object({
		id: word,
		at: z.coerce.date().optional().catch(undefined),
		type: word,
		from: z
			.object({ phone: word, userId: word, username: word, profileName: word })
			.partial()
			.optional()
			.catch(undefined),
		media: z.object({ type: z.string(), mediaId: z.string() }).passthrough().optional().catch(undefined),
		location: z.object({ latitude: z.number(), longitude: z.number() }).passthrough().optional().catch(undefined),
		reply: z
			.object({ id: z.string(), title: z.string(), via: z.enum(['button', 'list', 'template_button']).catch('button') })
			.optional()
			.catch(undefined),
		crm: z.object({ channelId: word }).partial().optional().catch(undefined),
	})
	.partial();

function textOf(json: ItemJson): string | undefined {
	for (const field of TEXT_FIELDS) {
		const value = json[field];
		if (typeof value === 'string' && value.trim() !== '') return value;
	}
	return undefined;
}

/** Stands for the business's number in the requests that a run by hand shows, when the item names none. */
export const NO_NUMBER = '0';

const MEDIA_TYPES = new Set<string>(['image', 'video', 'audio', 'voice', 'document', 'sticker']);

/**
 * The message that an item stands for: an item of our trigger, or anything with a text. So pinned samples, the chat of
 * the editor and a table of past messages can all be tried.
 * @param at the time of a message that does not say its own.
 * @returns undefined when nothing in the item can be read as a message.
 */
export function messageOfItem(json: ItemJson, at: Date): MessageEvent | undefined {
	const item = itemSchema.safeParse(json).data ?? {};
	const text = textOf(json);
	if (text === undefined && !item.media && !item.location && !item.reply) return undefined;
	const type = item.reply
		? 'reply'
		: item.media && MEDIA_TYPES.has(item.media.type)
			? item.media.type
			: item.location
				? 'location'
				: 'text';
	const content: MessageContent = {
		type: type as MessageType,
		text: text ?? item.reply?.title,
		media: item.media as MessageContent['media'],
		location: item.location as MessageContent['location'],
		reply: item.reply,
	};
	return {
		kind: 'message',
		id: item.id ?? `item:${at.getTime()}:${text ?? type}`,
		at: item.at ?? at,
		from: {
			waId: item.from?.phone?.replace(/\D/g, ''),
			userId: item.from?.userId,
			username: item.from?.username,
			profileName: item.from?.profileName,
		},
		channel: { phoneNumberId: item.crm?.channelId ?? NO_NUMBER },
		content,
		raw: undefined,
	};
}
