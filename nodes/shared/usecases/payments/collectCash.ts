import { InvalidInput } from '../../domain/invalidInput';
import { CASH_ON_DELIVERY, cashEvent, type CashHandover } from '../../domain/payments/cashOnDelivery';
import { decimalOf, readPositiveMoney, writeMoney } from '../../domain/payments/money';
import { applyPaymentEvent, paymentOfFacts, type PaymentFacts } from '../../domain/payments/payment';
import type { BusinessProfile } from '../../domain/profile/businessProfile';
import { localeOf } from '../../domain/profile/locale';
import { getPayment, updatePayment, type PaymentRow } from '../../store/repositories/payments';
import type { Store, StoreTransaction } from '../../store/store';
import { afterPayment } from './afterPayment';
import { handoverOf, paidAnotherWay } from './cashPayments';
import type { PaymentDetails } from './requestPayment';

export interface CashCollection extends CashHandover {
	readonly paymentId: string;
	/** As people write it, in the currency that was agreed. */
	readonly amount: string;
	/** The customer has paid another way too, and whoever records it knows. */
	readonly despitePaid: boolean;
	/** For the bitácora: `advisor:<id>`. */
	readonly actor: string;
}

export interface CollectedCash {
	readonly payment: PaymentRow;
	/** The customer's receipt, where they may be written to. */
	readonly outboxIds: readonly string[];
	/** What came, as people write it. */
	readonly amountText: string;
	/** The money came a second time: somebody has to give it back. */
	readonly isSecond: boolean;
	/** Undefined where it is the second time: then it makes nobody a customer. */
	readonly firstPurchase?: boolean;
}

/** @throws InvalidInput where nothing can be handed over any more */
function assertAwaited(payment: PaymentRow): void {
	if (payment.state === 'requested') return;
	if (payment.state === 'expired') {
		throw new InvalidInput({
			message: 'This cash on delivery was cancelled',
			description: 'Agree on it again, then record that it came.',
			reason: { code: 'cashCancelled' },
		});
	}
	const name = handoverOf(payment)?.collectedBy ?? '—';
	throw new InvalidInput({
		message: `This cash was recorded before, collected by ${name}`,
		description: 'It counts once. Load the page again to see it.',
		reason: { code: 'cashCollected', values: { name } },
	});
}

/**
 * Records that cash on delivery came, once: with everything that follows money (receipt, case, lead, team, bitácora, figures). The
 * caller's transaction holds the contact's lock.
 * @throws InvalidInput where it was collected or cancelled before, is no amount, differs without a note, or was paid another way
 */
export async function collectCashInside(
	tx: StoreTransaction,
	store: Store,
	profile: BusinessProfile,
	collection: CashCollection,
	webhookId: string,
): Promise<CollectedCash | undefined> {
	const row = await getPayment(tx, store.workspaceId, collection.paymentId);
	if (row?.provider !== CASH_ON_DELIVERY) return undefined;
	assertAwaited(row);
	const { currency } = row;
	const locale = localeOf(profile.language, profile);
	const money = readPositiveMoney(collection.amount, currency);
	const note = collection.note?.trim() ?? '';
	if (money.minor !== row.amount && note === '') {
		const agreed = writeMoney({ minor: row.amount, currency }, locale);
		throw new InvalidInput({
			message: `'Note' is empty: ${agreed} was agreed, and another amount came`,
			description: 'Write why.',
			parameter: 'Note',
			reason: { code: 'cashDiffers', values: { amount: agreed } },
		});
	}
	const other = await paidAnotherWay(tx, store, row);
	if (other !== undefined && !collection.despitePaid) {
		const amount = writeMoney({ minor: other.amount_paid, currency: other.currency }, locale);
		throw new InvalidInput({
			message: `The customer has paid ${amount} for the same already`,
			description: "Tick 'Despite Paid' if the cash came too: then the team is told to give one back.",
			parameter: 'Despite Paid',
			reason: { code: 'paidAlready', values: { amount } },
		});
	}
	const { payment } = applyPaymentEvent(
		paymentOfFacts(row, JSON.parse(row.facts) as PaymentFacts),
		cashEvent('paid', money, store.now()),
	);
	const handover: CashHandover = { collectedBy: collection.collectedBy, ...(note === '' ? {} : { note }) };
	const changes = {
		state: payment.state,
		facts: JSON.stringify(payment.facts),
		amount_paid: payment.amountPaid,
		paid_at: payment.paidAt ?? null,
		details: JSON.stringify({ ...(JSON.parse(row.details) as PaymentDetails), cash: handover }),
	};
	await updatePayment(tx, store, row.id, changes);
	const isSecond = other !== undefined;
	const notice = { kind: isSecond ? 'paid_again' : 'paid', key: 'paid:cash', amount: money.minor } as const;
	const paid: PaymentRow = { ...row, ...changes };
	const { item, outboxIds } = await afterPayment(tx, store, profile, paid, notice, {
		webhookId,
		actor: collection.actor,
	});
	return {
		payment: paid,
		outboxIds,
		amountText: writeMoney(money, locale),
		isSecond,
		...(typeof item.firstPurchase === 'boolean' ? { firstPurchase: item.firstPurchase } : {}),
	};
}

/** What was agreed, where another amount came. */
export const agreedInstead = ({ amount, amount_paid: paid, currency }: PaymentRow): string | undefined =>
	paid === amount ? undefined : decimalOf({ minor: amount, currency });
