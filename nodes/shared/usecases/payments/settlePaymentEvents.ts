import { openMatters, waitsForAnything } from '../../domain/payments/openMatters';
import { applyPaymentEvent, paymentOfFacts, type Payment, type PaymentFacts } from '../../domain/payments/payment';
import {
	isOfOtherPage,
	mismatchOf,
	type AskedPayment,
	type PaymentProvider,
	type ProviderHint,
	type ProviderTruth,
} from '../../domain/payments/provider';
import { isAwaited } from '../../domain/payments/reminders';
import type { BusinessProfile } from '../../domain/profile/businessProfile';
import { appendJournal, isJournaled } from '../../store/repositories/journal';
import {
	claimPaymentEvents,
	getPayment,
	insertPaymentEvent,
	paymentOfProvider,
	updatePayment,
	updatePaymentEvent,
	type PaymentEventRow,
	type PaymentRow,
} from '../../store/repositories/payments';
import type { Store, StoreTransaction } from '../../store/store';
import { profileInForce } from '../profile/businessProfile';
import { journalTopic } from '../emit/journalTopic';
import { afterPayment, type PaymentNotice } from './afterPayment';
import { planReminder } from './planReminder';
import { paymentLock, type PaymentDetails } from './requestPayment';
import { withdrawReminder } from './withdrawReminder';

/** Topic that wakes who reads events back in this process. */
export function paymentTopic(webhookId: string): string {
	return `payments:${webhookId}`;
}

/**
 * Writes down what a provider's signed webhook says has happened: nothing is believed and nobody is asked before the webhook is
 * acknowledged.
 * @returns how many were new
 */
export async function receivePaymentEvents(
	store: Store,
	webhookId: string,
	provider: string,
	hints: readonly ProviderHint[],
): Promise<number> {
	if (hints.length === 0) return 0;
	const written = await store.transaction(async (tx) => {
		let count = 0;
		for (const hint of hints) {
			const isNew = await insertPaymentEvent(tx, {
				id: store.newId(),
				workspace_id: store.workspaceId,
				webhook_id: webhookId,
				provider,
				event_id: hint.id,
				hint: JSON.stringify(hint),
				at: hint.at,
				state: 'received',
				attempts: 0,
				ready_at: store.now(),
				error: null,
				payment_id: null,
				created_at: store.now(),
			});
			if (isNew) count += 1;
		}
		return count;
	});
	if (written > 0) store.signal(paymentTopic(webhookId));
	return written;
}

/** Events of one look. */
const BATCH = 20;

/** How long whoever took an event has to read it back before another may, ms. */
const LEASE = 120_000;

/** Before each further try, ms: the last ones carry over a provider's outage of a day. */
const PAUSES = [2_000, 10_000, 60_000, 300_000, 900_000, 3_600_000, 3_600_000, 21_600_000, 43_200_000] as const;

/** What a payment of ours was asked for, to hold a truth against. */
export function askedOf(payment: PaymentRow): AskedPayment {
	const { adjustable } = JSON.parse(payment.details) as PaymentDetails;
	return {
		amount: payment.amount,
		currency: payment.currency,
		mode: payment.mode,
		...(payment.provider_id === null ? {} : { providerId: payment.provider_id }),
		...(adjustable === undefined ? {} : { adjustable }),
	};
}

function paymentOf(row: PaymentRow): Payment {
	const { amount, currency } = row;
	const { uses } = JSON.parse(row.details) as PaymentDetails;
	const asked = { amount, currency, ...(uses === undefined ? {} : { uses }) };
	return paymentOfFacts(asked, JSON.parse(row.facts) as PaymentFacts);
}

/** The payment that a truth is about: by our own id, else by the link. */
export async function paymentOfTruth(
	store: Store,
	provider: string,
	truth: ProviderTruth,
): Promise<PaymentRow | undefined> {
	const { paymentId, providerId } = truth;
	const known = paymentId === undefined ? undefined : await getPayment(store.db, store.workspaceId, paymentId);
	if (known?.provider === provider) return known;
	return providerId === undefined
		? undefined
		: await paymentOfProvider(store.db, store.workspaceId, provider, providerId);
}

async function emit(
	tx: StoreTransaction,
	store: Store,
	profile: BusinessProfile,
	webhookId: string,
	payment: PaymentRow,
	notice: PaymentNotice,
): Promise<void> {
	const dedupeKey = `${payment.id}:${notice.key}`;
	// What was told before is not told again, whichever event brought it.
	if (await isJournaled(tx, store, webhookId, dedupeKey)) return;
	const { output, item } = await afterPayment(tx, store, profile, payment, notice, { webhookId });
	const now = store.now();
	await appendJournal(tx, {
		id: store.newId(),
		workspace_id: store.workspaceId,
		webhook_id: webhookId,
		channel_id: null,
		output,
		contact_id: payment.contact_id,
		conversation_id: payment.conversation_id,
		message_id: null,
		dedupe_key: dedupeKey,
		payload: JSON.stringify(item),
		created_at: now,
	});
}

