import { getCheckoutSession, listCheckoutSessions, type CheckoutSession } from '../../clients/stripe/checkoutSessions';
import { modeOf } from '../../clients/stripe/credential';
import { getDispute } from '../../clients/stripe/disputes';
import { getInvoice } from '../../clients/stripe/invoices';
import { getPaymentIntent, type PaymentIntent } from '../../clients/stripe/paymentIntents';
import { getRefund, listRefunds, type Refund } from '../../clients/stripe/refunds';
import type { Stripe } from '../../clients/stripe/stripe';
import type { PaymentMode } from '../../domain/payments/payment';
import type { PaymentProvider, ProviderHint, ProviderPage, ProviderTruth } from '../../domain/payments/provider';

/** When, and by which event: what a truth is told with. */
interface Told {
	readonly id: string;
	readonly at: number;
}

const modeOfObject = (livemode: boolean): PaymentMode => (livemode ? 'live' : 'test');

const reasonOf = ({ last_payment_error: error }: PaymentIntent): string | undefined =>
	error?.decline_code ?? error?.code ?? undefined;

/** What a session that is complete and not paid has come to: Stripe says it in the intent only. */
async function unpaidState(
	stripe: Stripe,
	session: CheckoutSession,
): Promise<{ readonly kind: 'pending' | 'failed'; readonly reason?: string }> {
	if (session.payment_intent === undefined) return { kind: 'pending' };
	const intent = await getPaymentIntent(stripe, session.payment_intent);
	if (intent.status !== 'requires_payment_method' && intent.status !== 'canceled') return { kind: 'pending' };
	const reason = reasonOf(intent);
	return { kind: 'failed', ...(reason === undefined ? {} : { reason }) };
}

async function truthOfSession(
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
		providerId: session.payment_link ?? session.id,
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
function truthOfIntent(intent: PaymentIntent, told: Told): ProviderTruth | undefined {
	const paymentId = intent.metadata.payment_id;
	if (paymentId === undefined || intent.status !== 'requires_payment_method' || !intent.last_payment_error)
		return undefined;
	const reason = reasonOf(intent);
	return {
		paymentId,
		mode: modeOfObject(intent.livemode),
		event: {
			...told,
			kind: 'failed',
			attempt: intent.id,
			amount: intent.amount,
			currency: intent.currency.toUpperCase(),
			...(reason === undefined ? {} : { reason }),
		},
	};
}

async function paymentIdOf(stripe: Stripe, intentId: string | undefined): Promise<string | undefined> {
	if (intentId === undefined) return undefined;
	return (await getPaymentIntent(stripe, intentId)).metadata.payment_id;
}

const REFUND_STATES: Readonly<Record<string, 'pending' | 'succeeded' | 'failed'>> = {
	succeeded: 'succeeded',
	failed: 'failed',
	canceled: 'failed',
};

async function truthOfRefund(stripe: Stripe, refund: Refund, told: Told): Promise<ProviderTruth | undefined> {
	const paymentId = await paymentIdOf(stripe, refund.payment_intent);
	if (paymentId === undefined) return undefined;
	return {
		paymentId,
		mode: modeOf(stripe.credential),
		event: {
			...told,
			kind: 'refund',
			refund: refund.id,
			state: REFUND_STATES[refund.status ?? ''] ?? 'pending',
			amount: refund.amount,
			currency: refund.currency.toUpperCase(),
		},
	};
}

const DISPUTE_STATES: Readonly<Record<string, 'won' | 'lost'>> = { won: 'won', warning_closed: 'won', lost: 'lost' };

async function truthOfDispute(stripe: Stripe, id: string, told: Told): Promise<ProviderTruth | undefined> {
	const dispute = await getDispute(stripe, id);
	const paymentId = await paymentIdOf(stripe, dispute.payment_intent);
	if (paymentId === undefined) return undefined;
	return {
		paymentId,
		mode: modeOfObject(dispute.livemode),
		event: {
			...told,
			kind: 'dispute',
			dispute: dispute.id,
			state: DISPUTE_STATES[dispute.status] ?? 'open',
			amount: dispute.amount,
			currency: dispute.currency.toUpperCase(),
			...(dispute.reason ? { reason: dispute.reason } : {}),
		},
	};
}

/** A later period of a subscription; the first one is the session's to tell. */
async function truthOfInvoice(stripe: Stripe, id: string, told: Told): Promise<ProviderTruth | undefined> {
	const invoice = await getInvoice(stripe, id);
	const paymentId = invoice.parent?.subscription_details?.metadata.payment_id;
	if (paymentId === undefined || invoice.billing_reason === 'subscription_create') return undefined;
	const paid = invoice.status === 'paid';
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
		},
	};
}

async function readBack(stripe: Stripe, hint: ProviderHint): Promise<ProviderTruth | undefined> {
	const { id, at, object } = hint;
	const told: Told = { id, at };
	switch (object.kind) {
		case 'checkout.session':
			return await truthOfSession(stripe, await getCheckoutSession(stripe, object.id), told);
		case 'payment_intent':
			return truthOfIntent(await getPaymentIntent(stripe, object.id), told);
		case 'refund':
			return await truthOfRefund(stripe, await getRefund(stripe, object.id), told);
		case 'dispute':
			return await truthOfDispute(stripe, object.id, told);
		case 'invoice':
			return await truthOfInvoice(stripe, object.id, told);
		default:
			return undefined;
	}
}

/** Rows of one page: as many as Stripe gives. */
const PAGE = 100;

async function list(
	stripe: Stripe,
	now: () => number,
	page: { readonly since: number; readonly after?: string },
): Promise<ProviderPage> {
	const [part = 'sessions', last = ''] = (page.after ?? 'sessions').split(' ');
	const filter = { limit: PAGE, createdSince: Math.floor(page.since / 1_000), ...(last === '' ? {} : { after: last }) };
	const truths: ProviderTruth[] = [];
	const rows: ReadonlyArray<CheckoutSession | Refund> =
		part === 'sessions' ? await listCheckoutSessions(stripe, filter) : await listRefunds(stripe, filter);
	for (const row of rows) {
		const told: Told = { id: `listed:${row.id}`, at: now() };
		const truth =
			'payment_status' in row
				? await truthOfSession(stripe, row as CheckoutSession, told)
				: await truthOfRefund(stripe, row as Refund, told);
		if (truth !== undefined) truths.push(truth);
	}
	const next = rows.length < PAGE ? (part === 'sessions' ? 'refunds' : undefined) : `${part} ${rows.at(-1)?.id ?? ''}`;
	return { truths, ...(next === undefined ? {} : { after: next }) };
}

/** Stripe as the desk sees whoever collects. @param now the store's clock */
export function stripeProvider(stripe: Stripe, now: () => number): PaymentProvider {
	return {
		name: 'stripe',
		readBack: async (hint) => await readBack(stripe, hint),
		list: async (page) => await list(stripe, now, page),
	};
}
