import type { BusinessProfile } from '../profile/businessProfile';
import type { PaymentState } from './payment';

/** What a customer can still be reminded of: asked for, and neither there nor on its way. */
const AWAITED: ReadonlySet<PaymentState> = new Set<PaymentState>(['requested', 'failed', 'expired']);

/** Whether the money of a payment is still waited for. */
export function isAwaited(state: PaymentState): boolean {
	return AWAITED.has(state);
}

/**
 * How long after what happened last the customer is reminded of a payment, milliseconds; undefined: not any more.
 * @param sent reminders before
 */
export function pauseBeforeReminder(
	{ payments }: Pick<BusinessProfile, 'payments'>,
	state: PaymentState,
	sent: number,
): number | undefined {
	if (!isAwaited(state) || sent >= payments.reminders) return undefined;
	return (sent === 0 ? payments.firstReminderMinutes : payments.nextReminderMinutes) * 60_000;
}
