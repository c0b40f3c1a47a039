import type { MediaReference } from '../../domain/messages/events';
import { insertAttachment } from '../../store/repositories/attachments';
import type { ConversationRow } from '../../store/repositories/conversations';
import type { Store, StoreTransaction } from '../../store/store';

/** Notes that a file of a message lies at the vendor, to be fetched. */
export async function keepMedia(
	tx: StoreTransaction,
	store: Store,
	conversation: ConversationRow,
	messageId: string,
	media: MediaReference,
): Promise<void> {
	const now = store.now();
	await insertAttachment(tx, {
		id: store.newId(),
		workspace_id: store.workspaceId,
		channel_id: conversation.channel_id,
		contact_id: conversation.contact_id,
		message_id: messageId,
		media_id: media.mediaId,
		type: media.type,
		mime_type: media.mimeType ?? null,
		filename: media.filename ?? null,
		caption: media.caption ?? null,
		sha256: null,
		size: null,
		state: 'pending',
		attempts: 0,
		// The turn emits it on its Attachment output at once; Due brings what no turn has emitted.
		ready_at: now + 30_000,
		owner: null,
		claimed_at: null,
		error: null,
		created_at: now,
	});
}
