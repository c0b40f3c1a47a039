import { createHash } from 'node:crypto';

import { getCheckoutSession, listCheckoutSessions, type CheckoutSession } from '../../clients/stripe/checkoutSessions';
import type { Metadata } from '../../clients/stripe/objects';
import { createRefund, listRefunds, type NewRefund, type Refund } from '../../clients/stripe/refunds';
import type { Stripe } from '../../clients/stripe/stripe';
import { InvalidInput } from '../../domain/invalidInput';
import { decimalOf } from '../../domain/payments/money';
import { appendAudit, auditOfRequest } from '../../store/repositories/auditLog';
import type { PaymentRow } from '../../store/repositories/payments';
import type { Store } from '../../store/store';
import { paymentLock } from '../payments/requestPayment';

/** Sessions that one link is looked through for; a link of ours is paid once. */
const SESSIONS = 100;
const REFUNDS = 100;

/** The attempts to pay a payment, newest first, as Stripe has them now. */
export async function sessionsOfPayment(stripe: Stripe, payment: PaymentRow): Promise<readonly CheckoutSession[]> {
	const { provider_id: providerId } = payment;
	if (providerId === null) return [];
	if (providerId.startsWith('plink_')) {
		return await listCheckoutSessions(stripe, { paymentLink: providerId, limit: SESSIONS });
	}
	return [await getCheckoutSession(stripe, providerId)];
}

export interface RefundRequest {
	/** One request refunds once, however often it arrives. */
	readonly requestId: string;
	/** In minor units; absent: all that is left. */
	readonly amount?: number;
	readonly reason?: NewRefund['reason'];
	/** Who said that the money goes back. */
	readonly approvedBy: string;
	/** Which of several collections of one payment. */
	readonly paymentIntent?: string;
}

async function paymentIntentOf(stripe: Stripe, payment: PaymentRow, chosen: string | undefined): Promise<string> {
	const sessions = await sessionsOfPayment(stripe, payment);
	const paid = sessions.flatMap(({ payment_status: status, payment_intent: intent }) =>
		status === 'paid' && intent !== undefined ? [intent] : [],
	);
	const [only, ...others] = chosen === undefined ? paid : paid.filter((intent) => intent === chosen);
	if (only !== undefined && others.length === 0) return only;
	const subscription = sessions.some((session) => session.subscription !== undefined);
	throw new InvalidInput({
		message:
			only === undefined ? "'Payment' has nothing that could be refunded" : "'Payment' was collected more than once",
		description:
			only !== undefined
				? `Choose one with 'Payment Intent ID': ${paid.join(', ')}.`
				: subscription
					? 'Refund the invoices of a subscription in the Stripe Dashboard.'
					: 'Stripe knows of no collected money for it.',
		parameter: 'Payment',
	});
}

/** The refund as Stripe would be asked for it. @throws InvalidInput when there is nothing to refund. */
export async function refundOf(
	store: Store,
	stripe: Stripe,
	payment: PaymentRow,
	request: RefundRequest,
): Promise<NewRefund> {
	const metadata: Metadata = {
		payment_id: payment.id,
		request_id: request.requestId,
		workspace_id: store.workspaceId,
		approved_by: request.approvedBy,
	};
	const paymentIntent = await paymentIntentOf(stripe, payment, request.paymentIntent);
	return { paymentIntent, amount: request.amount, reason: request.reason, metadata };
}

/** Who approved it, in the audit log, once a refund: also when the process that made it died before it could write. */
async function writeDown(store: Store, payment: PaymentRow, request: RefundRequest, refund: Refund): Promise<void> {
	const lock = paymentLock({ contactId: payment.contact_id, requestId: payment.request_id });
	const entry = {
		...(payment.contact_id === null ? {} : { contactId: payment.contact_id }),
		actor: request.approvedBy,
		action: 'payment.refund_created',
		subjectKind: 'payment',
		subjectId: payment.id,
	};
	const chain = payment.contact_id ?? `actor:${request.approvedBy}`;
	const [written] = await store.eachLocked([lock], async (tx) => {
		const asked = { chain, action: entry.action, subjectId: payment.id, requestId: request.requestId };
		if (await auditOfRequest(tx, store.workspaceId, asked)) return;
		await appendAudit(tx, store, {
			...entry,
			payload: {
				refundId: refund.id,
				amount: decimalOf({ minor: refund.amount, currency: refund.currency.toUpperCase() }),
				currency: refund.currency.toUpperCase(),
				reason: request.reason ?? null,
				requestId: request.requestId,
			},
		});
	});
	if (written !== undefined && 'error' in written) throw written.error;
}

/** @throws InvalidInput when the request has given back something else */
function checkedSame(known: Refund, { amount, requestId }: RefundRequest): Refund {
	if (amount === undefined || amount === known.amount) return known;
	throw new InvalidInput({
		message: `'Request ID' ${requestId} has given back another amount already`,
		description: 'Give what is to be given back now a request ID of its own.',
		parameter: 'Request ID',
	});
}

/**
 * Gives a payment back, once a request: also when it is asked again after Stripe has forgotten the request's key, because the refund
 * itself remembers the request.
 * @throws InvalidInput, RequestFailure
 */
export async function refundPayment(
	store: Store,
	stripe: Stripe,
	payment: PaymentRow,
	request: RefundRequest,
): Promise<Refund> {
	const wanted = await refundOf(store, stripe, payment, request);
	const earlier = await listRefunds(stripe, { paymentIntent: wanted.paymentIntent, limit: REFUNDS });
	const known = earlier.find(({ metadata }) => metadata.request_id === request.requestId);
	const key = createHash('sha256').update(`refund\n${store.workspaceId}\n${request.requestId}`).digest('hex');
	const refund = known === undefined ? await createRefund(stripe, wanted, key) : checkedSame(known, request);
	await writeDown(store, payment, request, refund);
	return refund;
}
