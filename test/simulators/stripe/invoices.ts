import type { Account } from './account';
import type { StripeObject } from './types';

/** What a period of a subscription costs. */
export function openInvoice(
	account: Account,
	subscription: StripeObject,
	reason: 'subscription_create' | 'subscription_cycle',
): StripeObject {
	const amount = account.orders.get(subscription.id)?.amount ?? 0;
	return account.keep('invoice', 'in', {
		amount_due: amount,
		amount_paid: 0,
		amount_remaining: amount,
		attempt_count: 1,
		attempted: true,
		billing_reason: reason,
		currency: subscription.currency,
		livemode: account.livemode,
		metadata: {},
		parent: {
			type: 'subscription_details',
			subscription_details: { subscription: subscription.id, metadata: subscription.metadata },
		},
		status: 'open',
	});
}

/** The subscription that an invoice is of. */
export function subscriptionOf({ parent }: StripeObject): string | undefined {
	const details = parent as { readonly subscription_details?: { readonly subscription: string } } | null | undefined;
	return details?.subscription_details?.subscription;
}

/** What an invoice is paid with, newest first. */
export function paymentsOf(account: Account, invoiceId: string): StripeObject[] {
	return account
		.all('invoice_payment')
		.filter(({ invoice }) => invoice === invoiceId)
		.reverse();
}

/** An intent knows nothing of the subscription: only the invoice's payment names both. */
export function payWith(account: Account, invoice: StripeObject, intent: StripeObject): void {
	account.keep('invoice_payment', 'inpay', {
		amount_paid: null,
		amount_requested: invoice.amount_due,
		currency: invoice.currency,
		invoice: invoice.id,
		is_default: true,
		livemode: account.livemode,
		payment: { type: 'payment_intent', payment_intent: intent.id },
		status: 'open',
		status_transitions: { canceled_at: null, paid_at: null },
	});
}

/** What collects a later period by itself. */
export function openRenewalIntent(account: Account, invoice: StripeObject): StripeObject {
	const { amount_due: amount, currency } = invoice;
	return account.keep('payment_intent', 'pi', {
		amount,
		amount_received: 0,
		currency,
		last_payment_error: null,
		livemode: account.livemode,
		metadata: {},
		payment_details: { customer_reference: null, order_reference: invoice.id },
		status: 'requires_payment_method',
	});
}

/** The card of a later period was charged, or refused. */
export function chargeIntent(account: Account, intent: StripeObject, paid: boolean): void {
	const charge = account.keep('charge', 'ch', {
		amount: intent.amount,
		amount_refunded: 0,
		currency: intent.currency,
		failure_code: paid ? null : 'card_declined',
		livemode: account.livemode,
		paid,
		payment_intent: intent.id,
		status: paid ? 'succeeded' : 'failed',
	});
	Object.assign(intent, {
		amount_received: paid ? intent.amount : 0,
		last_payment_error: paid ? null : { type: 'card_error', code: 'card_declined', decline_code: 'insufficient_funds' },
		latest_charge: charge.id,
		status: paid ? 'succeeded' : 'requires_payment_method',
	});
}

/** Its money has arrived by the intent that stands beside it. */
export function payInvoice(account: Account, invoice: StripeObject): void {
	const { amount_due: amount } = invoice;
	for (const payment of paymentsOf(account, invoice.id)) {
		Object.assign(payment, {
			amount_paid: amount,
			status: 'paid',
			status_transitions: { canceled_at: null, paid_at: account.seconds },
		});
	}
	Object.assign(invoice, { amount_paid: amount, amount_remaining: 0, status: 'paid' });
}
