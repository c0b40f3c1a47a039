import { z } from 'zod';

import { idOrObject, listOf, metadata, pageQuery, type Metadata, type Page } from './objects';
import type { Stripe } from './stripe';

export const REFUND_REASONS = ['duplicate', 'fraudulent', 'requested_by_customer'] as const;

const refundSchema = z
	.object({
		id: z.string(),
		amount: z.number(),
		currency: z.string(),
		created: z.number(),
		status: z.string().nullish(),
		reason: z.string().nullish(),
		payment_intent: idOrObject,
		charge: idOrObject,
		metadata,
	})
	.passthrough();

/** A refund of Stripe, with everything else that Stripe says of it. */
export type Refund = z.output<typeof refundSchema>;

export interface NewRefund {
	readonly paymentIntent: string;
	/** In minor units; absent: what is left of it. */
	readonly amount?: number;
	readonly reason?: (typeof REFUND_REASONS)[number];
	readonly metadata: Metadata;
}

/** The parameters of a refund, as they are sent. */
export function refundBody({ paymentIntent, amount, reason, metadata: pairs }: NewRefund) {
	return {
		payment_intent: paymentIntent,
		...(amount === undefined ? {} : { amount }),
		...(reason === undefined ? {} : { reason }),
		metadata: pairs,
	};
}

/** Gives money back; the same key gives it back once. */
export async function createRefund(stripe: Stripe, refund: NewRefund, idempotencyKey: string): Promise<Refund> {
	return await stripe.post({
		path: '/refunds',
		body: refundBody(refund),
		idempotencyKey,
		answer: refundSchema,
		purpose: 'Create refund',
	});
}

export async function getRefund(stripe: Stripe, id: string): Promise<Refund> {
	return await stripe.get({
		path: `/refunds/${encodeURIComponent(id)}`,
		answer: refundSchema,
		purpose: 'Get refund',
	});
}

/** A page of the account's refunds, newest first. */
export async function listRefunds(
	stripe: Stripe,
	filter: Page & { readonly createdSince?: number; readonly paymentIntent?: string },
): Promise<readonly Refund[]> {
	const { data } = await stripe.get({
		path: '/refunds',
		query: {
			...pageQuery(filter),
			payment_intent: filter.paymentIntent,
			'created[gte]': filter.createdSince,
		},
		answer: listOf(refundSchema),
		purpose: 'Get many refunds',
	});
	return data;
}
