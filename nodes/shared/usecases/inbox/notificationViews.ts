import { customerName } from '../../domain/identity/knownName';
import type { NotificationView } from '../../domain/inbox/views';
import type { ContactRow } from '../../store/repositories/contacts';
import type { NotificationRow } from '../../store/repositories/notifications';

export function notificationView(row: NotificationRow, contact: ContactRow | undefined): NotificationView {
	return {
		id: row.id,
		kind: row.kind,
		text: row.text,
		...(row.conversation_id === null ? {} : { conversationId: row.conversation_id }),
		...(contact === undefined ? {} : { contactName: customerName(contact) }),
		at: new Date(row.created_at).toISOString(),
		read: row.state === 'read',
	};
}
