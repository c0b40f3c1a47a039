import { markConversationRead, readCounts } from '../../../store/repositories/conversationReads';
import { touchConversationsOf } from '../../../store/repositories/conversations';
import type { Command } from './command';
import { conversationSubject } from './locate';

/** Everything there is now has been read by this advisor. Their other pages are told. */
export const markRead: Command<'markRead'> = {
	about: 'customer',
	locate: conversationSubject,
	async run(tx, { store, viewer }, { contactId, conversation }) {
		if (!conversation) return { answer: {} };
		const read = (await readCounts(tx, viewer.advisorId, [conversation.id])).get(conversation.id) ?? 0;
		if (read < conversation.inbound_count) {
			await markConversationRead(tx, store, viewer.advisorId, conversation);
			await touchConversationsOf(tx, store, contactId);
		}
		return { answer: {} };
	},
};
