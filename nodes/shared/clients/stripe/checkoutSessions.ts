import { z } from 'zod';

import {
	idOrObject,
	lineItem,
	listOf,
	metadata,
	pageQuery,
	type LineItem,
	type Metadata,
	type Page,
	type PageLocale,
} from './objects';
import type { Stripe } from './stripe';

const checkoutSessionSchema = z
	.object({
		id: z.string(),
		url: z.string().nullish(),
		mode: z.string(),
		status: z.enum(['open', 'complete', 'expired']).nullish(),
		payment_status: z.enum(['paid', 'unpaid', 'no_payment_required']),
		amount_total: z.number().nullish(),
		currency: z.string().nullish(),
		created: z.number(),
		expires_at: z.number(),
		livemode: z.boolean(),
		payment_link: idOrObject,
		payment_intent: idOrObject,
		subscription: idOrObject,
		invoice: idOrObject,
		client_reference_id: z.string().nullish(),
		recovered_from: z.string().nullish(),
		metadata,
		after_expiration: z
			.object({
				recovery: z.object({ enabled: z.boolean(), url: z.string().nullish() }).nullish(),
			})
			.nullish(),
	})
	.passthrough();

/** A checkout session of Stripe, with everything else that Stripe says of it. */
export type CheckoutSession = z.output<typeof checkoutSessionSchema>;

export interface NewCheckoutSession {
	readonly item: LineItem;
	readonly subscription: boolean;
	readonly metadata: Metadata;
	readonly successUrl: string;
	/** Seconds since 1970; Stripe takes 30 minutes to 24 hours from now. */
	readonly expiresAt: number;
	/** Makes a link to start over once it has expired. */
	readonly recovery: boolean;
	readonly collectPhone: boolean;
	/** Alphanumeric, dash and underscore, at most 200. */
	readonly reference: string;
	/** Language of the page; absent: that of the customer's browser. */
	readonly locale?: PageLocale;
	/** Filled in on the page, for the receipt. */
	readonly customerEmail?: string;
}

/** The parameters of a checkout session, as they are sent. */
export function checkoutSessionBody(session: NewCheckoutSession) {
	return {
		mode: session.subscription ? ('subscription' as const) : ('payment' as const),
		line_items: [lineItem(session.item)],
		success_url: session.successUrl,
		client_reference_id: session.reference,
		expires_at: session.expiresAt,
		metadata: session.metadata,
		...(session.locale === undefined ? {} : { locale: session.locale }),
		...(session.customerEmail === undefined ? {} : { customer_email: session.customerEmail }),
		...(session.subscription
			? { subscription_data: { metadata: session.metadata } }
			: { payment_intent_data: { metadata: session.metadata } }),
		...(session.recovery ? { after_expiration: { recovery: { enabled: true } } } : {}),
		...(session.collectPhone ? { phone_number_collection: { enabled: true } } : {}),
	};
}

/** Makes a checkout session; the same key makes one. */
export async function createCheckoutSession(
	stripe: Stripe,
	session: NewCheckoutSession,
	idempotencyKey: string,
): Promise<CheckoutSession> {
	return await stripe.post({
		path: '/checkout/sessions',
		body: checkoutSessionBody(session),
		idempotencyKey,
		answer: checkoutSessionSchema,
		purpose: 'Create checkout session',
	});
}

export async function getCheckoutSession(stripe: Stripe, id: string): Promise<CheckoutSession> {
	return await stripe.get({
		path: `/checkout/sessions/${encodeURIComponent(id)}`,
		answer: checkoutSessionSchema,
		purpose: 'Get checkout session',
	});
}

export interface SessionFilter extends Page {
	readonly paymentLink?: string;
	readonly paymentIntent?: string;
	readonly status?: 'open' | 'complete' | 'expired';
	/** Seconds since 1970. */
	readonly createdSince?: number;
	readonly createdUntil?: number;
}

/** A page of the account's sessions, newest first. */
export async function listCheckoutSessions(stripe: Stripe, filter: SessionFilter): Promise<readonly CheckoutSession[]> {
	const { data } = await stripe.get({
		path: '/checkout/sessions',
		query: {
			...pageQuery(filter),
			payment_link: filter.paymentLink,
			payment_intent: filter.paymentIntent,
			status: filter.status,
			'created[gte]': filter.createdSince,
			'created[lte]': filter.createdUntil,
		},
		answer: listOf(checkoutSessionSchema),
		purpose: 'Get many checkout sessions',
	});
	return data;
}

/** Nobody can pay in it any more. */
export async function expireCheckoutSession(
	stripe: Stripe,
	id: string,
	idempotencyKey: string,
): Promise<CheckoutSession> {
	return await stripe.post({
		path: `/checkout/sessions/${encodeURIComponent(id)}/expire`,
		idempotencyKey,
		answer: checkoutSessionSchema,
		purpose: 'Expire checkout session',
	});
}
