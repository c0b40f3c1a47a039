import { z } from 'zod';

import type { EntityRoute } from './entities';

export interface PipelineStage {
	readonly id: string;
	readonly name: string;
}

/** Where the deals that Wazzup asks for begin. There is no route that deletes one. */
export interface Pipeline {
	readonly id: string;
	readonly name: string;
	/** Left out when there are none: Wazzup refuses an empty list. */
	readonly stages?: readonly PipelineStage[];
}

const text = z.union([z.string(), z.number()]).transform(String);
const name = text.nullish().transform((value) => value ?? '');

export const pipelines: EntityRoute<Pipeline> = {
	path: '/pipelines',
	one: 'pipeline',
	many: 'pipelines',
	divisible: false,
	schema: z.object({
		id: text,
		name,
		stages: z
			.array(z.object({ id: text, name }))
			.nullish()
			.transform((stages) => stages ?? undefined),
	}),
};
