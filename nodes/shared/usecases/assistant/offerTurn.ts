import { assistantMayAnswer } from '../../domain/conversation/assistant';
import type { ContactFacts } from '../../domain/conversation/types';
import type { BusinessProfile } from '../../domain/profile/businessProfile';
import { updateConversation, type ConversationRow } from '../../store/repositories/conversations';
import { resetTurnAttempts, updateMessage, type MessageRow } from '../../store/repositories/messages';
import type { Store, StoreTransaction } from '../../store/store';
import { messageOfRow } from '../emit/items';
import { crmOf, stateOf, type Outgoing } from '../dialogue/stepWriter';
import { assistantItem } from './turnItem';

interface Offer {
	readonly store: Store;
	readonly profile: BusinessProfile;
	/** How long the assistant has, ms; 0 where there is none. */
	readonly assistantWaitMs: number;
}

const isAtWork = (message: MessageRow, now: number): boolean =>
	message.assistant_turn !== null && message.assistant_outcome === null && now < (message.assistant_due_at ?? 0);

/**
 * Hands a turn to the assistant before the dialogue takes it, once. The turn falls due again when the assistant's time is over, so
 * whatever becomes of the assistant the customer is answered.
 * @returns undefined when the dialogue takes the turn now
 */
export async function offerTurn(
	tx: StoreTransaction,
	{ store, profile, assistantWaitMs }: Offer,
	conversation: ConversationRow,
	pending: readonly MessageRow[],
	contact: ContactFacts,
	emissionId: string | undefined,
): Promise<Outgoing[] | undefined> {
	if (assistantWaitMs === 0) return undefined;
	const now = store.now();
	const working = pending.filter((message) => isAtWork(message, now));
	if (working.length > 0) {
		const until = Math.max(...working.map(({ assistant_due_at: dueAt }) => dueAt ?? 0));
		await updateConversation(tx, store, conversation.id, { turn_due_at: until });
		await resetTurnAttempts(tx, store.workspaceId, conversation.id);
		return [];
	}
	// It had its chance.
	if (pending.some(({ assistant_turn: turn }) => turn !== null)) return undefined;
	const state = stateOf(conversation, profile);
	if (!assistantMayAnswer(state, contact, pending.map(messageOfRow), new Date(now), profile)) return undefined;
	const turn = store.newId();
	const until = now + assistantWaitMs;
	for (const { id } of pending) {
		await updateMessage(tx, id, { assistant_turn: turn, assistant_due_at: until, assistant_outcome: null });
	}
	await updateConversation(tx, store, conversation.id, { turn_due_at: until });
	await resetTurnAttempts(tx, store.workspaceId, conversation.id);
	const item = await assistantItem(tx, store, profile, conversation, contact, pending);
	return [{ output: 'assistant', json: { crm: crmOf(conversation, emissionId, turn), ...item } }];
}
