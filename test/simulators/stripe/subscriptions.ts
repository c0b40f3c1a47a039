import type { Account } from './account';
import type { StripeObject } from './types';
import type { WebhookCourier } from './webhookCourier';

/** What is collected each period. */
export class Subscriptions {
	constructor(
		private readonly account: Account,
		private readonly courier: WebhookCourier,
	) {}

	/** The next period is collected, or is not. @returns its invoice */
	renew(subscriptionId: string, collected: boolean): StripeObject {
		const subscription = this.account.get(subscriptionId);
		const amount = this.account.orders.get(subscriptionId)?.amount ?? 0;
		const invoice = this.account.keep('invoice', 'in', {
			amount_due: amount,
			amount_paid: 0,
			amount_remaining: amount,
			attempt_count: 1,
			attempted: true,
			billing_reason: 'subscription_cycle',
			currency: subscription.currency,
			livemode: this.account.livemode,
			metadata: {},
			parent: {
				type: 'subscription_details',
				subscription_details: { subscription: subscription.id, metadata: subscription.metadata },
			},
			status: 'open',
		});
		if (collected) this.collect(invoice.id);
		else {
			subscription.status = 'past_due';
			this.courier.tell('invoice.payment_failed', invoice);
			this.courier.tell('customer.subscription.updated', subscription);
		}
		return invoice;
	}

	/** What could not be collected before is collected now. */
	collect(invoiceId: string): void {
		const invoice = this.account.get(invoiceId);
		const parent = invoice.parent as { readonly subscription_details: { readonly subscription: string } };
		Object.assign(invoice, { amount_paid: invoice.amount_due, amount_remaining: 0, status: 'paid' });
		this.account.get(parent.subscription_details.subscription).status = 'active';
		this.courier.tell('invoice.paid', invoice);
	}
}
