import { paymentOfProvider, updatePayment } from '../../store/repositories/payments';
import type { Store } from '../../store/store';
import { underPaymentLock } from './settlePaymentEvents';
import { withdrawReminder } from './withdrawReminder';

/** Somebody has closed a payment's page on purpose: nobody is reminded of it any more. */
export async function forgetPage(store: Store, provider: string, providerId: string): Promise<void> {
	const payment = await paymentOfProvider(store.db, store.workspaceId, provider, providerId);
	if (payment === undefined) return;
	await underPaymentLock(store, payment, async (tx) => {
		await updatePayment(tx, store, payment.id, { reminder_due_at: null });
		await withdrawReminder(tx, store, payment);
	});
}
