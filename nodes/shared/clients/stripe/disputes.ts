import { z } from 'zod';

import { idOrObject, listOf, pageQuery, type Page } from './objects';
import type { Stripe } from './stripe';

const disputeSchema = z.object({
	id: z.string(),
	amount: z.number(),
	currency: z.string(),
	livemode: z.boolean(),
	status: z.string(),
	reason: z.string().nullish(),
	payment_intent: idOrObject,
});

export type Dispute = z.output<typeof disputeSchema>;

export async function getDispute(stripe: Stripe, id: string): Promise<Dispute> {
	return await stripe.get({
		path: `/disputes/${encodeURIComponent(id)}`,
		answer: disputeSchema,
		purpose: 'Get dispute',
	});
}

/** A page of the account's disputes, newest first. */
export async function listDisputes(
	stripe: Stripe,
	filter: Page & { readonly createdSince?: number },
): Promise<readonly Dispute[]> {
	const { data } = await stripe.get({
		path: '/disputes',
		query: { ...pageQuery(filter), 'created[gte]': filter.createdSince },
		answer: listOf(disputeSchema),
		purpose: 'Get many disputes',
	});
	return data;
}
