import { markConversationRead, readCounts } from '../../../store/repositories/conversationReads';
import { touchConversationsOf } from '../../../store/repositories/conversations';
import type { Command } from './command';
import { conversationSubject } from './locate';

/** What was on this advisor's screen has been read; what came meanwhile has not. Their other pages are told. */
export const markRead: Command<'markRead'> = {
	about: 'customer',
	locate: conversationSubject,
	async run(tx, { store, viewer }, { contactId, conversation }, { inboundCount = Infinity }) {
		if (!conversation) return { answer: {} };
		const read = (await readCounts(tx, viewer.advisorId, [conversation.id])).get(conversation.id) ?? 0;
		const seen = Math.min(inboundCount, conversation.inbound_count);
		if (read < seen) {
			await markConversationRead(tx, store, viewer.advisorId, { id: conversation.id, inbound_count: seen });
			await touchConversationsOf(tx, store, contactId);
		}
		return { answer: {} };
	},
};
