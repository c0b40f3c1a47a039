import type { Account } from './account';
import { openInvoice, payInvoice } from './invoices';
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
		payInvoice(this.account, invoice);
		this.account.get(parent.subscription_details.subscription).status = 'active';
		this.courier.tell('invoice.paid', invoice);
	}
}
