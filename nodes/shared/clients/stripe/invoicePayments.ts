import { z } from 'zod';

import { idOrObject, listOf, pageQuery, type Page } from './objects';
import type { Stripe } from './stripe';

export const invoicePaymentSchema = z.object({
	id: z.string(),
	invoice: idOrObject,
	amount_paid: z.number().nullish(),
	created: z.number(),
	/** `open`, `paid` or `canceled`. */
	status: z.string(),
	payment: z.object({ payment_intent: idOrObject }),
});

/** What an invoice was paid with. */
export type InvoicePayment = z.output<typeof invoicePaymentSchema>;

/** A page of what invoices were paid with, newest first. */
export async function listInvoicePayments(
	stripe: Stripe,
	filter: Page & { readonly paymentIntent?: string; readonly invoice?: string },
): Promise<readonly InvoicePayment[]> {
	const { paymentIntent } = filter;
	const { data } = await stripe.get({
		path: '/invoice_payments',
		query: {
			...pageQuery(filter),
			invoice: filter.invoice,
			...(paymentIntent === undefined
				? {}
				: { 'payment[type]': 'payment_intent', 'payment[payment_intent]': paymentIntent }),
		},
		answer: listOf(invoicePaymentSchema),
		purpose: 'Get many invoice payments',
	});
	return data;
}
