import { getCheckoutSession, listCheckoutSessions, type CheckoutSession } from '../../clients/stripe/checkoutSessions';
import { listInvoicePayments, type InvoicePayment } from '../../clients/stripe/invoicePayments';
import { getInvoice, listPaidInvoices, type Invoice } from '../../clients/stripe/invoices';
import { getPaymentIntent } from '../../clients/stripe/paymentIntents';
import { everyPage } from '../../clients/stripe/everyPage';
import { listRefunds } from '../../clients/stripe/refunds';
import type { Stripe } from '../../clients/stripe/stripe';
import { InvalidInput } from '../../domain/invalidInput';
import { decimalOf } from '../../domain/payments/money';
import type { PaymentFacts } from '../../domain/payments/payment';
import type { PaymentRow } from '../../store/repositories/payments';

/** Money that was collected at once: one time that a payment was paid, or one period of a subscription. */
export interface Collection {
	readonly paymentIntent: string;
	/** In minor units. */
	readonly amount: number;
	/** Milliseconds. */
	readonly at: number;
}

/** Collections that an error names; what lies further back is found in the Dashboard. */
const NAMED = 12;

/** Stripe's ids of what the desk knows to have been paid. */
export function paidAttempts({ facts }: Pick<PaymentRow, 'facts'>): readonly string[] {
	const { attempts } = JSON.parse(facts) as PaymentFacts;
	return Object.entries(attempts).flatMap(([id, { state }]) => (state === 'paid' ? [id] : []));
}

/** The sessions in which a payment was paid, also one that Stripe made to recover an expired one. */
async function completeSessions(stripe: Stripe, payment: PaymentRow): Promise<readonly CheckoutSession[]> {
	const { provider_id: page } = payment;
	const ofPage = !page?.startsWith('plink_')
		? []
		: await everyPage(
				async (next) => await listCheckoutSessions(stripe, { paymentLink: page, status: 'complete', ...next }),
			);
	const named = [page ?? '', ...paidAttempts(payment)].filter((id) => id.startsWith('cs_'));
	const others = [...new Set(named)].filter((id) => !ofPage.some((session) => session.id === id));
	const sessions = [...ofPage];
	for (const id of others) sessions.push(await getCheckoutSession(stripe, id));
	return sessions;
}

const collectionOf = ({ payment, amount_paid: amount, created, status }: InvoicePayment): Collection[] =>
	payment.payment_intent === undefined || status !== 'paid'
		? []
		: [{ paymentIntent: payment.payment_intent, amount: amount ?? 0, at: created * 1_000 }];

async function ofInvoice(stripe: Stripe, { id, payments }: Invoice): Promise<readonly Collection[]> {
	const paid =
		payments?.has_more === false
			? payments.data
			: await everyPage(async (next) => await listInvoicePayments(stripe, { invoice: id, ...next }));
	return paid.flatMap(collectionOf);
}

async function ofSession(stripe: Stripe, session: CheckoutSession): Promise<readonly Collection[]> {
	const { subscription, payment_intent: paymentIntent, payment_status: status } = session;
	if (subscription !== undefined) {
		const invoices = await everyPage(async (next) => await listPaidInvoices(stripe, { subscription, ...next }));
		const collected: Collection[] = [];
		for (const invoice of invoices) collected.push(...(await ofInvoice(stripe, invoice)));
		return collected;
	}
	if (paymentIntent === undefined || status !== 'paid') return [];
	return [{ paymentIntent, amount: session.amount_total ?? 0, at: session.created * 1_000 }];
}

/** What the desk knows to have been paid in another way than by the payment's own page. */
async function ofFact(stripe: Stripe, id: string): Promise<readonly Collection[]> {
	if (id.startsWith('in_')) return await ofInvoice(stripe, await getInvoice(stripe, id));
	const { id: paymentIntent, amount, created } = await getPaymentIntent(stripe, id);
	return [{ paymentIntent, amount, at: created * 1_000 }];
}

/** All money that Stripe has collected for a payment, newest first. @throws RequestFailure */
export async function collectionsOf(stripe: Stripe, payment: PaymentRow): Promise<readonly Collection[]> {
	const found = new Map<string, Collection>();
	const sessions = await completeSessions(stripe, payment);
	for (const session of sessions) {
		for (const one of await ofSession(stripe, session)) found.set(one.paymentIntent, one);
	}
	const hasSubscription = sessions.some(({ subscription }) => subscription !== undefined);
	for (const id of paidAttempts(payment)) {
		if (found.has(id) || id.startsWith('cs_') || (id.startsWith('in_') && hasSubscription)) continue;
		for (const one of await ofFact(stripe, id)) found.set(one.paymentIntent, one);
	}
	return [...found.values()].sort((first, second) => second.at - first.at);
}

/** What of a collection has neither gone back nor is on its way. @throws RequestFailure */
export async function leftOf(stripe: Stripe, { paymentIntent, amount }: Collection): Promise<number> {
	const refunds = await everyPage(async (page) => await listRefunds(stripe, { paymentIntent, ...page }));
	return refunds
		.filter(({ status }) => status !== 'failed' && status !== 'canceled')
		.reduce((left, refund) => left - refund.amount, amount);
}

function inWords({ paymentIntent, amount, at }: Collection, currency: string): string {
	const day = new Date(at).toISOString().slice(0, 'yyyy-mm-dd'.length);
	return `${paymentIntent} (${day}, ${decimalOf({ minor: amount, currency })} ${currency})`;
}

/**
 * The one collection of a payment that is meant.
 * @param chosen its intent, where a payment was collected more than once
 * @throws InvalidInput when there is none, or several and none was chosen
 */
export async function chosenCollection(
	stripe: Stripe,
	payment: PaymentRow,
	chosen: string | undefined,
): Promise<Collection> {
	const all = await collectionsOf(stripe, payment);
	const meant = chosen === undefined ? all : all.filter(({ paymentIntent }) => paymentIntent === chosen);
	const [only, ...others] = meant;
	if (only !== undefined && others.length === 0) return only;
	const named = all.slice(0, NAMED).map((one) => inWords(one, payment.currency));
	const more = all.length > NAMED ? ` and ${all.length - NAMED} earlier ones` : '';
	if (only === undefined && chosen !== undefined && all.length > 0) {
		throw new InvalidInput({
			message: `'Payment Intent ID' ${chosen} has collected nothing of this payment`,
			description: `It was collected by ${named.join(', ')}${more}.`,
			parameter: 'Payment Intent ID',
		});
	}
	throw new InvalidInput({
		message:
			only === undefined ? "'Payment' has nothing that could be refunded" : "'Payment' was collected more than once",
		description:
			only === undefined
				? 'Stripe knows of no collected money for it.'
				: `Choose one with 'Payment Intent ID': ${named.join(', ')}${more}.`,
		parameter: 'Payment',
	});
}
