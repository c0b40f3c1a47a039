import { ownValue } from '../ownValue';

/**
 * A payment, whoever collects it. What a provider tells is kept as facts, one for each attempt, refund and dispute; which fact
 * stands is decided by the provider's own time and not by arrival, and the state is read from the facts. So whatever comes twice,
 * late or in any order ends the same.
 */

export const PAYMENT_STATES = [
	'requested',
	'pending',
	'paid',
	'failed',
	'expired',
	'partially_refunded',
	'refunded',
	'disputed',
] as const;

export type PaymentState = (typeof PAYMENT_STATES)[number];

/** Whether real money moves: the two are never mixed. */
export type PaymentMode = 'live' | 'test';

interface EventBase {
	/** The provider's id of the event. */
	readonly id: string;
	/** The provider's time of what happened, milliseconds. */
	readonly at: number;
	/** In minor units of the currency. */
	readonly amount: number;
	/** ISO 4217, upper case. */
	readonly currency: string;
}

/** An attempt to pay: pending until the money is certain, failed, given up, or paid. */
export interface AttemptEvent extends EventBase {
	readonly kind: 'pending' | 'failed' | 'expired' | 'paid';
	/** The provider's id of the attempt: two attempts that are paid are paid twice. */
	readonly attempt: string;
	/** A later period of a subscription. */
	readonly renewal?: true;
	/** Why it failed, in the provider's code. */
	readonly reason?: string;
	/** The provider's id of this one try of the attempt: several words of one refusal are one piece of news. */
	readonly refusal?: string;
	/** Where a later period that failed can be paid; not a fact of the payment, only for whoever is told of it. */
	readonly payUrl?: string;
}

export interface RefundEvent extends EventBase {
	readonly kind: 'refund';
	readonly refund: string;
	readonly state: 'pending' | 'succeeded' | 'failed';
}

export interface DisputeEvent extends EventBase {
	readonly kind: 'dispute';
	readonly dispute: string;
	readonly state: 'open' | 'won' | 'lost';
	readonly reason?: string;
}

/** What a provider tells of one payment, in one shape for all of them. */
export type PaymentEvent = AttemptEvent | RefundEvent | DisputeEvent;

interface Fact<State extends string> {
	readonly state: State;
	readonly amount: number;
	readonly at: number;
}

export type AttemptFact = Fact<AttemptEvent['kind']> & { readonly renewal?: true; readonly reason?: string };
export type RefundFact = Fact<RefundEvent['state']>;
export type DisputeFact = Fact<DisputeEvent['state']>;

/** What is known of a payment, by the provider's ids. */
export interface PaymentFacts {
	readonly attempts: Readonly<Record<string, AttemptFact>>;
	readonly refunds: Readonly<Record<string, RefundFact>>;
	readonly disputes: Readonly<Record<string, DisputeFact>>;
}

export interface Payment {
	/** What was asked for, in minor units. */
	readonly amount: number;
	/** ISO 4217, upper case. */
	readonly currency: string;
	/** How often it may be paid: once when absent, any number of times when 0. */
	readonly uses?: number;
	readonly facts: PaymentFacts;
	readonly state: PaymentState;
	readonly amountPaid: number;
	readonly amountRefunded: number;
	/** The provider's time of the first attempt that was paid. */
	readonly paidAt?: number;
}

/** What a change asks of the desk. `key` is the same however often the change is found: it is done once. */
export type PaymentEffect =
	| { readonly kind: 'paid' | 'paid_again' | 'renewed'; readonly key: string; readonly amount: number }
	| { readonly kind: 'pending' | 'expired'; readonly key: string }
	/** `pageIsSpent`: the page had taken the payment, and nobody can try again there. */
	| { readonly kind: 'failed'; readonly key: string; readonly reason?: string; readonly pageIsSpent?: true }
	| { readonly kind: 'renewal_failed'; readonly key: string; readonly reason?: string; readonly payUrl?: string }
	| { readonly kind: 'refunded'; readonly key: string; readonly amount: number; readonly whole: boolean }
	| { readonly kind: 'refund_failed'; readonly key: string; readonly amount: number }
	| { readonly kind: 'dispute_opened'; readonly key: string; readonly amount: number; readonly reason?: string }
	| { readonly kind: 'dispute_closed'; readonly key: string; readonly won: boolean };

