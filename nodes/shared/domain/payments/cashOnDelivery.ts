import type { Money } from './money';
import type { AttemptEvent } from './payment';

/** Who delivers collects: nobody confirms it by a signature, a person says that the money came. */
export const CASH_ON_DELIVERY = 'cash_on_delivery';

/** What is known of cash that came. */
export interface CashHandover {
	/** Who took it from the customer, in words: a courier is nobody of the team. */
	readonly collectedBy: string;
	/** Why it is another amount than was agreed, or whatever else was noted. */
	readonly note?: string;
}

/**
 * What became of cash on delivery, as a provider would tell it: handed over, or not wanted any more. There is one handover, so
 * that whatever is said of it twice is the same fact.
 */
export const cashEvent = (kind: 'paid' | 'expired', { minor, currency }: Money, at: number): AttemptEvent => ({
	id: `cash:${kind}`,
	kind,
	attempt: 'cash',
	at,
	amount: minor,
	currency,
});
