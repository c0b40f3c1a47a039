import { z } from 'zod';

import { metadata } from './objects';
import type { Stripe } from './stripe';

const paymentIntentSchema = z.object({
	id: z.string(),
	amount: z.number(),
	currency: z.string(),
	livemode: z.boolean(),
	status: z.string(),
	last_payment_error: z.object({ code: z.string().nullish(), decline_code: z.string().nullish() }).nullish(),
	metadata,
});

/** What Stripe says of an attempt to pay; of the card nothing is taken over. */
export type PaymentIntent = z.output<typeof paymentIntentSchema>;

export async function getPaymentIntent(stripe: Stripe, id: string): Promise<PaymentIntent> {
	return await stripe.get({
		path: `/payment_intents/${encodeURIComponent(id)}`,
		answer: paymentIntentSchema,
		purpose: 'Get payment intent',
	});
}
