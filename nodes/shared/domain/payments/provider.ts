import type { OpenMatters } from './openMatters';
import type { AttemptEvent, DisputeEvent, Payment, PaymentEvent, PaymentMode, RefundEvent } from './payment';

/** What a provider's webhook is taken for: something happened to one of its objects. What, is read back from the provider. */
export interface ProviderHint {
	/** The provider's id of the event. */
	readonly id: string;
	/** The provider's time, milliseconds. */
	readonly at: number;
	/** The provider's name of what happened. */
	readonly type: string;
	readonly object: { readonly kind: string; readonly id: string };
}

/** What the provider says of it when it is asked. */
export interface ProviderTruth {
	/** Our payment's id, where the provider carries it. */
	readonly paymentId?: string;
	/** The link or session that the money came through. */
	readonly providerId?: string;
	readonly mode: PaymentMode;
	readonly event: PaymentEvent;
}

/** A page of what the provider knows, oldest or newest first; `after` goes into the next question. */
export interface ProviderPage {
	readonly truths: readonly ProviderTruth[];
	readonly after?: string;
}

/** Everything that the desk wants of whoever collects: a second provider is another one of these. */
export interface PaymentProvider {
	readonly name: string;
	/** Of the account that is asked. */
	readonly mode: PaymentMode;
	/** Undefined: nothing about money, or nothing that the provider knows. @throws when it cannot be asked now */
	readBack(hint: ProviderHint): Promise<ProviderTruth | undefined>;
	/** Attempts and refunds since a time, milliseconds. */
	list(page: { readonly since: number; readonly after?: string }): Promise<ProviderPage>;
	/** What has become of what was open, however long ago it began; what the provider does not know any more is left out. */
	lookAgain(open: OpenMatters): Promise<readonly ProviderTruth[]>;
}

/** What was asked for, to hold the truth against. */
export interface AskedPayment extends Pick<Payment, 'amount' | 'currency'> {
	readonly mode: PaymentMode;
	/** The link or session that was made for it; undefined while its making is under way. */
	readonly providerId?: string;
	/** What may be bought more than once: the price of one, and how many. */
	readonly adjustable?: { readonly unitAmount: number; readonly minimum: number; readonly maximum: number };
}

export type Mismatch = 'amount' | 'currency' | 'mode' | 'link';

function amountFits({ amount, adjustable }: AskedPayment, told: number): boolean {
	if (adjustable === undefined) return told === amount;
	const { unitAmount, minimum, maximum } = adjustable;
	const quantity = told / unitAmount;
	return Number.isInteger(quantity) && quantity >= minimum && quantity <= maximum;
}

const isAttempt = (event: PaymentEvent): event is Exclude<PaymentEvent, RefundEvent | DisputeEvent> =>
	event.kind !== 'refund' && event.kind !== 'dispute';

/** Money on its way or there; a failure or an expiry confirms nothing and is held against nothing but its mode. */
const bringsMoney = (event: AttemptEvent): boolean => event.kind === 'paid' || event.kind === 'pending';

/**
 * Whether it is the end of a page that nobody was given: the provider made it while it failed, and another one took its place. What
 * happens to it says nothing of the payment; money in it would be a mismatch.
 */
export function isOfOtherPage(asked: AskedPayment, { providerId, event }: ProviderTruth): boolean {
	return isAttempt(event) && !bringsMoney(event) && providerId !== undefined && providerId !== asked.providerId;
}

/** What differs from what was asked for. Only what differs in nothing may confirm a payment. */
export function mismatchOf(asked: AskedPayment, { mode, providerId, event }: ProviderTruth): Mismatch | undefined {
	if (mode !== asked.mode) return 'mode';
	if (event.currency !== asked.currency) return 'currency';
	if (!isAttempt(event) || !bringsMoney(event)) return undefined;
	// The price of a later period may have been changed at the provider; the subscription is the one that was asked for.
	if (event.renewal) return undefined;
	if (asked.providerId !== undefined && providerId !== asked.providerId) return 'link';
	return amountFits(asked, event.amount) ? undefined : 'amount';
}
