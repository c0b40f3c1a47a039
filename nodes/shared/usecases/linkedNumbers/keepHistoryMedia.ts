import type { HistoryEvent } from '../../domain/messages/events';
import { attachmentsOfMessages } from '../../store/repositories/attachments';
import type { ConversationRow } from '../../store/repositories/conversations';
import { changeMessage, findByVendorId } from '../../store/repositories/messages';
import type { Store, StoreTransaction } from '../../store/store';
import { keepMedia } from '../media/keepMedia';

/**
 * The file of a message of the past, which came as a placeholder before: it becomes that message. False when the
 * placeholder is not there yet; the file then is the message, and the placeholder its duplicate.
 */
export async function keepHistoryMedia(
	tx: StoreTransaction,
	store: Store,
	conversation: ConversationRow,
	event: HistoryEvent,
): Promise<false | 'kept' | 'known'> {
	if (event.mediaOf === undefined) return false;
	const placeholder = await findByVendorId(tx, store.workspaceId, conversation.channel_id, event.mediaOf);
	if (placeholder === undefined) return false;
	const kept = await attachmentsOfMessages(tx, store.workspaceId, [placeholder.id]);
	if (event.content.media === undefined || kept.length > 0) return 'known';
	await changeMessage(tx, store, placeholder.id, {
		type: event.content.type,
		text: event.content.text ?? null,
		content: JSON.stringify({ ...event, raw: undefined }),
	});
	await keepMedia(tx, store, conversation, placeholder.id, event.content.media);
	return 'kept';
}
