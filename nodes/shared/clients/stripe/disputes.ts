import { z } from 'zod';

import { idOrObject } from './objects';
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
