import { markOwnNotificationsRead } from '../../../store/repositories/notifications';
import type { Command } from './command';

/** One's own notifications are read; others' are left as they are. */
export const readNotifications: Command<'readNotifications'> = {
	about: 'desk',
	async run({ store, viewer }, { notificationIds, all }, once) {
		return await store.transaction(async (tx) => {
			const read = await markOwnNotificationsRead(tx, store, viewer.advisorId, all ? undefined : notificationIds);
			await once({ answer: { read } })(tx);
			return { read };
		});
	},
};
