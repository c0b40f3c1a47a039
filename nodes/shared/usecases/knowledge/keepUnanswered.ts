import { classify } from '../../domain/classifier/classify';
import type { KnowledgeFinding } from '../../domain/knowledge/knowledge';
import { decidingWords } from '../../domain/knowledge/searchWords';
import { ownValue } from '../../domain/ownValue';
import { oneLine, withoutNumbers } from '../../domain/simulation/hiddenNumbers';
import type { ConversationRow } from '../../store/repositories/conversations';
import type { MessageRow } from '../../store/repositories/messages';
import { insertUnanswered } from '../../store/repositories/unansweredQuestions';
import type { Store, StoreTransaction } from '../../store/store';
import { messageOfRow } from '../emit/items';

/** Others read it: who asked and how to reach them is not part of it. */
function withoutPerson(text: string): string {
	const { name } = classify(text).entities;
	return oneLine(withoutNumbers(name === undefined ? text : text.replaceAll(name, '•••')), 300);
}

/** The same question in other words and another order has the same key. */
function questionKey(text: string): string {
	const words = decidingWords(text).map(({ stem }) => stem);
	return [...new Set(words)].sort().join(' ').slice(0, 200);
}

/** Keeps what was asked and nothing answered, in the turn's own transaction: the business sees what to write down (O15). */
export async function keepUnanswered(
	tx: StoreTransaction,
	store: Store,
	conversation: ConversationRow,
	messages: readonly MessageRow[],
	knowledge: Readonly<Record<string, KnowledgeFinding>>,
): Promise<void> {
	for (const row of messages) {
		const { id, content } = messageOfRow(row);
		if (ownValue(knowledge, id)?.kind !== 'none') continue;
		const text = content.text ?? content.media?.caption ?? '';
		const question = withoutPerson(text);
		const key = questionKey(question);
		if (key === '') continue;
		await insertUnanswered(tx, store, {
			contact_id: conversation.contact_id,
			conversation_id: conversation.id,
			message_id: row.id,
			question_key: key,
			question,
			at: store.now(),
		});
	}
}
