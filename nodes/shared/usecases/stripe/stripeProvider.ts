import { getCheckoutSession, listCheckoutSessions, type CheckoutSession } from '../../clients/stripe/checkoutSessions';
import { modeOf } from '../../clients/stripe/credential';
import { getDispute, listDisputes, type Dispute } from '../../clients/stripe/disputes';
import { listInvoicePayments } from '../../clients/stripe/invoicePayments';
import { getInvoice, listInvoices, type Invoice } from '../../clients/stripe/invoices';
import { getPaymentIntent, listPaymentIntents, type PaymentIntent } from '../../clients/stripe/paymentIntents';
import { getRefund, listRefunds, type Refund } from '../../clients/stripe/refunds';
import type { Stripe } from '../../clients/stripe/stripe';
import { lookupTable } from '../../domain/lookupTable';
import type { OpenMatters } from '../../domain/payments/openMatters';
import type { PaymentMode } from '../../domain/payments/payment';
import type { PaymentProvider, ProviderHint, ProviderPage, ProviderTruth } from '../../domain/payments/provider';
import { RequestFailure } from '../../http/failure';

/** When, and by which event: what a truth is told with. */
interface Told {
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

/** Rows of one page: as many as Stripe gives. */
const PAGE = 100;

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

/** The longest that a session may be open, seconds. */
const SESSION_LIFE = 86_400;

/** Pages of sessions that are looked through for one by the beginning of its id. */
const SESSION_PAGES = 10;

async function sessionThatBegins(
	stripe: Stripe,
	reference: string,
	intent: PaymentIntent,
): Promise<CheckoutSession | undefined> {
	const span = { createdSince: intent.created - SESSION_LIFE, createdUntil: intent.created };
	let after: string | undefined;
	for (let page = 0; page < SESSION_PAGES; page += 1) {
		const rows = await listCheckoutSessions(stripe, {
			...span,
			limit: PAGE,
			...(after === undefined ? {} : { after }),
		});
		const found = rows.filter(({ id }) => id.startsWith(reference));
		if (found.length > 0) return found.length === 1 ? found[0] : undefined;
		if (rows.length < PAGE) return undefined;
		after = rows.at(-1)?.id;
	}
	return undefined;
}

/**
 * The session in which somebody tries to pay with an intent that names nothing of ours: that of a subscription's first period, which
 * takes no metadata and has no invoice before it is paid (2025-03-31.basil). Stripe writes the session's id on it, cut off after 25
 * characters.
 */
async function sessionOfIntent(stripe: Stripe, intent: PaymentIntent): Promise<CheckoutSession | undefined> {
	const reference = intent.payment_details?.order_reference ?? '';
	// A later period, of which its invoice tells.
	if (reference.startsWith('in_')) return undefined;
	const [named] = await listCheckoutSessions(stripe, { paymentIntent: intent.id, limit: 1 });
	if (named !== undefined || !reference.startsWith('cs_')) return named;
	return await sessionThatBegins(stripe, reference, intent);
}

/** A refused card inside a session that is still open. Success is the session's to say, because only it names the link. */
async function truthOfIntent(stripe: Stripe, intent: PaymentIntent, told: Told): Promise<ProviderTruth | undefined> {
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
			state: REFUND_STATES.get(refund.status ?? '') ?? 'pending',
			amount: refund.amount,
			currency: refund.currency.toUpperCase(),
		},
	};
}

const DISPUTE_STATES = lookupTable<'won' | 'lost'>({ won: 'won', warning_closed: 'won', lost: 'lost' });

