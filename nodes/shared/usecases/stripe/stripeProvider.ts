import { getCheckoutSession, listCheckoutSessions, type CheckoutSession } from '../../clients/stripe/checkoutSessions';
import { modeOf } from '../../clients/stripe/credential';
import { getDispute, listDisputes } from '../../clients/stripe/disputes';
import { getInvoice, listInvoices } from '../../clients/stripe/invoices';
import { getPaymentIntent, listPaymentIntents, type PaymentIntent } from '../../clients/stripe/paymentIntents';
import { getRefund, listRefunds } from '../../clients/stripe/refunds';
import type { Stripe } from '../../clients/stripe/stripe';
import type { OpenMatters } from '../../domain/payments/openMatters';
import type { PaymentProvider, ProviderHint, ProviderPage, ProviderTruth } from '../../domain/payments/provider';
import { RequestFailure } from '../../http/failure';
import { truthOfDispute, truthOfIntent, truthOfInvoice, truthOfRefund, truthOfSession, type Told } from './truths';

/** Rows of one page: as many as Stripe gives. */
const PAGE = 100;

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
