import { z, type ZodType, type ZodTypeDef } from 'zod';

import type { Wazzup } from './wazzup';

/** What of Wazzup is kept by an id of ours and saved by the hundred. */
export interface EntityRoute<Entity> {
	/** `/contacts` */
	readonly path: string;
	/** "contact", "contacts", for messages. */
	readonly one: string;
	readonly many: string;
	readonly schema: ZodType<Entity, ZodTypeDef, unknown>;
	/** False where Wazzup does not say whether a request adds to what is there or replaces it. */
	readonly divisible?: boolean;
}

/** One page of a list, sorted by id. Wazzup gives 100 at a time. */
export interface EntityPage {
	readonly offset?: number;
	readonly limit?: number;
}

export const PAGE_SIZE = 100;

/** `POST /contacts`: creates what is new and replaces what is known. At most 100 rows, without a repeated id. */
export async function saveEntities<Entity>(
	wazzup: Wazzup,
	route: EntityRoute<Entity>,
	rows: readonly Entity[],
): Promise<void> {
	await wazzup.request({
		method: 'POST',
		path: route.path,
		body: rows,
		answer: z.unknown(),
		// The same rows again are the same rows.
		idempotent: true,
		timeout: 'send',
		purpose: `Save ${route.many}`,
	});
}

export async function getEntity<Entity>(wazzup: Wazzup, route: EntityRoute<Entity>, id: string): Promise<Entity> {
	return await wazzup.request({
		method: 'GET',
		path: `${route.path}/${encodeURIComponent(id)}`,
		answer: route.schema,
		idempotent: true,
		timeout: 'read',
		purpose: `Get ${route.one}`,
	});
}

export async function listEntities<Entity>(
	wazzup: Wazzup,
	route: EntityRoute<Entity>,
	page: EntityPage = {},
): Promise<readonly Entity[]> {
	return await wazzup.request({
		method: 'GET',
		path: route.path,
		query: { limit: page.limit, offset: page.offset },
		answer: listOf(route.schema),
		idempotent: true,
		timeout: 'read',
		purpose: `Get ${route.many}`,
	});
}

/** Some routes wrap their list, and not always in the same version of the API. */
const listOf = <Row>(schema: ZodType<Row, ZodTypeDef, unknown>) =>
	z.preprocess(
		(answer) =>
			Array.isArray(answer) ? answer : (z.object({ data: z.unknown() }).safeParse(answer).data?.data ?? answer),
		z.array(schema),
	);

export async function deleteEntity(wazzup: Wazzup, route: EntityRoute<unknown>, id: string): Promise<void> {
	await wazzup.request({
		method: 'DELETE',
		path: `${route.path}/${encodeURIComponent(id)}`,
		answer: z.unknown(),
		idempotent: true,
		timeout: 'send',
		purpose: `Delete ${route.one}`,
	});
}

/** `PATCH /contacts/bulk_delete`, at most 100. Answers the ids that Wazzup did not know. */
export async function deleteEntities(
	wazzup: Wazzup,
	route: EntityRoute<unknown>,
	ids: readonly string[],
): Promise<readonly string[]> {
	return await wazzup.request({
		method: 'PATCH',
		path: `${route.path}/bulk_delete`,
		body: ids,
		answer: z
			.array(z.union([z.string(), z.number()]).transform(String))
			.nullish()
			.catch(undefined)
			.transform((notFound) => notFound ?? []),
		idempotent: true,
		timeout: 'send',
		purpose: `Delete ${route.many}`,
	});
}
