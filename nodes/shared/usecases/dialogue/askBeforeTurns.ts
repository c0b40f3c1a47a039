import type { Classification } from '../../domain/classifier/types';
import type { KnowledgeFinding } from '../../domain/knowledge/knowledge';
import type { MessageEvent } from '../../domain/messages/events';
import type { ModelPurpose } from '../../domain/metrics/modelUsage';
import type { BusinessProfile } from '../../domain/profile/businessProfile';
import { getConversation, type ConversationRow } from '../../store/repositories/conversations';
import { pendingMessages } from '../../store/repositories/messages';
import type { Store } from '../../store/store';
import { messageOfRow } from '../emit/items';
import {
	answerableKinds,
	answerFromKnowledge,
	askedMessage,
	type AskedMessage,
} from '../knowledge/answerFromKnowledge';
import { classifyMessages } from '../models/classifyMessages';
import { countedModel } from '../models/countedModel';
import type { ModelCall } from '../models/modelReply';
import { stateOf } from './stepWriter';

/** The model as it is asked about each message: what it costs is its conversation's. */
function modelFor(
	store: Store,
	model: ModelCall,
	conversations: ReadonlyMap<string, ConversationRow>,
	purpose: ModelPurpose,
): (messageId: string) => ModelCall {
	return (messageId) => {
		const conversation = conversations.get(messageId);
		return conversation === undefined
			? model
			: countedModel(store, model, { contactId: conversation.contact_id, conversationId: conversation.id, purpose });
	};
}

/** What a connected model says of the messages that the rules are unsure of; asked before any lock is taken. */
export async function classifyUnsure(
	store: Store,
	profile: BusinessProfile,
	model: ModelCall | undefined,
	conversationIds: readonly string[],
): Promise<Readonly<Record<string, Classification>>> {
	if (!model) return {};
	const messages: MessageEvent[] = [];
	const conversations = new Map<string, ConversationRow>();
	for (const id of conversationIds) {
		const conversation = await getConversation(store.db, store.workspaceId, id);
		if (!conversation) continue;
		for (const row of await pendingMessages(store.db, store.workspaceId, id)) {
			const message = messageOfRow(row);
			messages.push(message);
			conversations.set(message.id, conversation);
		}
	}
	return await classifyMessages(messages, profile, modelFor(store, model, conversations, 'classify'));
}

/** What the business's knowledge says to what waits; where a person has the conversation nothing is looked up. */
export async function lookUp(
	store: Store,
	profile: BusinessProfile,
	conversationIds: readonly string[],
	model: ModelCall | undefined,
): Promise<Readonly<Record<string, KnowledgeFinding>>> {
	const kept = await answerableKinds(store, profile);
	if (kept === undefined) return {};
	const asked: AskedMessage[] = [];
	const conversations = new Map<string, ConversationRow>();
	for (const id of conversationIds) {
		const conversation = await getConversation(store.db, store.workspaceId, id);
		if (!conversation || (conversation.mode !== 'bot' && conversation.mode !== 'closed')) continue;
		const { language } = stateOf(conversation, profile);
		const pending = await pendingMessages(store.db, store.workspaceId, id);
		const found = pending.flatMap((message) => askedMessage(messageOfRow(message), language));
		asked.push(...found);
		for (const message of found) conversations.set(message.id, conversation);
	}
	return await answerFromKnowledge(store, profile, kept, asked, {
		modelFor: model && modelFor(store, model, conversations, 'knowledge'),
	});
}
