import { InvalidInput } from '../../domain/invalidInput';
import { CASH_ON_DELIVERY, cashEvent } from '../../domain/payments/cashOnDelivery';
import { decimalOf } from '../../domain/payments/money';
import { applyPaymentEvent, paymentOfFacts, type PaymentFacts } from '../../domain/payments/payment';
import type { BusinessProfile } from '../../domain/profile/businessProfile';
import { appendAudit } from '../../store/repositories/auditLog';
import { touchConversationsOf } from '../../store/repositories/conversations';
import { getPayment, paymentsForTheSame, updatePayment, type PaymentRow } from '../../store/repositories/payments';
import type { Store, StoreTransaction } from '../../store/store';
import { handoverOf } from './cashPayments';
import { planReminder } from './planReminder';

/** What the customer was asked to pay at before they agreed on cash can be paid, and is reminded of, again. */
async function restoreLinks(
	tx: StoreTransaction,
	store: Store,
	profile: BusinessProfile,
	cash: PaymentRow,
): Promise<void> {
	for (const link of await paymentsForTheSame(tx, store.workspaceId, cash)) {
		if (link.replaced_by !== cash.id) continue;
		const restored = { ...link, replaced_by: null };
		await updatePayment(tx, store, link.id, {
			replaced_by: null,
			reminder_due_at: link.url === null ? null : await planReminder(tx, store, profile, restored),
			reminder_attempts: 0,
		});
	}
}

/**
 * Cash on delivery that is not wanted any more. Cancelled twice it is cancelled once. The caller's transaction holds the contact's
 * lock.
 * @returns undefined where there is no such cash on delivery
 * @throws InvalidInput where the money came
 */
export async function cancelCashInside(
	tx: StoreTransaction,
	store: Store,
	profile: BusinessProfile,
	wish: {
		readonly paymentId: string;
		readonly reason?: string;
		readonly requestId: string;
		readonly actor: string;
	},
): Promise<{ readonly payment: PaymentRow; readonly changed: boolean } | undefined> {
	const row = await getPayment(tx, store.workspaceId, wish.paymentId);
	if (row?.provider !== CASH_ON_DELIVERY) return undefined;
	if (row.state === 'expired') return { payment: row, changed: false };
	if (row.state !== 'requested') {
		const name = handoverOf(row)?.collectedBy ?? '—';
		throw new InvalidInput({
			message: `This cash was collected by ${name}`,
			description: 'What came cannot be cancelled.',
			reason: { code: 'cashCollected', values: { name } },
		});
	}
	const money = { minor: row.amount, currency: row.currency };
	const { payment } = applyPaymentEvent(
		paymentOfFacts(row, JSON.parse(row.facts) as PaymentFacts),
		cashEvent('expired', money, store.now()),
	);
	const changes = { state: payment.state, facts: JSON.stringify(payment.facts) };
	await updatePayment(tx, store, row.id, changes);
	await restoreLinks(tx, store, profile, row);
	await appendAudit(tx, store, {
		...(row.contact_id === null ? {} : { contactId: row.contact_id }),
		actor: wish.actor,
		action: 'payment.cash_cancelled',
		subjectKind: 'payment',
		subjectId: row.id,
		payload: {
			amount: decimalOf(money),
			currency: row.currency,
			...(wish.reason === undefined ? {} : { reason: wish.reason }),
			requestId: wish.requestId,
		},
	});
	if (row.contact_id !== null) await touchConversationsOf(tx, store, row.contact_id);
	return { payment: { ...row, ...changes }, changed: true };
}
