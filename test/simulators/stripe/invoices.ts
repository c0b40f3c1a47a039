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

/** Its money arrives by an intent that knows nothing of the subscription: only the invoice's payment names both. */
export function payInvoice(account: Account, invoice: StripeObject): void {
	const { amount_due: amount, currency } = invoice;
	const { livemode } = account;
	const intent = account.keep('payment_intent', 'pi', {
		amount,
		amount_received: amount,
		currency,
		last_payment_error: null,
		livemode,
		metadata: {},
		status: 'succeeded',
	});
	const charge = account.keep('charge', 'ch', {
		amount,
		amount_refunded: 0,
		currency,
		failure_code: null,
		livemode,
		paid: true,
		payment_intent: intent.id,
		status: 'succeeded',
	});
	intent.latest_charge = charge.id;
	account.keep('invoice_payment', 'inpay', {
		amount_paid: amount,
		amount_requested: amount,
		currency,
		invoice: invoice.id,
		is_default: true,
		livemode,
		payment: { type: 'payment_intent', payment_intent: intent.id },
		status: 'paid',
		status_transitions: { canceled_at: null, paid_at: account.seconds },
	});
	Object.assign(invoice, { amount_paid: amount, amount_remaining: 0, status: 'paid' });
}
