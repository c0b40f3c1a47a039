import { z } from 'zod';

import { metadata } from './objects';
import type { Stripe } from './stripe';

const invoiceSchema = z.object({
	id: z.string(),
	amount_due: z.number(),
	amount_paid: z.number(),
	currency: z.string(),
	livemode: z.boolean(),
	status: z.string().nullish(),
	billing_reason: z.string().nullish(),
	parent: z.object({ subscription_details: z.object({ metadata }).nullish() }).nullish(),
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
