import { contactsById } from '../../../store/repositories/inboxLookups';
import { listNotifications } from '../../../store/repositories/notifications';
import { pageOf, readCursor } from '../cursors';
import { notificationView } from '../notificationViews';
import type { AnswerOf } from './query';

/** One's own notifications, newest first. */
export const notifications: AnswerOf<'notifications'> = async ({ store, viewer }, { cursor, limit }) => {
	const rows = await listNotifications(store.db, store.workspaceId, {
		advisorId: viewer.advisorId,
		before: readCursor(cursor)?.id,
		limit: limit + 1,
	});
	const contactIds = rows.flatMap(({ contact_id }) => contact_id ?? []);
	const contacts = await contactsById(store.db, store.workspaceId, contactIds);
	return pageOf(
		rows,
		limit,
		({ created_at, id }) => ({ at: created_at, id }),
		(row) => notificationView(row, contacts.get(row.contact_id ?? '')),
	);
};
