import { z } from 'zod';

import type { EntityRoute } from './entities';

/** A deal. Wazzup knows no stage of it, only whether it is closed. */
export interface Deal {
	readonly id: string;
	/** Must be a user that Wazzup knows. */
	readonly responsibleUserId: string;
	readonly name: string;
	/** Address of the deal's card in the CRM. */
	readonly uri: string;
	/** Ids of contacts that Wazzup knows, at least one. */
	readonly contacts: readonly string[];
	readonly closed: boolean;
}

const text = z.union([z.string(), z.number()]).transform(String);
const orEmpty = text.nullish().transform((value) => value ?? '');

export const deals: EntityRoute<Deal> = {
	path: '/deals',
	one: 'deal',
	many: 'deals',
	schema: z.object({
		id: text,
		responsibleUserId: orEmpty,
		name: orEmpty,
		uri: orEmpty,
		contacts: z
			.array(text)
			.nullish()
			.transform((ids) => ids ?? []),
		closed: z
			.union([z.boolean(), z.string()])
			.nullish()
			.transform((closed) => closed === true || closed === 'true'),
	}),
};
