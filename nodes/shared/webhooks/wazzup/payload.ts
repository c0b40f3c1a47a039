import { z } from 'zod';

/** Wazzup writes ids and numbers as text or as numbers. Nothing else is text. */
const text = z
	.union([z.string(), z.number()])
	.transform((value) => String(value).trim())
	.nullish()
	.catch(undefined)
	.transform((value) => (value === null || value === undefined || value === '' ? undefined : value));

const id = z
	.union([z.string(), z.number()])
	.transform((value) => String(value).trim())
	.pipe(z.string().min(1));

/** Documented as text, sent as a truth value. */
const flag = z
	.union([z.boolean(), z.string()])
	.nullish()
	.catch(undefined)
	.transform((value) => value === true || (typeof value === 'string' && value.toLowerCase() === 'true'));

const errorSchema = z
	.object({ error: text, description: text })
	.nullish()
	.catch(undefined)
	.transform((error) => error ?? undefined);

export const messageSchema = z.object({
	messageId: id,
	channelId: id,
	chatType: id,
	chatId: id,
	dateTime: text,
	type: text,
	status: text,
	error: errorSchema,
	text: z.string().nullish().catch(undefined),
	contentUri: text,
	authorName: text,
	authorId: text,
	isEcho: flag,
	isEdited: flag,
	isDeleted: flag,
	contact: z
		.object({ name: text, username: text, phone: text })
		.nullish()
		.catch(undefined)
		.transform((contact) => contact ?? undefined),
	interactive: z.unknown(),
	quotedMessage: z
		.object({ messageId: text })
		.nullish()
		.catch(undefined)
		.transform((message) => message ?? undefined),
});

export type WazzupMessagePayload = z.output<typeof messageSchema>;

export const statusSchema = z.object({ messageId: id, timestamp: text, status: id, error: errorSchema });

export const createContactSchema = z.object({
	responsibleUserId: text,
	name: text,
	contactData: z
		.array(z.object({ chatType: id, chatId: text, username: text, phone: text }))
		.nullish()
		.catch(undefined)
		.transform((chats) => chats ?? []),
	source: text,
});

export const createDealSchema = z.object({
	responsibleUserId: text,
	contacts: z
		.array(id)
		.nullish()
		.catch(undefined)
		.transform((contacts) => contacts ?? []),
	source: text,
});

export const channelUpdateSchema = z.object({ channelId: id, state: text, timestamp: text });

export const templateStatusSchema = z.object({ templateGuid: id, name: text, status: text });
