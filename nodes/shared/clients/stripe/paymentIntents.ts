import { z } from 'zod';

import { listOf, metadata, pageQuery, type Page } from './objects';
import type { Stripe } from './stripe';

const paymentIntentSchema = z.object({
	id: z.string(),
	amount: z.number(),
	currency: z.string(),
	created: z.number(),
	livemode: z.boolean(),
	status: z.string(),
	last_payment_error: z.object({ code: z.string().nullish(), decline_code: z.string().nullish() }).nullish(),
	/** The last try; its time is known where it was asked for. */
	latest_charge: z.union([z.string(), z.object({ id: z.string(), created: z.number() })]).nullish(),
	/** What Stripe wrote on it: the id of the session or invoice that it pays, or the beginning of it. */
	payment_details: z.object({ order_reference: z.string().nullish() }).nullish(),
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

/** A page of the account's payment intents, newest first, each with its last try. */
export async function listPaymentIntents(
	stripe: Stripe,
	filter: Page & { readonly createdSince?: number },
): Promise<readonly PaymentIntent[]> {
	const { data } = await stripe.get({
		path: '/payment_intents',
		query: { ...pageQuery(filter), 'created[gte]': filter.createdSince, 'expand[]': 'data.latest_charge' },
		answer: listOf(paymentIntentSchema),
		purpose: 'Get many payment intents',
	});
	return data;
}
