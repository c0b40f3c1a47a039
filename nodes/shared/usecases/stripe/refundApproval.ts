import type { ApprovalParameters } from '../../domain/approvals/approval';
import { knownName } from '../../domain/identity/knownName';
import { InvalidInput } from '../../domain/invalidInput';
import { decimalOf, writeMoney } from '../../domain/payments/money';
import { localeOf } from '../../domain/profile/locale';
import { getContact } from '../../store/repositories/contacts';
import { getPayment, type PaymentRow } from '../../store/repositories/payments';
import type { Store } from '../../store/store';
import { approvalInWords } from '../../text/approvalTexts';
import { profileInForce } from '../profile/businessProfile';
import type { ApprovedRequest } from '../approvals/useApproval';
import { REFUND_REASONS } from '../../clients/stripe/refunds';
import type { Stripe } from '../../clients/stripe/stripe';
import { chosenCollection, leftOf, paidAttempts } from './collections';
import type { RefundRequest } from './refundPayment';

/** Of `approvals.operation`. */
export const REFUND_OPERATION = 'stripePaymentLink.refund.create';

export interface RefundWish {
	/** In minor units; absent: all that is left. */
	readonly amount?: number;
	readonly reason?: RefundRequest['reason'];
	readonly paymentIntent?: string;
}

/** What can still be given back: of the collection that is meant, where a payment was collected more than once. */
async function whatIsLeft(
	stripe: Stripe,
	payment: PaymentRow,
	chosen: string | undefined,
): Promise<{ readonly left: number; readonly paymentIntent?: string }> {
	if (chosen === undefined && paidAttempts(payment).length <= 1) {
		return { left: payment.amount_paid - payment.amount_refunded };
	}
	const collection = await chosenCollection(stripe, payment, chosen);
	return { left: await leftOf(stripe, collection), paymentIntent: collection.paymentIntent };
}

/**
 * What a person is asked to approve: the refund with its exact amount, also where all that is left was meant.
 * @throws InvalidInput when the payment has not as much to give back, or was collected more than once and none is chosen
 * @throws RequestFailure
 */
export async function refundToApprove(
	store: Store,
	stripe: Stripe,
	payment: PaymentRow,
	wish: RefundWish,
): Promise<{ readonly parameters: ApprovalParameters; readonly summary: string }> {
	const { currency } = payment;
	const { left, paymentIntent } = await whatIsLeft(stripe, payment, wish.paymentIntent);
	const minor = wish.amount ?? left;
	if (left <= 0 || minor <= 0 || minor > left) {
		throw new InvalidInput({
			message:
				left <= 0
					? "'Payment' has nothing that could be refunded"
					: `'Amount' is not between 0 and what is left: ${decimalOf({ minor: left, currency })} ${currency}`,
			description:
				left <= 0
					? 'It was not paid, or it was given back before.'
					: 'Ask for less, or leave it out for all that is left.',
			parameter: left <= 0 ? 'Payment' : 'Amount',
		});
	}
	const { profile } = await profileInForce(store);
	const contact =
		payment.contact_id === null ? undefined : await getContact(store.db, store.workspaceId, payment.contact_id);
	const locale = localeOf(profile.language, profile);
	const summary = approvalInWords('refund', profile.language, {
		amount: writeMoney({ minor, currency }, locale),
		customer: knownName(contact) ?? payment.id,
		description: payment.description,
	});
	const parameters = {
		paymentId: payment.id,
		amount: minor,
		currency,
		reason: wish.reason ?? null,
		paymentIntent: paymentIntent ?? null,
	};
	return { parameters, summary };
}

/** The refund that was approved, to the letter. @throws InvalidInput when its payment is gone */
export async function approvedRefund(
	store: Store,
	{ parameters, approvedBy, requestId, name }: ApprovedRequest,
): Promise<{ readonly payment: PaymentRow; readonly request: RefundRequest }> {
	const payment = await getPayment(store.db, store.workspaceId, String(parameters.paymentId));
	const amount = Number(parameters.amount);
	if (payment === undefined || payment.currency !== parameters.currency || !Number.isSafeInteger(amount)) {
		throw new InvalidInput({
			message: `The payment of ${name} is not there any more`,
			description: 'Nothing was given back. Look for the payment in Stripe.',
			parameter: 'Approval',
		});
	}
	const reason = REFUND_REASONS.find((one) => one === parameters.reason);
	return {
		payment,
		request: {
			requestId,
			amount,
			...(reason === undefined ? {} : { reason }),
			approvedBy: `${approvedBy} (${name})`,
			...(typeof parameters.paymentIntent === 'string' ? { paymentIntent: parameters.paymentIntent } : {}),
		},
	};
}
