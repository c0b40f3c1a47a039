import { z } from 'zod';

import { invoicePaymentSchema } from './invoicePayments';
import { listOf, metadata, pageQuery, type Page } from './objects';
import type { Stripe } from './stripe';

const invoiceSchema = z.object({
	id: z.string(),
	amount_due: z.number(),
	amount_paid: z.number(),
	currency: z.string(),
	attempted: z.boolean().nullish(),
	livemode: z.boolean(),
	status: z.string().nullish(),
	billing_reason: z.string().nullish(),
	hosted_invoice_url: z.string().nullish(),
	parent: z.object({ subscription_details: z.object({ metadata }).nullish() }).nullish(),
	/** What it was paid with, where that was asked for. */
	payments: listOf(invoicePaymentSchema).nullish(),
});

/** What Stripe says of a period of a subscription. */
export type Invoice = z.output<typeof invoiceSchema>;

export async function getInvoice(stripe: Stripe, id: string): Promise<Invoice> {
	return await stripe.get({
		path: `/invoices/${encodeURIComponent(id)}`,
		answer: invoiceSchema,
		purpose: 'Get invoice',
	});
}

/** A page of the account's invoices, newest first. */
export async function listInvoices(
	stripe: Stripe,
	filter: Page & { readonly createdSince?: number },
): Promise<readonly Invoice[]> {
	const { data } = await stripe.get({
		path: '/invoices',
		query: { ...pageQuery(filter), 'created[gte]': filter.createdSince },
		answer: listOf(invoiceSchema),
		purpose: 'Get many invoices',
	});
	return data;
}

/** A page of the periods that a subscription was paid for, newest first, each with what it was paid with. */
export async function listPaidInvoices(
	stripe: Stripe,
	filter: Page & { readonly subscription: string },
): Promise<readonly Invoice[]> {
	const { data } = await stripe.get({
		path: '/invoices',
		query: {
			...pageQuery(filter),
			subscription: filter.subscription,
			status: 'paid',
			'expand[]': 'data.payments',
		},
		answer: listOf(invoiceSchema),
		purpose: 'Get many invoices',
	});
	return data;
}
