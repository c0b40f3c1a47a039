import { attachmentsOfMessages } from '../../store/repositories/attachments';
import { openBridgeOf } from '../../store/repositories/bridges';
import type { ConversationRow } from '../../store/repositories/conversations';
import type { MessageRow } from '../../store/repositories/messages';
import type { Store, StoreTransaction } from '../../store/store';
import { askForTask } from './tasks';

/**
 * What a customer wrote while an advisor attends them by the bridge is asked to be passed on, in the transaction of the turn: words in
 * one bubble, each file in its own.
 * @returns the tasks that do it; empty when nobody attends by the bridge
 */
export async function relayTurn(
	tx: StoreTransaction,
	store: Store,
	conversation: ConversationRow,
	messages: readonly MessageRow[],
): Promise<readonly string[]> {
	const bridge = await openBridgeOf(tx, store.workspaceId, conversation.id);
	if (bridge === undefined || bridge.advisor_id !== conversation.owner_advisor_id) return [];
	const about = { contactId: conversation.contact_id, webhookId: conversation.webhook_id };
	const conversationId = conversation.id;
	const files = await attachmentsOfMessages(
		tx,
		store.workspaceId,
		messages.filter(({ type }) => type !== 'text').map(({ id }) => id),
	);
	const asked: string[] = [];
	const words = messages.filter(({ id }) => !files.some((file) => file.message_id === id)).map(({ id }) => id);
	const [first] = words;
	if (first !== undefined)
		asked.push(
			await askForTask(tx, store, about, { kind: 'relay', conversationId, messageIds: words }, `relay:${first}`),
		);
	for (const { id } of files)
		asked.push(
			await askForTask(tx, store, about, { kind: 'relayFile', conversationId, attachmentId: id }, `relay:${id}`),
		);
	return asked;
}
