import { z } from 'zod';

import { listOf, pageQuery, type Page } from './objects';
import type { Stripe } from './stripe';

const priceSchema = z
	.object({
		id: z.string(),
		active: z.boolean(),
		currency: z.string(),
		livemode: z.boolean(),
		nickname: z.string().nullish(),
		unit_amount: z.number().nullish(),
		recurring: z.object({ interval: z.string(), interval_count: z.number() }).nullish(),
		product: z.union([
			z.string().transform((id) => ({ id, name: undefined })),
			z.object({ id: z.string(), name: z.string().optional() }),
		]),
	})
	.passthrough();

/** A price of Stripe, with everything else that Stripe says of it. */
export type Price = z.output<typeof priceSchema>;

export async function getPrice(stripe: Stripe, id: string): Promise<Price> {
	return await stripe.get({
		path: `/prices/${encodeURIComponent(id)}`,
		query: { 'expand[0]': 'product' },
		answer: priceSchema,
		purpose: 'Get price',
	});
}

/** A page of the account's prices, newest first, with their products' names. */
export async function listPrices(
	stripe: Stripe,
	filter: Page & { readonly active?: boolean },
): Promise<readonly Price[]> {
	const { data } = await stripe.get({
		path: '/prices',
		query: { ...pageQuery(filter), active: filter.active, 'expand[0]': 'data.product' },
		answer: listOf(priceSchema),
		purpose: 'Get many prices',
	});
	return data;
}
