import { z } from 'zod';

import { lineItem, listOf, metadata, pageQuery, type LineItem, type Metadata, type Page } from './objects';
import type { Stripe } from './stripe';

const paymentLinkSchema = z
	.object({
		id: z.string(),
		active: z.boolean(),
		url: z.string().url(),
		currency: z.string(),
		livemode: z.boolean(),
		metadata,
		restrictions: z
			.object({
				completed_sessions: z.object({ count: z.number(), limit: z.number() }).nullish(),
			})
			.nullish(),
	})
	.passthrough();

/** A payment link of Stripe, with everything else that Stripe says of it. */
export type PaymentLink = z.output<typeof paymentLinkSchema>;

export interface NewPaymentLink {
	readonly item: LineItem;
	readonly subscription: boolean;
	/** On the link, and on the payment or subscription that it makes. */
	readonly metadata: Metadata;
	/** How many times it may be paid; absent: any number. */
	readonly uses?: number;
	readonly collectPhone: boolean;
	/** What the page says once it was paid. */
	readonly thanks?: string;
	/** What the page says when the link is used up or deactivated. */
	readonly inactiveMessage?: string;
}

/** The parameters of a payment link, as they are sent. */
export function paymentLinkBody(link: NewPaymentLink) {
	return {
		line_items: [lineItem(link.item)],
		metadata: link.metadata,
		// Metadata of a link reaches its sessions, never what these make.
		...(link.subscription
			? { subscription_data: { metadata: link.metadata } }
			: { payment_intent_data: { metadata: link.metadata } }),
		...(link.uses === undefined ? {} : { restrictions: { completed_sessions: { limit: link.uses } } }),
		...(link.collectPhone ? { phone_number_collection: { enabled: true } } : {}),
		...(link.thanks === undefined
			? {}
			: {
					after_completion: {
						type: 'hosted_confirmation' as const,
						hosted_confirmation: { custom_message: link.thanks },
					},
				}),
		...(link.inactiveMessage === undefined ? {} : { inactive_message: link.inactiveMessage }),
	};
}

/** Makes a payment link; the same key makes one. */
export async function createPaymentLink(
	stripe: Stripe,
	link: NewPaymentLink,
	idempotencyKey: string,
): Promise<PaymentLink> {
	return await stripe.post({
		path: '/payment_links',
		body: paymentLinkBody(link),
		idempotencyKey,
		answer: paymentLinkSchema,
		purpose: 'Create payment link',
	});
}

export async function getPaymentLink(stripe: Stripe, id: string): Promise<PaymentLink> {
	return await stripe.get({
		path: `/payment_links/${encodeURIComponent(id)}`,
		answer: paymentLinkSchema,
		purpose: 'Get payment link',
	});
}

/** A page of the account's payment links, newest first. */
export async function listPaymentLinks(
	stripe: Stripe,
	filter: Page & { readonly active?: boolean },
): Promise<readonly PaymentLink[]> {
	const { data } = await stripe.get({
		path: '/payment_links',
		query: { ...pageQuery(filter), active: filter.active },
		answer: listOf(paymentLinkSchema),
		purpose: 'Get many payment links',
	});
	return data;
}

/** Nobody can pay with it any more; doing it twice is the same. */
export async function deactivatePaymentLink(stripe: Stripe, id: string, idempotencyKey: string): Promise<PaymentLink> {
	return await stripe.post({
		path: `/payment_links/${encodeURIComponent(id)}`,
		body: { active: false },
		idempotencyKey,
		answer: paymentLinkSchema,
		purpose: 'Deactivate payment link',
	});
}