export const NO_FACTS: PaymentFacts = { attempts: {}, refunds: {}, disputes: {} };

/** A payment of which nothing was heard yet. */
export function newPayment(asked: Pick<Payment, 'amount' | 'currency' | 'uses'>): Payment {
	return { ...asked, facts: NO_FACTS, state: 'requested', amountPaid: 0, amountRefunded: 0 };
}

/** Of two things told for the same second, the one that comes later in an object's life. */
const ATTEMPT_ORDER = ['pending', 'failed', 'expired', 'paid'] as const;
const REFUND_ORDER = ['pending', 'succeeded', 'failed'] as const;
const DISPUTE_ORDER = ['open', 'won', 'lost'] as const;

/** Positive when the first is later: by time, then by the order of a life, then by what cannot differ by arrival. */
function later<State extends string>(first: Fact<State>, second: Fact<State>, order: readonly State[]): number {
	return (
		first.at - second.at || order.indexOf(first.state) - order.indexOf(second.state) || first.amount - second.amount
	);
}

function laterAttempt(first: AttemptFact, second: AttemptFact): number {
	const [one, other] = [first, second].map(({ reason = '', renewal = false }) => `${reason} ${renewal}`);
	return later(first, second, ATTEMPT_ORDER) || Number(one > other) - Number(one < other);
}

function standingAttempt(known: AttemptFact, told: AttemptFact): AttemptFact {
	if (known.state === 'paid' || told.state === 'paid') {
		// Money that came stays; told twice, the first time counts.
		if (known.state !== told.state) return known.state === 'paid' ? known : told;
		return laterAttempt(told, known) < 0 ? told : known;
	}
	return laterAttempt(told, known) > 0 ? told : known;
}

function withFact(facts: PaymentFacts, event: PaymentEvent): PaymentFacts {
	const { at, amount } = event;
	switch (event.kind) {
		case 'refund': {
			const told: RefundFact = { state: event.state, amount, at };
			const known = ownValue(facts.refunds, event.refund);
			if (known !== undefined && later(told, known, REFUND_ORDER) <= 0) return facts;
			return { ...facts, refunds: { ...facts.refunds, [event.refund]: told } };
		}
		case 'dispute': {
			const told: DisputeFact = { state: event.state, amount, at };
			const known = ownValue(facts.disputes, event.dispute);
			if (known !== undefined && later(told, known, DISPUTE_ORDER) <= 0) return facts;
			return { ...facts, disputes: { ...facts.disputes, [event.dispute]: told } };
		}
		default: {
			const told: AttemptFact = {
				state: event.kind,
				amount,
				at,
				...(event.renewal === undefined ? {} : { renewal: event.renewal }),
				...(event.reason === undefined ? {} : { reason: event.reason }),
			};
			const known = ownValue(facts.attempts, event.attempt);
			const standing = known === undefined ? told : standingAttempt(known, told);
			if (standing === known) return facts;
			return { ...facts, attempts: { ...facts.attempts, [event.attempt]: standing } };
		}
	}
}

const sum = (facts: ReadonlyArray<{ readonly amount: number }>): number =>
	facts.reduce((total, { amount }) => total + amount, 0);

function unpaidState(attempts: readonly AttemptFact[]): PaymentState {
	if (attempts.some(({ state }) => state === 'pending')) return 'pending';
	const last = attempts.reduce<AttemptFact | undefined>(
		(latest, attempt) => (latest === undefined || later(attempt, latest, ATTEMPT_ORDER) > 0 ? attempt : latest),
		undefined,
	);
	return last?.state ?? 'requested';
}

/** The payment as its facts tell it. */
export function paymentOfFacts(asked: Pick<Payment, 'amount' | 'currency' | 'uses'>, facts: PaymentFacts): Payment {
	const attempts = Object.values(facts.attempts);
	const paid = attempts.filter(({ state }) => state === 'paid');
	const amountPaid = sum(paid);
	const amountRefunded = sum(Object.values(facts.refunds).filter(({ state }) => state === 'succeeded'));
	const { amount, currency, uses } = asked;
	const known = { amount, currency, ...(uses === undefined ? {} : { uses }), facts, amountPaid, amountRefunded };
	// A failed renewal takes nothing back of what was paid before.
	if (paid.length === 0) return { ...known, state: unpaidState(attempts.filter(({ renewal }) => renewal !== true)) };
	const paidAt = Math.min(...paid.map(({ at }) => at));
	const disputed = Object.values(facts.disputes).some(({ state }) => state !== 'won');
	if (disputed) return { ...known, paidAt, state: 'disputed' };
	if (amountRefunded === 0) return { ...known, paidAt, state: 'paid' };
	return { ...known, paidAt, state: amountRefunded >= amountPaid ? 'refunded' : 'partially_refunded' };
}

