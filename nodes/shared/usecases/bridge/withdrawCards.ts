import { customerName } from '../../domain/identity/knownName';
import { cardsOfConversation, updateBridgeMessage } from '../../store/repositories/bridges';
import { getAdvisor } from '../../store/repositories/advisors';
import { getContact } from '../../store/repositories/contacts';
import type { ConversationRow } from '../../store/repositories/conversations';
import { markNotificationsRead } from '../../store/repositories/notifications';
import type { Store, StoreTransaction } from '../../store/store';
import { askForTask } from './tasks';

/** How far back cards of the same customer belong together, ms. */
export const CARD_LIFE = 24 * 3_600_000;

/**
 * Somebody has the customer now, on their phone or in the inbox: the cards of all others are gone, and they are told who has,
 * once a card, in the transaction that gives the customer away.
 * @returns the tasks that tell them; Due does them where nobody else does
 */
export async function withdrawCards(
	tx: StoreTransaction,
	store: Store,
	conversation: ConversationRow,
	holderId: string,
): Promise<readonly string[]> {
	const cards = await cardsOfConversation(tx, store.workspaceId, conversation.id, store.now() - CARD_LIFE);
	const open = cards.filter(({ state }) => state === 'open');
	if (open.length === 0) return [];
	const holder = await getAdvisor(tx, store.workspaceId, holderId);
	const contact = await getContact(tx, store.workspaceId, conversation.contact_id);
	const asked: string[] = [];
	for (const card of open) {
		const isOwn = card.advisor_id === holderId;
		await updateBridgeMessage(tx, card.id, { state: isOwn ? 'taken' : 'withdrawn' });
		if (card.notification_id !== null) await markNotificationsRead(tx, store, { notificationId: card.notification_id });
		if (isOwn) continue;
		asked.push(
			await askForTask(
				tx,
				store,
				{ contactId: conversation.contact_id, webhookId: conversation.webhook_id },
				{
					kind: 'tell',
					advisorId: card.advisor_id,
					text: 'taken_by_other',
					values: { name: customerName(contact), advisor: holder?.name ?? '—' },
					conversationId: conversation.id,
				},
				`gone:${card.id}`,
			),
		);
	}
	return asked;
}
