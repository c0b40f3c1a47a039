import type { PaymentFacts } from '../../domain/payments/payment';
import type { PaymentProvider, ProviderTruth } from '../../domain/payments/provider';
import type { PaymentRow } from '../../store/repositories/payments';
import type { Store } from '../../store/store';
import { profileInForce } from '../businessProfile';
import { journalTopic } from '../journalTopic';
import { paymentOfTruth, takeInTruth, underPaymentLock } from './settlePaymentEvents';

export interface Reconciled {
	/** What the provider told of payments of ours. */
	readonly compared: number;
	/** What it told that is none of ours. */
	readonly foreign: number;
	/** Payments that were brought up to date, and what differed. */
	readonly differences: ReadonlyArray<{
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
			return facts.refunds[event.refund]?.state === event.state;
		case 'dispute':
			return facts.disputes[event.dispute]?.state === event.state;
		default:
			return facts.attempts[event.attempt]?.state === event.kind;
	}
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
	let after: string | undefined;
	do {
		const page = await provider.list({ since: request.since, ...(after === undefined ? {} : { after }) });
		for (const truth of page.truths) {
			const payment = await paymentOfTruth(store, provider.name, truth);
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
		({ after } = page);
	} while (after !== undefined);
	if (differences.length > 0) store.signal(journalTopic(request.webhookId));
	return { compared, foreign, differences };
}
