import type { Command } from './command';
import { act } from './act';
import { conversationSubject } from './locate';

/** The conversation is this advisor's from now on, whoever had it; the bot is silent. */
export const takeOver: Command<'takeOver'> = {
	about: 'customer',
	locate: conversationSubject,
	run: async (tx, context, _subject, { conversationId }) =>
		await act(tx, context, conversationId, { act: 'took_over', ownerAdvisorId: context.viewer.advisorId }),
};
