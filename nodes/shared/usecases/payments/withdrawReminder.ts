import { OWN_SENTENCES } from '../../domain/failures/ownSentences';
import { changeMessage } from '../../store/repositories/messages';
import { outboxOfRequest, updateOutbox } from '../../store/repositories/outbox';
import type { PaymentRow } from '../../store/repositories/payments';
import type { Store, StoreTransaction } from '../../store/store';

/** The request of a payment's reminder. */
export const reminderRequestOf = (paymentId: string, number: number): string =>
	`payment:${paymentId}:reminder:${number}`;

/** A reminder that waits to be sent is not sent once there is nothing to be reminded of. */
export async function withdrawReminder(tx: StoreTransaction, store: Store, payment: PaymentRow): Promise<void> {
	const { contact_id: contactId, reminders } = payment;
	if (contactId === null || reminders === null) return;
	const requestId = reminderRequestOf(payment.id, reminders);
	for (const id of await outboxOfRequest(tx, store.workspaceId, contactId, requestId)) {
		const reason = OWN_SENTENCES.nothingToRemind;
		const changes = { state: 'cancelled' as const, finished_at: store.now(), error: reason };
		if (!(await updateOutbox(tx, id, changes, ['queued']))) continue;
		await changeMessage(tx, store, id, {
			delivery_status: 'cancelled',
			delivery_at: store.now(),
			error: JSON.stringify([{ message: reason }]),
		});
	}
}
