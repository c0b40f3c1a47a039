import type { Command } from './command';
import { act } from './act';
import { conversationSubject } from './locate';

/** The bot answers again. Who attended the customer stays theirs. */
export const giveBack: Command<'giveBack'> = {
	about: 'customer',
	locate: conversationSubject,
	run: async (tx, context, _subject, { conversationId }) =>
		await act(tx, context, conversationId, { act: 'gave_back' }),
};
