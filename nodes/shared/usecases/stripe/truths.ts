import { getCheckoutSession, type CheckoutSession } from '../../clients/stripe/checkoutSessions';
import { modeOf } from '../../clients/stripe/credential';
import type { Dispute } from '../../clients/stripe/disputes';
import { listInvoicePayments } from '../../clients/stripe/invoicePayments';
import { getInvoice, type Invoice } from '../../clients/stripe/invoices';
import { getPaymentIntent, type PaymentIntent } from '../../clients/stripe/paymentIntents';
import type { Refund } from '../../clients/stripe/refunds';
import type { Stripe } from '../../clients/stripe/stripe';
import { lookupTable } from '../../domain/lookupTable';
import type { PaymentMode } from '../../domain/payments/payment';
import type { ProviderTruth } from '../../domain/payments/provider';
import { sessionOfIntent } from './sessionOfIntent';

/** When, and by which event: what a truth is told with. */
export interface Told {
	readonly id: string;
	readonly at: number;
}

const modeOfObject = (livemode: boolean): PaymentMode => (livemode ? 'live' : 'test');

/** Why Stripe could not collect, and in which try. */
function refusalOf({ last_payment_error: error, latest_charge: charge }: PaymentIntent): {
	readonly reason?: string;
	readonly refusal?: string;
} {
	const reason = error?.decline_code ?? error?.code ?? undefined;
	const refusal = typeof charge === 'string' ? charge : charge?.id;
	return { ...(reason === undefined ? {} : { reason }), ...(refusal === undefined ? {} : { refusal }) };
}

/** What a session is paid with; one of a subscription has made an invoice of which that is told. */
async function intentOfSession(stripe: Stripe, session: CheckoutSession): Promise<PaymentIntent | undefined> {
	const { invoice, payment_intent: named } = session;
	const [first] =
		named !== undefined || invoice === undefined ? [] : await listInvoicePayments(stripe, { invoice, limit: 1 });
	const id = named ?? first?.payment.payment_intent;
	return id === undefined ? undefined : await getPaymentIntent(stripe, id);
}

/** What a session that is complete and not paid has come to: Stripe says it in the intent only. */
async function unpaidState(
	stripe: Stripe,
	session: CheckoutSession,
): Promise<{ readonly kind: 'pending' } | ({ readonly kind: 'failed' } & ReturnType<typeof refusalOf>)> {
	const intent = await intentOfSession(stripe, session);
	const isOver = intent?.status === 'requires_payment_method' || intent?.status === 'canceled';
	return intent !== undefined && isOver ? { kind: 'failed', ...refusalOf(intent) } : { kind: 'pending' };
}

/** Whether what was on its way in a session that is complete has not arrived. @throws RequestFailure */
export async function hasFailed(stripe: Stripe, session: CheckoutSession): Promise<boolean> {
	if (session.status !== 'complete' || session.payment_status !== 'unpaid') return false;
	return (await unpaidState(stripe, session)).kind === 'failed';
}

/** Recoveries of one session that are followed back; each is one more day without paying. */
const RECOVERIES = 10;

/** The session that was asked for: somebody may pay in one that Stripe has made to recover it. */
async function originOf(stripe: Stripe, session: CheckoutSession): Promise<string> {
	let { id, recovered_from: earlier } = session;
	for (let followed = 0; typeof earlier === 'string' && followed < RECOVERIES; followed += 1) {
		({ id, recovered_from: earlier } = await getCheckoutSession(stripe, earlier));
	}
	return id;
}

/** What a session tells; undefined while it is open. @throws RequestFailure */
export async function truthOfSession(
	stripe: Stripe,
	session: CheckoutSession,
	told: Told,
): Promise<ProviderTruth | undefined> {
	if (session.status === 'open' || !session.currency) return undefined;
	const state =
		session.status === 'expired'
			? { kind: 'expired' as const }
			: session.payment_status === 'unpaid'
				? await unpaidState(stripe, session)
				: { kind: 'paid' as const };
	const paymentId = session.metadata.payment_id;
	return {
		...(paymentId === undefined ? {} : { paymentId }),
		providerId: session.payment_link ?? (await originOf(stripe, session)),
		mode: modeOfObject(session.livemode),
		event: {
			...told,
			...state,
			attempt: session.payment_intent ?? session.id,
			amount: session.amount_total ?? 0,
			currency: session.currency.toUpperCase(),
		},
	};
}

