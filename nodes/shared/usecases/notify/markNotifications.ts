import { InvalidInput } from '../../domain/invalidInput';
import {
	getNotification,
	listNotifications,
	markNotificationsRead,
	type NotificationChoice,
} from '../../store/repositories/notifications';
import type { Store } from '../../store/store';
import { existingAdvisor } from '../team/deleteAdvisor';

/** Unread notifications that a preview counts at most. */
const COUNTED = 1_000;

async function existing(store: Store, choice: NotificationChoice): Promise<void> {
	if ('advisorId' in choice) {
		await existingAdvisor(store.db, store, choice.advisorId);
		return;
	}
	if (await getNotification(store.db, store.workspaceId, choice.notificationId)) return;
	throw new InvalidInput({
		message: `There is no notification '${choice.notificationId}' in workspace '${store.workspaceId}'`,
		description: "Choose one from the list in 'Notification', or check the store credential.",
		parameter: 'Notification',
	});
}

/** How many would be marked, without marking them. @throws InvalidInput */
export async function previewMark(store: Store, choice: NotificationChoice): Promise<number> {
	await existing(store, choice);
	if ('advisorId' in choice) {
		const unread = await listNotifications(store.db, store.workspaceId, {
			advisorId: choice.advisorId,
			state: 'unread',
			limit: COUNTED,
		});
		return unread.length;
	}
	const found = await getNotification(store.db, store.workspaceId, choice.notificationId);
	return found?.state === 'unread' ? 1 : 0;
}

/**
 * Marks a notification, or all of a person, as read. What is read already stays as it is.
 * @returns how many were unread
 * @throws InvalidInput when there is no such notification or person.
 */
export async function markNotifications(store: Store, choice: NotificationChoice): Promise<number> {
	await existing(store, choice);
	return await markNotificationsRead(store.db, store, choice);
}