function attemptEffects(before: Payment, after: Payment, event: AttemptEvent): PaymentEffect[] {
	const { attempt } = event;
	// A second refusal is news; a second word of the same success is none.
	if (event.kind !== 'failed' && ownValue(before.facts.attempts, attempt)?.state === event.kind) return [];
	if (event.kind === 'paid') {
		const key = `paid:${attempt}`;
		const { amount } = event;
		if (event.renewal) return [{ kind: 'renewed', key, amount }];
		// Told after its own refund: there is nothing to confirm any more.
		if (after.state === 'refunded') return [];
		const others = Object.entries(before.facts.attempts).filter(
			([id, fact]) => id !== attempt && fact.state === 'paid' && fact.renewal !== true,
		);
		const { uses = 1 } = after;
		return [{ kind: uses !== 0 && others.length >= uses ? 'paid_again' : 'paid', key, amount }];
	}
	if (event.renewal) {
		return event.kind === 'failed'
			? [
					{
						kind: 'renewal_failed',
						key: `failed:${attempt}:${event.at}`,
						reason: event.reason,
						...(event.payUrl === undefined ? {} : { payUrl: event.payUrl }),
					},
				]
			: [];
	}
	// Only what is still so: an old failure of a payment that has been paid since concerns nobody.
	if (after.state !== event.kind) return [];
	if (event.kind === 'failed') {
		const key = `failed:${event.refusal ?? `${attempt}:${event.at}`}`;
		const wasOnItsWay = ownValue(before.facts.attempts, attempt)?.state === 'pending';
		const pageIsSpent = wasOnItsWay && (after.uses ?? 1) === 1;
		return [{ kind: 'failed', key, reason: event.reason, ...(pageIsSpent ? { pageIsSpent } : {}) }];
	}
	return [{ kind: event.kind, key: `${event.kind}:${attempt}` }];
}

function refundEffects(before: Payment, after: Payment, event: RefundEvent): PaymentEffect[] {
	const { refund, amount } = event;
	if (ownValue(before.facts.refunds, refund)?.state === event.state) return [];
	if (event.state === 'pending') return [];
	if (event.state === 'failed') return [{ kind: 'refund_failed', key: `refund_failed:${refund}`, amount }];
	// A refund may be told before the payment that it gives back.
	const whole = after.amountRefunded >= (after.amountPaid || after.amount);
	return [{ kind: 'refunded', key: `refunded:${refund}`, amount, whole }];
}

function disputeEffects(before: Payment, event: DisputeEvent): PaymentEffect[] {
	const { dispute, amount, reason } = event;
	if (ownValue(before.facts.disputes, dispute)?.state === event.state) return [];
	if (event.state === 'open') return [{ kind: 'dispute_opened', key: `dispute:${dispute}`, amount, reason }];
	return [{ kind: 'dispute_closed', key: `dispute_closed:${dispute}`, won: event.state === 'won' }];
}

function effectsOf(before: Payment, after: Payment, event: PaymentEvent): PaymentEffect[] {
	switch (event.kind) {
		case 'refund':
			return refundEffects(before, after, event);
		case 'dispute':
			return disputeEffects(before, event);
		default:
			return attemptEffects(before, after, event);
	}
}

/** What the provider told, taken in: the payment after it, and what is to be done about the change. Nothing new: no effects. */
export function applyPaymentEvent(
	payment: Payment,
	event: PaymentEvent,
): { readonly payment: Payment; readonly effects: readonly PaymentEffect[] } {
	const facts = withFact(payment.facts, event);
	if (facts === payment.facts) return { payment, effects: [] };
	const after = paymentOfFacts(payment, facts);
	return { payment: after, effects: effectsOf(payment, after, event) };
}