/** A refused card inside a session that is still open. Success is the session's to say, because only it names the link. */
export async function truthOfIntent(
	stripe: Stripe,
	intent: PaymentIntent,
	told: Told,
): Promise<ProviderTruth | undefined> {
	if (intent.status !== 'requires_payment_method' || !intent.last_payment_error) return undefined;
	const session = intent.metadata.payment_id === undefined ? await sessionOfIntent(stripe, intent) : undefined;
	const paymentId = intent.metadata.payment_id ?? session?.metadata.payment_id;
	if (paymentId === undefined) return undefined;
	return {
		paymentId,
		mode: modeOfObject(intent.livemode),
		event: {
			...told,
			kind: 'failed',
			// What the session itself tells of, once it is paid.
			attempt: session?.id ?? intent.id,
			amount: intent.amount,
			currency: intent.currency.toUpperCase(),
			...refusalOf(intent),
		},
	};
}

/** The period of a subscription that an intent has paid: the intent itself names neither. */
async function paymentIdOfPeriod(stripe: Stripe, intentId: string): Promise<string | undefined> {
	const [paid] = await listInvoicePayments(stripe, { paymentIntent: intentId, limit: 1 });
	if (paid?.invoice === undefined) return undefined;
	return (await getInvoice(stripe, paid.invoice)).parent?.subscription_details?.metadata.payment_id;
}

async function paymentIdOf(stripe: Stripe, intentId: string | undefined): Promise<string | undefined> {
	if (intentId === undefined) return undefined;
	const { metadata } = await getPaymentIntent(stripe, intentId);
	return metadata.payment_id ?? (await paymentIdOfPeriod(stripe, intentId));
}

const REFUND_STATES = lookupTable<'pending' | 'succeeded' | 'failed'>({
	succeeded: 'succeeded',
	failed: 'failed',
	canceled: 'failed',
});

/** What a refund tells; undefined when it is of no payment of ours. @throws RequestFailure */
export async function truthOfRefund(stripe: Stripe, refund: Refund, told: Told): Promise<ProviderTruth | undefined> {
	const paymentId = await paymentIdOf(stripe, refund.payment_intent);
	if (paymentId === undefined) return undefined;
	return {
		paymentId,
		mode: modeOf(stripe.credential),
		event: {
			...told,
			kind: 'refund',
			refund: refund.id,
			state: REFUND_STATES.get(refund.status ?? '') ?? 'pending',
			amount: refund.amount,
			currency: refund.currency.toUpperCase(),
		},
	};
}

const DISPUTE_STATES = lookupTable<'won' | 'lost'>({ won: 'won', warning_closed: 'won', lost: 'lost' });

/** What a dispute tells; undefined when it is of no payment of ours, or was prevented. @throws RequestFailure */
export async function truthOfDispute(stripe: Stripe, dispute: Dispute, told: Told): Promise<ProviderTruth | undefined> {
	// Ended before it began: nobody has to answer it, and what Stripe gave back for it is a refund of its own.
	if (dispute.status === 'prevented') return undefined;
	const paymentId = await paymentIdOf(stripe, dispute.payment_intent);
	if (paymentId === undefined) return undefined;
	return {
		paymentId,
		mode: modeOfObject(dispute.livemode),
		event: {
			...told,
			kind: 'dispute',
			dispute: dispute.id,
			state: DISPUTE_STATES.get(dispute.status) ?? 'open',
			amount: dispute.amount,
			currency: dispute.currency.toUpperCase(),
			...(dispute.reason ? { reason: dispute.reason } : {}),
		},
	};
}

/** A later period of a subscription; the first one is the session's to tell. */
export function truthOfInvoice(invoice: Invoice, told: Told): ProviderTruth | undefined {
	const paymentId = invoice.parent?.subscription_details?.metadata.payment_id;
	if (paymentId === undefined || invoice.billing_reason === 'subscription_create') return undefined;
	const paid = invoice.status === 'paid';
	// Not collected yet, and nothing has failed.
	if (!paid && invoice.attempted !== true) return undefined;
	return {
		paymentId,
		mode: modeOfObject(invoice.livemode),
		event: {
			...told,
			kind: paid ? 'paid' : 'failed',
			attempt: invoice.id,
			renewal: true,
			amount: paid ? invoice.amount_paid : invoice.amount_due,
			currency: invoice.currency.toUpperCase(),
			...(paid || !invoice.hosted_invoice_url ? {} : { payUrl: invoice.hosted_invoice_url }),
		},
	};
}
