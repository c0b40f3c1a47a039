import type { Account } from './account';
import {
	chargeIntent,
	openInvoice,
	openRenewalIntent,
	payInvoice,
	paymentsOf,
	payWith,
	subscriptionOf,
} from './invoices';
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
		const invoice = openInvoice(this.account, subscription, 'subscription_cycle');
		const intent = openRenewalIntent(this.account, invoice);
		payWith(this.account, invoice, intent);
		if (collected) this.collect(invoice.id);
		else {
			chargeIntent(this.account, intent, false);
			subscription.status = 'past_due';
			this.courier.tell('payment_intent.payment_failed', intent);
			this.courier.tell('invoice.payment_failed', invoice);
			this.courier.tell('customer.subscription.updated', subscription);
		}
		return invoice;
	}

	/** What could not be collected before is collected now. */
	collect(invoiceId: string): void {
		const invoice = this.account.get(invoiceId);
		for (const { payment } of paymentsOf(this.account, invoiceId)) {
			const { payment_intent: intent } = payment as { readonly payment_intent: string };
			chargeIntent(this.account, this.account.get(intent), true);
		}
		payInvoice(this.account, invoice);
		this.account.get(subscriptionOf(invoice) ?? '').status = 'active';
		this.courier.tell('invoice.paid', invoice);
	}
}
