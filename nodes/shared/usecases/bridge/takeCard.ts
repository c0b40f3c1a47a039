import { customerName } from '../../domain/identity/knownName';
import { appendAudit } from '../../store/repositories/auditLog';
import {
	bridgeMessageBy,
	openBridge,
	updateBridgeMessage,
	type BridgeMessageRow,
} from '../../store/repositories/bridges';
import type { AdvisorRow } from '../../store/repositories/advisors';
import { getContact } from '../../store/repositories/contacts';
import type { ConversationRow } from '../../store/repositories/conversations';
import { messagesOfConversation } from '../../store/repositories/messages';
import { kindInWords } from '../../text/bridgeTexts';
import { actOnConversation } from '../dialogue/conversationMode';
import { holderOf } from './attendance';
import { wordsOfMessage } from './relay';
import { withdrawCards } from './withdrawCards';
import type { BridgeWork } from './work';

/** How many of the customer's last messages an advisor reads when taking over. */
const LAST_WORDS = 3;

/** What the customer wrote last, for whoever takes over. */
async function lastWords(work: BridgeWork, conversation: ConversationRow): Promise<string> {
	const { tx, store, desk } = work;
	const rows = await messagesOfConversation(tx, store, conversation.id, { limit: 20 });
	return rows
		.filter(({ direction }) => direction === 'in')
		.slice(0, LAST_WORDS)
		.reverse()
		.map((row) => wordsOfMessage(row, desk.profile.language) ?? kindInWords(row.type, desk.profile.language))
		.map((words) => `› ${words.replace(/\s+/g, ' ').slice(0, 300)}`)
		.join('\n');
}

/** A card of this advisor with its conversation, or nothing when there is none any more. */
export async function cardOf(
	work: BridgeWork,
	task: { readonly cardId: string; readonly advisorId: string },
): Promise<
	{ readonly card: BridgeMessageRow; readonly conversation: ConversationRow; readonly advisor: AdvisorRow } | undefined
> {
	const card = await bridgeMessageBy(work.tx, work.store.workspaceId, 'id', task.cardId);
	const advisor = work.advisor(task.advisorId);
	if (!card || !advisor || card.advisor_id !== advisor.id || card.conversation_id === null) return undefined;
	const conversation = await work.conversation(card.conversation_id);
	return conversation && { card, conversation, advisor };
}

/** The customer is this advisor's from now on: the bot is silent (D13), and the others are told that their cards are gone. */
export async function attendFrom(
	work: BridgeWork,
	conversation: ConversationRow,
	advisor: AdvisorRow,
	act: 'took_over' | 'wrote',
): Promise<ConversationRow> {
	const { tx, store, desk } = work;
	work.asked.push(...(await withdrawCards(tx, store, conversation, advisor.id)));
	const changed = await actOnConversation(tx, store, desk.profile, conversation, {
		act,
		actor: `advisor:${advisor.id}`,
		ownerAdvisorId: advisor.id,
		requestId: work.taskId,
	});
	await openBridge(tx, store, {
		conversation_id: conversation.id,
		contact_id: conversation.contact_id,
		advisor_id: advisor.id,
	});
	return changed.conversation;
}

/** «Lo tomo»: of two who tap at once the first one has the customer, the other reads who. */
export async function takeCard(
	work: BridgeWork,
	task: { readonly cardId: string; readonly advisorId: string },
): Promise<void> {
	const { tx, store } = work;
	const found = await cardOf(work, task);
	if (found === undefined) return;
	const { card, conversation, advisor } = found;
	const contact = await getContact(tx, store.workspaceId, conversation.contact_id);
	const name = customerName(contact);
	const holder = await holderOf(tx, store, conversation);
	if (holder !== undefined && holder.advisorId !== advisor.id) {
		await updateBridgeMessage(tx, card.id, { state: 'withdrawn' });
		const other = work.advisor(holder.advisorId)?.name ?? '—';
		await work.tell({
			advisorId: advisor.id,
			text: 'taken_by_other',
			values: { name, advisor: other },
			conversationId: conversation.id,
		});
		return;
	}
	if (holder?.byBridge === true && card.state === 'taken') return;
	const words = await lastWords(work, conversation);
	await attendFrom(work, conversation, advisor, 'took_over');
	await updateBridgeMessage(tx, card.id, { state: 'taken' });
	await appendAudit(tx, store, {
		contactId: conversation.contact_id,
		actor: `advisor:${advisor.id}`,
		action: 'bridge.taken',
		subjectKind: 'conversation',
		subjectId: conversation.id,
		payload: { advisor: advisor.name, cardId: card.id, requestId: work.taskId },
	});
	await work.tell({
		advisorId: advisor.id,
		text: 'taken',
		values: { name, last_words: words },
		conversationId: conversation.id,
	});
}
