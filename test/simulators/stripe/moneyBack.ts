import type { Account } from './account';
import { declined, invalid } from './stripeError';
import type { StripeObject } from './types';
import type { WebhookCourier } from './webhookCourier';

const WEEK_S = 604_800;

export interface RefundOptions {
	/** `pending` until `finishRefund`. */
	readonly status?: 'succeeded' | 'pending';
	readonly reason?: string;
	readonly metadata?: object;
}

/** Refunds, and what a customer's bank takes back. */
export class MoneyBack {
	balanceIsEmpty = false;

	constructor(
		private readonly account: Account,
		private readonly courier: WebhookCourier,
	) {}

	/** @param amount minor units; all that is left without one */
	refund(paymentIntent: string, amount?: number, { status, reason, metadata }: RefundOptions = {}): StripeObject {
		const intent = this.account.get(paymentIntent);
		if (intent.status !== 'succeeded')
			throw invalid('This PaymentIntent does not have a successful charge to refund.', { param: 'payment_intent' });
		const left = this.leftOf(intent);
		if (left === 0) throw declined('Charge has already been refunded.', 'charge_already_refunded');
		if (this.balanceIsEmpty) throw declined('Insufficient funds in your Stripe balance.', 'balance_insufficient');
		if ((amount ?? left) > left)
			throw invalid('Refund amount is greater than unrefunded amount on charge', { param: 'amount' });
		const refund = this.account.keep('refund', 're', {
			amount: amount ?? left,
			charge: intent.latest_charge,
			currency: intent.currency,
			metadata: metadata ?? {},
			payment_intent: intent.id,
			reason: reason ?? null,
			status: status ?? 'succeeded',
		});
		this.courier.tell('refund.created', refund);
		return refund;
	}

	finishRefund(refundId: string, arrived: boolean): void {
		const refund = Object.assign(this.account.get(refundId), { status: arrived ? 'succeeded' : 'failed' });
		this.courier.tell(arrived ? 'refund.updated' : 'refund.failed', refund);
	}

	dispute(paymentIntent: string): StripeObject {
		const intent = this.account.get(paymentIntent);
		const dispute = this.account.keep('dispute', 'dp', {
			amount: intent.amount,
			balance_transactions: [],
			charge: intent.latest_charge,
			currency: intent.currency,
			evidence_details: {
				due_by: this.account.seconds + WEEK_S,
				has_evidence: false,
				past_due: false,
				submission_count: 0,
			},
			is_charge_refundable: false,
			livemode: this.account.livemode,
			metadata: {},
			payment_intent: intent.id,
			reason: 'fraudulent',
			status: 'needs_response',
		});
		this.courier.tell('charge.dispute.created', dispute);
		return dispute;
	}

	closeDispute(disputeId: string, won: boolean): void {
		const dispute = Object.assign(this.account.get(disputeId), { status: won ? 'won' : 'lost' });
		this.courier.tell('charge.dispute.closed', dispute);
	}

	private leftOf(intent: StripeObject): number {
		return this.account
			.all('refund')
			.filter(({ payment_intent: of, status }) => of === intent.id && status !== 'failed')
			.reduce((left, { amount }) => left - Number(amount), Number(intent.amount));
	}
}
