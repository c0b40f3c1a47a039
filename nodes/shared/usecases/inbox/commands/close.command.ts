import type { Command } from './command';
import { act } from './act';
import { conversationSubject } from './locate';

/** Ends the conversation; the customer's next message begins a new one. */
export const close: Command<'close'> = {
	about: 'customer',
	locate: conversationSubject,
	run: async (tx, context, _subject, { conversationId, reason }) =>
		await act(tx, context, conversationId, { act: 'closed', reason }),
};
