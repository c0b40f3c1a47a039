import type { MessageContent } from '../../domain/messages/events';
import type { ConversationRow } from '../../store/repositories/conversations';
import { changeMessage, findByVendorId } from '../../store/repositories/messages';
import { removeSearchEntry, replaceSearchEntry } from '../../store/repositories/searchEntries';
import type { Store, StoreTransaction } from '../../store/store';

/** Kinds of message that say something about another one; people see them on that one, not as a line of their own. */
export const ABOUT_ANOTHER = ['reaction', 'edit', 'revoke'] as const;

/** The vendor's id of the message that a reaction, an edit or a deletion is about. */
export function aboutMessage(content: MessageContent): string | null {
	if (content.type === 'reaction') return content.reaction?.messageId ?? null;
	return content.type === 'edit' || content.type === 'revoke' ? (content.originalMessageId ?? null) : null;
}

/**
 * Lets a reaction, an edit or a deletion show on the message it is about. What was written first stays on record in the row's
 * content; what was taken back is not found any more.
 */
export async function applyToOriginal(
	tx: StoreTransaction,
	store: Store,
	conversation: ConversationRow,
	content: MessageContent,
	at: number,
): Promise<void> {
	const about = aboutMessage(content);
	if (about === null) return;
	const original = await findByVendorId(tx, store.workspaceId, conversation.channel_id, about);
	if (!original || original.conversation_id !== conversation.id) return;
	if (content.type === 'revoke') {
		await changeMessage(tx, store, original.id, { deleted_at: at });
		await removeSearchEntry(tx, original.id);
		return;
	}
	if (content.type === 'reaction') return await changeMessage(tx, store, original.id, {});
	// Edits may overtake each other: the newest stays.
	if (original.deleted_at !== null || (original.edited_at ?? 0) > at) return;
	const text = content.edited?.text ?? content.text ?? original.text;
	await changeMessage(tx, store, original.id, { edited_at: at, text });
	await replaceSearchEntry(tx, {
		id: original.id,
		workspaceId: store.workspaceId,
		contactId: conversation.contact_id,
		conversationId: conversation.id,
		text: text ?? '',
	});
}

/** What a message makes of the list of conversations: the newest one is shown, and sorts it. */
export function newestOf(
	conversation: Pick<ConversationRow, 'activity_at' | 'last_message_id'>,
	message: { readonly id: string; readonly at: number },
): Partial<Pick<ConversationRow, 'activity_at' | 'last_message_id'>> {
	// A conversation begins with the message that made it, however long that was under way.
	const isNewest = conversation.last_message_id === null || message.at >= conversation.activity_at;
	return isNewest ? { activity_at: message.at, last_message_id: message.id } : {};
}

/** Whether a customer's message there waits for a person, not for the bot. */
export function waitsForPerson(mode: ConversationRow['mode']): boolean {
	return mode === 'waiting' || mode === 'human' || mode === 'mirrored';
}
