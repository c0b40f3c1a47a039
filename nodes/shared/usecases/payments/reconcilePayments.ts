import { ownValue } from '../../domain/ownValue';
import { openMatters, waitsForAnything } from '../../domain/payments/openMatters';
import { applyPaymentEvent, paymentOfFacts, type PaymentFacts } from '../../domain/payments/payment';
import { isOfOtherPage, mismatchOf, type PaymentProvider, type ProviderTruth } from '../../domain/payments/provider';
import { openPayments, type PaymentRow } from '../../store/repositories/payments';
import type { Store } from '../../store/store';
import { profileInForce } from '../profile/businessProfile';
import { journalTopic } from '../emit/journalTopic';
import { askedOf, paymentOfTruth, takeInTruth, underPaymentLock } from './settlePaymentEvents';

export interface Reconciled {
	/** What the provider told of payments of ours. */
	readonly compared: number;
	/** What it told that is none of ours. */
	readonly foreign: number;
	/** Payments that were brought up to date, and what differed. */
	readonly differences: ReadonlyArray<{
		/** As it is then. */
		readonly payment: PaymentRow;
		readonly before: PaymentRow['state'];
		/** What was missed. */
		readonly news: readonly string[];
		/** What does not fit what was asked for. */
		readonly mismatch?: string;
	}>;
}

/** Whether the desk knows it already: the same state of the same object. */
function isKnown(payment: PaymentRow, { event }: ProviderTruth): boolean {
	const facts = JSON.parse(payment.facts) as PaymentFacts;
	switch (event.kind) {
		case 'refund':
			return ownValue(facts.refunds, event.refund)?.state === event.state;
		case 'dispute':
			return ownValue(facts.disputes, event.dispute)?.state === event.state;
		default:
			return ownValue(facts.attempts, event.attempt)?.state === event.kind;
	}
}

/** What a payment would be once it has been told. */
function stateAfter(payment: PaymentRow, { event }: ProviderTruth): PaymentRow['state'] {
	const known = paymentOfFacts(payment, JSON.parse(payment.facts) as PaymentFacts);
	return applyPaymentEvent(known, event).payment.state;
}

/** One payment of ours beside what the provider tells of it; `payment` is undefined for what is none of ours. */
interface Compared {
	readonly payment: PaymentRow | undefined;
	readonly truth: ProviderTruth;
}

/** Open payments of one look. */
const OPEN_PAGE = 50;

/** A dispute may take a third of a year; what has not ended in half a year is asked about no more, ms. */
const GIVEN_UP_AFTER = 180 * 86_400_000;

/**
 * What began long ago and has not ended as far as the desk knows: a transfer of a week ago, a refund that the bank may still send
 * back, a dispute. The provider lists it by when it began, so that a webhook of its end that was lost would stay lost.
 */
async function* openOnesWith(store: Store, provider: PaymentProvider): AsyncGenerator<Compared> {
	const { name, mode } = provider;
	let after: string | undefined;
	for (;;) {
		const filter = { provider: name, mode, limit: OPEN_PAGE, ...(after === undefined ? {} : { after }) };
		const payments = await openPayments(store.db, store.workspaceId, filter);
		for (const payment of payments) {
			const open = openMatters(JSON.parse(payment.facts) as PaymentFacts, store.now() - GIVEN_UP_AFTER);
			if (!waitsForAnything(open)) continue;
			for (const truth of await provider.lookAgain(open)) yield { payment, truth };
		}
		after = payments.at(-1)?.id;
		if (payments.length < OPEN_PAGE) return;
	}
}

async function* comparedWith(store: Store, provider: PaymentProvider, since: number): AsyncGenerator<Compared> {
	let after: string | undefined;
	do {
		const page = await provider.list({ since, ...(after === undefined ? {} : { after }) });
		for (const truth of page.truths) yield { payment: await paymentOfTruth(store, provider.name, truth), truth };
		({ after } = page);
	} while (after !== undefined);
	yield* openOnesWith(store, provider);
}

/**
 * What reconciliation would find, without changing anything.
 * @throws what the provider throws
 */
export async function previewReconciliation(
	store: Store,
	provider: PaymentProvider,
	since: number,
): Promise<Reconciled> {
	const differences: Array<Reconciled['differences'][number]> = [];
	let compared = 0;
	let foreign = 0;
	for await (const { payment, truth } of comparedWith(store, provider, since)) {
		if (payment === undefined) {
			foreign += 1;
			continue;
		}
		compared += 1;
		if (isKnown(payment, truth) || isOfOtherPage(askedOf(payment), truth)) continue;
		const mismatch = mismatchOf(askedOf(payment), truth);
		differences.push({
			payment: mismatch === undefined ? { ...payment, state: stateAfter(payment, truth) } : payment,
			before: payment.state,
			news: mismatch === undefined ? [truth.event.kind] : [],
			...(mismatch === undefined ? {} : { mismatch }),
		});
	}
	return { compared, foreign, differences };
}

/**
 * Compares what the provider knows with our payments and takes in what a lost webhook left out, as if it had come: message, lead,
 * team and branches included. Run again it finds nothing.
 * @param request.webhookId the trigger whose branches what was missed leaves on
 * @throws what the provider throws
 */
export async function reconcilePayments(
	store: Store,
	provider: PaymentProvider,
	request: { readonly since: number; readonly webhookId: string },
): Promise<Reconciled> {
	const { profile } = await profileInForce(store);
	const differences: Array<Reconciled['differences'][number]> = [];
	let compared = 0;
	let foreign = 0;
	for await (const { payment, truth } of comparedWith(store, provider, request.since)) {
		if (payment === undefined) {
			foreign += 1;
			continue;
		}
		compared += 1;
		if (isKnown(payment, truth)) continue;
		const taken = await underPaymentLock(
			store,
			payment,
			async (tx) => await takeInTruth(tx, store, profile, request.webhookId, payment.id, truth),
		);
		if (taken === undefined || (taken.news.length === 0 && taken.mismatch === undefined)) continue;
		const { before, news, mismatch } = taken;
		differences.push({ payment: taken.payment, before, news, ...(mismatch === undefined ? {} : { mismatch }) });
	}
	if (differences.length > 0) store.signal(journalTopic(request.webhookId));
	return { compared, foreign, differences };
}
