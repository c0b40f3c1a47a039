import { collectionTime } from '../../domain/consent/mayWrite';
import { pauseBeforeReminder } from '../../domain/payments/reminders';
import type { BusinessProfile } from '../../domain/profile/businessProfile';
import { lastRemindedAt, type PaymentRow } from '../../store/repositories/payments';
import type { Executor, Store } from '../../store/store';

/**
 * When the customer is reminded next of a payment to which something has happened now: in the profile's contact hours and no oftener
 * than they say (D25).
 * @returns null when they are not reminded any more
 */
export async function planReminder(
	executor: Executor,
	store: Store,
	profile: BusinessProfile,
	payment: Pick<PaymentRow, 'contact_id' | 'conversation_id' | 'state' | 'reminders' | 'replaced_by'>,
): Promise<number | null> {
	const { contact_id: contactId, conversation_id: conversationId, state, reminders, replaced_by: replacedBy } = payment;
	if (contactId === null || conversationId === null || replacedBy !== null) return null;
	const pause = pauseBeforeReminder(profile, state, reminders ?? 0);
	if (pause === undefined) return null;
	const lastCollectionAt = await lastRemindedAt(executor, contactId);
	return collectionTime({ lastCollectionAt }, new Date(store.now() + pause), profile).getTime();
}