async function truthOfDispute(stripe: Stripe, dispute: Dispute, told: Told): Promise<ProviderTruth | undefined> {
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
function truthOfInvoice(invoice: Invoice, told: Told): ProviderTruth | undefined {
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

async function readBack(stripe: Stripe, hint: ProviderHint): Promise<ProviderTruth | undefined> {
	const { id, at, object } = hint;
	const told: Told = { id, at };
	switch (object.kind) {
		case 'checkout.session':
			return await truthOfSession(stripe, await getCheckoutSession(stripe, object.id), told);
		case 'payment_intent':
			return await truthOfIntent(stripe, await getPaymentIntent(stripe, object.id), told);
		case 'refund':
			return await truthOfRefund(stripe, await getRefund(stripe, object.id), told);
		case 'dispute':
			return await truthOfDispute(stripe, await getDispute(stripe, object.id), told);
		case 'invoice':
			return truthOfInvoice(await getInvoice(stripe, object.id), told);
		default:
			return undefined;
	}
}

interface ListFilter {
	readonly limit: number;
	readonly createdSince: number;
	readonly after?: string;
}

interface ListedRow {
	readonly id: string;
	readonly truth: ProviderTruth | undefined;
}

type ListPart = (stripe: Stripe, filter: ListFilter, now: number) => Promise<readonly ListedRow[]>;

const told = (id: string, at: number): Told => ({ id: `listed:${id}`, at });

/** Reads truths one after the other: each may ask Stripe for more. */
async function rowsOf<Row extends { readonly id: string }>(
	rows: readonly Row[],
	truthOf: (row: Row) => Promise<ProviderTruth | undefined> | ProviderTruth | undefined,
): Promise<readonly ListedRow[]> {
	const listed: ListedRow[] = [];
	for (const row of rows) listed.push({ id: row.id, truth: await truthOf(row) });
	return listed;
}

/** When the last try of an intent was made; of one that was never tried, now. */
const timeOfTry = ({ latest_charge: charge }: PaymentIntent, now: number): number =>
	typeof charge === 'object' && charge !== null ? charge.created * 1_000 : now;

/** When a session came to what it is, as far as it says so itself; what is pending is older than whatever follows. */
function timeOfSession(session: CheckoutSession, now: number): number {
	if (session.status === 'expired') return Math.min(session.expires_at * 1_000, now);
	return session.payment_status === 'unpaid' ? session.created * 1_000 : now;
}

/**
 * Everything that tells of money, part by part: what a webhook that was lost would have led to. Each is told with Stripe's own time
 * where there is one, so that what is found late hides nothing that happened after it.
 */
const LIST_PARTS: ReadonlyArray<readonly [string, ListPart]> = [
	[
		'sessions',
		async (stripe, filter, now) =>
			await rowsOf(await listCheckoutSessions(stripe, filter), async (session) => {
				const truth = await truthOfSession(stripe, session, told(session.id, timeOfSession(session, now)));
				// Its intent tells it too, and when.
				return truth?.event.kind === 'failed' ? undefined : truth;
			}),
	],
	[
		'intents',
		async (stripe, filter, now) =>
			await rowsOf(
				await listPaymentIntents(stripe, filter),
				async (intent) => await truthOfIntent(stripe, intent, told(intent.id, timeOfTry(intent, now))),
			),
	],
	[
		'refunds',
		async (stripe, filter, now) =>
			await rowsOf(
				await listRefunds(stripe, filter),
				async (refund) => await truthOfRefund(stripe, refund, told(refund.id, now)),
			),
	],
	[
		'disputes',
		async (stripe, filter, now) =>
			await rowsOf(
				await listDisputes(stripe, filter),
				async (dispute) => await truthOfDispute(stripe, dispute, told(dispute.id, now)),
			),
	],
	[
		'invoices',
		async (stripe, filter, now) =>
			await rowsOf(await listInvoices(stripe, filter), (invoice) => truthOfInvoice(invoice, told(invoice.id, now))),
	],
];

/** One page of one part; `after` names the part and the last row of the page before. */
async function list(
	stripe: Stripe,
	now: () => number,
	page: { readonly since: number; readonly after?: string },
): Promise<ProviderPage> {
	const [wanted, last = ''] = (page.after ?? '').split(' ');
	const place = Math.max(
		LIST_PARTS.findIndex(([name]) => name === wanted),
		0,
	);
	const found = LIST_PARTS[place];
	if (found === undefined) return { truths: [] };
	const [part, readPart] = found;
	const filter = { limit: PAGE, createdSince: Math.floor(page.since / 1_000), ...(last === '' ? {} : { after: last }) };
	const rows = await readPart(stripe, filter, now());
	const next = rows.length < PAGE ? LIST_PARTS[place + 1]?.[0] : `${part} ${rows.at(-1)?.id ?? ''}`;
	return {
		truths: rows.flatMap(({ truth }) => (truth === undefined ? [] : [truth])),
		...(next === undefined ? {} : { after: next }),
	};
}

/** What Stripe has deleted, or never had, is nothing that could be told. */
async function ifKnown(read: () => Promise<ProviderTruth | undefined>): Promise<readonly ProviderTruth[]> {
	try {
		const truth = await read();
		return truth === undefined ? [] : [truth];
	} catch (error) {
		if (error instanceof RequestFailure && error.code === 'resource_missing') return [];
		throw error;
	}
}

async function attemptNow(stripe: Stripe, id: string, now: number): Promise<ProviderTruth | undefined> {
	if (id.startsWith('in_')) return truthOfInvoice(await getInvoice(stripe, id), told(id, now));
	const session = id.startsWith('cs_')
		? await getCheckoutSession(stripe, id)
		: (await listCheckoutSessions(stripe, { paymentIntent: id, limit: 1 }))[0];
	if (session === undefined) return undefined;
	return await truthOfSession(stripe, session, told(session.id, timeOfSession(session, now)));
}

async function lookAgain(
	stripe: Stripe,
	now: () => number,
	{ attempts, refunds, disputes }: OpenMatters,
): Promise<readonly ProviderTruth[]> {
	const truths: ProviderTruth[] = [];
	for (const id of attempts) truths.push(...(await ifKnown(async () => await attemptNow(stripe, id, now()))));
	for (const id of refunds) {
		const read = async () => await truthOfRefund(stripe, await getRefund(stripe, id), told(id, now()));
		truths.push(...(await ifKnown(read)));
	}
	for (const id of disputes) {
		const read = async () => await truthOfDispute(stripe, await getDispute(stripe, id), told(id, now()));
		truths.push(...(await ifKnown(read)));
	}
	return truths;
}

/** Stripe as the desk sees whoever collects. @param now the store's clock */
export function stripeProvider(stripe: Stripe, now: () => number): PaymentProvider {
	return {
		name: 'stripe',
		mode: modeOf(stripe.credential),
		readBack: async (hint) => await readBack(stripe, hint),
		list: async (page) => await list(stripe, now, page),
		lookAgain: async (open) => await lookAgain(stripe, now, open),
	};
}
