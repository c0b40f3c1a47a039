import { createHash } from 'node:crypto';

import { getCheckoutSession, listCheckoutSessions, type CheckoutSession } from '../../clients/stripe/checkoutSessions';
import { everyPage } from '../../clients/stripe/everyPage';
import type { Metadata } from '../../clients/stripe/objects';
import { createRefund, listRefunds, type NewRefund, type Refund } from '../../clients/stripe/refunds';
import type { Stripe } from '../../clients/stripe/stripe';
import { InvalidInput } from '../../domain/invalidInput';
import { decimalOf } from '../../domain/payments/money';
import { RequestFailure } from '../../http/failure';
import { repeatsOwnFailure } from '../../http/ownFailure';
import { appendAudit, auditOfRequest } from '../../store/repositories/auditLog';
import type { PaymentRow } from '../../store/repositories/payments';
import { changeRefundRequest, refundRequest, type RefundRequestRow } from '../../store/repositories/refundRequests';
import type { Store, StoreTransaction } from '../../store/store';
import { underPaymentLock } from '../payments/settlePaymentEvents';
import { chosenCollection } from './collections';

/** Sessions that one link is looked through for; a link of ours is paid once. */
const SESSIONS = 100;

/**
 * How long a refund that Stripe failed at is only looked for, ms. Stripe keeps its failure under the request's key for a day and may
 * have given the money back all the same; what it has not shown after half an hour is asked for anew.
 */
export const CERTAIN_AFTER = 30 * 60_000;

/** What Stripe's clock and ours may be apart, ms. */
const SKEW = 300_000;

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
	const { paymentIntent } = await chosenCollection(stripe, payment, request.paymentIntent);
	return { paymentIntent, amount: request.amount, reason: request.reason, metadata };
}

/** Who approved it, in the audit log, once a refund: also when the process that made it died before it could write. */
async function writeDown(store: Store, payment: PaymentRow, request: RefundRequest, refund: Refund): Promise<void> {
	const entry = {
		...(payment.contact_id === null ? {} : { contactId: payment.contact_id }),
		actor: request.approvedBy,
		action: 'payment.refund_created',
		subjectKind: 'payment',
		subjectId: payment.id,
	};
	const chain = payment.contact_id ?? `actor:${request.approvedBy}`;
	await underPaymentLock(store, payment, async (tx) => {
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

/** The request as the store knows it. @throws InvalidInput when it was made for another payment */
async function requestInside(
	tx: StoreTransaction,
	store: Store,
	payment: PaymentRow,
	{ requestId }: RefundRequest,
): Promise<RefundRequestRow> {
	const asked = await refundRequest(tx, store, { requestId, paymentId: payment.id });
	if (asked.payment_id === payment.id) return asked;
	throw new InvalidInput({
		message: `'Request ID' ${requestId} was used for another payment before`,
		description: 'Give what is to be given back now a request ID of its own.',
		parameter: 'Request ID',
	});
}

/** The same however often it is made; of another attempt another one, which everybody derives alike. */
function keyOf(store: Store, { request_id: requestId, attempt }: RefundRequestRow): string {
	const request = `refund\n${store.workspaceId}\n${requestId}`;
	return createHash('sha256')
		.update(attempt === 0 ? request : `${request}\n${attempt}`)
		.digest('hex');
}

/** What whoever asks again too soon is told. @param wait until Stripe has certainly not given the money back, ms */
function undecided(wait: number): RequestFailure {
	const minutes = Math.ceil(wait / 60_000);
	return new RequestFailure({
		vendor: 'stripe',
		kind: 'temporary',
		status: 500,
		code: 'api_error',
		message: 'Stripe failed at this refund and does not say whether the money went back',
		description: `Run this node again in ${minutes} ${minutes === 1 ? 'minute' : 'minutes'}: it looks for the refund first and asks anew only when Stripe has none. Do not give it back in the Dashboard meanwhile.`,
	});
}

/** @throws InvalidInput when somebody gave the same amount back in the Dashboard while this request was stuck */
function refuseGivenByHand(
	refunds: readonly Refund[],
	asked: RefundRequestRow,
	{ amount, requestId }: RefundRequest,
): void {
	const byHand = refunds.find(
		(refund) =>
			refund.metadata.request_id === undefined &&
			refund.created * 1_000 >= asked.created_at - SKEW &&
			refund.status !== 'failed' &&
			refund.status !== 'canceled' &&
			(amount ?? refund.amount) === refund.amount,
	);
	if (byHand === undefined) return;
	throw new InvalidInput({
		message: `The same amount has been given back in the meantime: ${byHand.id}`,
		description: `Nothing more went back for '${requestId}'. If it is to go back once more, give it a request ID of its own.`,
		parameter: 'Request ID',
	});
}

/** The next attempt at what Stripe has failed at and certainly not done; of several who go on at once all get the same. */
async function nextAttempt(
	store: Store,
	payment: PaymentRow,
	request: RefundRequest,
	known: RefundRequestRow,
): Promise<RefundRequestRow> {
	return await underPaymentLock(store, payment, async (tx) => {
		await changeRefundRequest(tx, store, known, { attempt: known.attempt + 1, failed_at: null });
		return await requestInside(tx, store, payment, request);
	});
}

/** Asks Stripe for the refund, and remembers when Stripe keeps a failure of its own. */
async function askStripe(
	store: Store,
	stripe: Stripe,
	payment: PaymentRow,
	wanted: NewRefund,
	asked: RefundRequestRow,
): Promise<Refund> {
	try {
		return await createRefund(stripe, wanted, keyOf(store, asked));
	} catch (error) {
		if (!repeatsOwnFailure(error)) throw error;
		await underPaymentLock(store, payment, async (tx) => {
			await changeRefundRequest(tx, store, asked, { failed_at: store.now() });
		});
		throw undecided(CERTAIN_AFTER);
	}
}

/**
 * Gives a payment back, once a request: also when it is asked again after Stripe has forgotten the request's key, because the refund
 * itself remembers the request. A failure of Stripe's own, which it keeps under the key, is waited out and then asked past: under a
 * key that everybody who goes on derives alike, so that the one before can do nothing any more.
 * @throws InvalidInput, RequestFailure
 */
export async function refundPayment(
	store: Store,
	stripe: Stripe,
	payment: PaymentRow,
	request: RefundRequest,
): Promise<Refund> {
	const wanted = await refundOf(store, stripe, payment, request);
	const { paymentIntent } = wanted;
	let asked = await underPaymentLock(store, payment, async (tx) => await requestInside(tx, store, payment, request));
	// Read before Stripe is asked what there is: the wait must be over by then.
	const now = store.now();
	const refunds = await everyPage(async (page) => await listRefunds(stripe, { paymentIntent, ...page }));
	const known = refunds.find(({ metadata }) => metadata.request_id === request.requestId);
	if (known === undefined && asked.failed_at !== null) {
		const wait = asked.failed_at + CERTAIN_AFTER - now;
		if (wait > 0) throw undecided(wait);
		refuseGivenByHand(refunds, asked, request);
		asked = await nextAttempt(store, payment, request, asked);
	}
	const refund =
		known === undefined ? await askStripe(store, stripe, payment, wanted, asked) : checkedSame(known, request);
	await writeDown(store, payment, request, refund);
	return refund;
}