/** A try that failed puts the reminder off; money that came, or is on its way, ends it. */
async function reminderAfterNews(
	tx: StoreTransaction,
	store: Store,
	profile: BusinessProfile,
	payment: PaymentRow,
	isNews: boolean,
): Promise<Partial<Pick<PaymentRow, 'reminder_due_at' | 'reminder_attempts'>>> {
	if (!isAwaited(payment.state)) {
		await withdrawReminder(tx, store, payment);
		return { reminder_due_at: null };
	}
	if (!isNews) return {};
	return { reminder_due_at: await planReminder(tx, store, profile, payment), reminder_attempts: 0 };
}

/** What taking in a truth has changed. */
export interface TakenIn {
	readonly payment: PaymentRow;
	readonly before: PaymentRow['state'];
	readonly mismatch?: string;
	/** Kinds of what was new. */
	readonly news: readonly string[];
}

/**
 * Takes in what the provider said when it was asked, under the customer's lock: held against what was asked for first. What differs
 * goes to a person and confirms nothing.
 */
export async function takeInTruth(
	tx: StoreTransaction,
	store: Store,
	profile: BusinessProfile,
	webhookId: string,
	paymentId: string,
	truth: ProviderTruth,
): Promise<TakenIn | undefined> {
	const row = await getPayment(tx, store.workspaceId, paymentId);
	if (row === undefined) return undefined;
	if (isOfOtherPage(askedOf(row), truth)) return { payment: row, before: row.state, news: [] };
	const mismatch = mismatchOf(askedOf(row), truth);
	if (mismatch !== undefined) {
		const { event } = truth;
		const subject = event.kind === 'refund' ? event.refund : event.kind === 'dispute' ? event.dispute : event.attempt;
		await emit(tx, store, profile, webhookId, row, {
			kind: 'mismatch',
			key: `mismatch:${subject}:${mismatch}`,
			reason: mismatch,
		});
		return { payment: row, before: row.state, mismatch, news: [] };
	}
	const { payment, effects } = applyPaymentEvent(paymentOf(row), truth.event);
	const changes = {
		state: payment.state,
		facts: JSON.stringify(payment.facts),
		amount_paid: payment.amountPaid,
		amount_refunded: payment.amountRefunded,
		paid_at: payment.paidAt ?? null,
		open_matters: waitsForAnything(openMatters(payment.facts)) ? 1 : null,
	};
	if (changes.facts === row.facts) return { payment: row, before: row.state, news: [] };
	const after: PaymentRow = { ...row, ...changes };
	const reminded = await reminderAfterNews(tx, store, profile, after, effects.length > 0);
	await updatePayment(tx, store, row.id, { ...changes, ...reminded });
	for (const effect of effects) {
		// Its page was closed because the customer has a new one: nobody has let anything expire.
		if (effect.kind === 'expired' && row.replaced_by !== null) continue;
		await emit(tx, store, profile, webhookId, after, effect);
	}
	return { payment: after, before: row.state, news: effects.map(({ kind }) => kind) };
}

/** Runs one transaction under a payment's lock. @throws what `work` throws */
export async function underPaymentLock<T>(
	store: Store,
	payment: PaymentRow,
	work: (tx: StoreTransaction) => Promise<T>,
): Promise<T> {
	const key = paymentLock({ contactId: payment.contact_id, requestId: payment.request_id });
	const [result] = await store.eachLocked([key], async (tx) => await work(tx));
	if (result === undefined || 'error' in result) throw result?.error ?? new Error('The payment was not written');
	return result.value;
}

async function tryLater(store: Store, row: PaymentEventRow, error: unknown): Promise<void> {
	const pause = PAUSES[row.attempts - 1];
	const words = error instanceof Error ? error.message : String(error);
	await store.transaction(async (tx) => {
		await updatePaymentEvent(tx, row.id, {
			error: words,
			...(pause === undefined ? { state: 'dead' as const } : { ready_at: store.now() + pause }),
		});
	});
}

async function settle(
	store: Store,
	profile: BusinessProfile,
	provider: PaymentProvider,
	row: PaymentEventRow,
): Promise<void> {
	const truth = await provider.readBack(JSON.parse(row.hint) as ProviderHint);
	const payment = truth === undefined ? undefined : await paymentOfTruth(store, provider.name, truth);
	if (truth === undefined || payment === undefined) {
		await store.transaction(async (tx) => {
			await updatePaymentEvent(tx, row.id, { state: 'ignored', error: null });
		});
		return;
	}
	await underPaymentLock(store, payment, async (tx) => {
		// Whoever was slower than its lease finds it done.
		const ours = await updatePaymentEvent(tx, row.id, { state: 'settled', error: null, payment_id: payment.id });
		if (ours) await takeInTruth(tx, store, profile, row.webhook_id, payment.id, truth);
	});
	store.signal(journalTopic(row.webhook_id));
}

/**
 * Reads back from the provider what its webhooks said has happened, and takes in the answer. An answer that does not come is asked
 * for again, for about a day; what then remains is found by reconciliation.
 * @returns how many events were looked at
 */
export async function settlePaymentEvents(store: Store, webhookId: string, provider: PaymentProvider): Promise<number> {
	const rows = await store.transaction(async (tx) => await claimPaymentEvents(tx, store, webhookId, LEASE, BATCH));
	if (rows.length === 0) return 0;
	const { profile } = await profileInForce(store);
	for (const row of rows) {
		try {
			await settle(store, profile, provider, row);
		} catch (error) {
			await tryLater(store, row, error);
		}
	}
	return rows.length;
}
