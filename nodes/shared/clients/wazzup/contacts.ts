import { z } from 'zod';

import type { EntityRoute } from './entities';

/** A chat of a contact. */
export interface ContactChat {
	readonly chatType: string;
	readonly chatId?: string;
	readonly username?: string;
	readonly phone?: string;
}

/** A customer. */
export interface Contact {
	readonly id: string;
	/** Must be a user that Wazzup knows. */
	readonly responsibleUserId: string;
	readonly name: string;
	readonly contactData: readonly ContactChat[];
	/** Address of the contact's card in the CRM. */
	readonly uri?: string;
}

const text = z.union([z.string(), z.number()]).transform(String);
const optional = text.nullish().transform((value) => value ?? undefined);

export const contacts: EntityRoute<Contact> = {
	path: '/contacts',
	one: 'contact',
	many: 'contacts',
	schema: z.object({
		id: text,
		responsibleUserId: text.nullish().transform((id) => id ?? ''),
		name: text.nullish().transform((name) => name ?? ''),
		contactData: z
			.array(z.object({ chatType: z.string().default(''), chatId: optional, username: optional, phone: optional }))
			.nullish()
			.transform((chats) => chats ?? []),
		uri: optional,
	}),
};
