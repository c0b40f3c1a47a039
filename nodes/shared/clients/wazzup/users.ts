import { z } from 'zod';

import type { EntityRoute } from './entities';

/** Somebody of the team. */
export interface User {
	/** At most 64 characters. */
	readonly id: string;
	/** At most 150 characters. */
	readonly name: string;
	readonly phone?: string;
}

const text = z.union([z.string(), z.number()]).transform(String);

export const users: EntityRoute<User> = {
	path: '/users',
	one: 'user',
	many: 'users',
	schema: z.object({
		id: text,
		name: text.nullish().transform((name) => name ?? ''),
		phone: text.nullish().transform((phone) => phone ?? undefined),
	}),
};
