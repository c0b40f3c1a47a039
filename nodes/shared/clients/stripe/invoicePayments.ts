import { z } from 'zod';

import { idOrObject, listOf, pageQuery, type Page } from './objects';
import type { Stripe } from './stripe';

const invoicePaymentSchema = z.object({ id: z.string(), invoice: idOrObject });

/** What an invoice was paid with. */
export type InvoicePayment = z.output<typeof invoicePaymentSchema>;

/** A page of what invoices were paid with, newest first. */
export async function listInvoicePayments(
	stripe: Stripe,
	filter: Page & { readonly paymentIntent?: string },
): Promise<readonly InvoicePayment[]> {
	const { paymentIntent } = filter;
	const { data } = await stripe.get({
		path: '/invoice_payments',
		query: {
			...pageQuery(filter),
			...(paymentIntent === undefined
				? {}
				: { 'payment[type]': 'payment_intent', 'payment[payment_intent]': paymentIntent }),
		},
		answer: listOf(invoicePaymentSchema),
		purpose: 'Get many invoice payments',
	});
	return data;
}
