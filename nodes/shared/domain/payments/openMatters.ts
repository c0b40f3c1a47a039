import type { PaymentFacts } from './payment';

/** What of a payment has not come to its end, by the provider's ids: the provider is asked about it again until it has. */
export interface OpenMatters {
	/** Money on its way, and later periods that the provider still tries to collect. */
	readonly attempts: readonly string[];
	readonly refunds: readonly string[];
	readonly disputes: readonly string[];
}

function idsOf<Fact>(facts: Readonly<Record<string, Fact>>, isOpen: (fact: Fact) => boolean): readonly string[] {
	return Object.entries(facts).flatMap(([id, fact]) => (isOpen(fact) ? [id] : []));
}

/** What a payment still waits for. @param since what was told before is given up, milliseconds */
export function openMatters(facts: PaymentFacts, since = 0): OpenMatters {
	return {
		attempts: idsOf(
			facts.attempts,
			({ state, renewal, at }) => at >= since && (state === 'pending' || (state === 'failed' && renewal === true)),
		),
		refunds: idsOf(facts.refunds, ({ state, at }) => at >= since && state === 'pending'),
		disputes: idsOf(facts.disputes, ({ state, at }) => at >= since && state === 'open'),
	};
}

export const waitsForAnything = ({ attempts, refunds, disputes }: OpenMatters): boolean =>
	attempts.length + refunds.length + disputes.length > 0;
