import { startSignup as start } from '../../signup/startSignup';
import type { DeskCommand } from './command';
import { linkingCredential } from './linkingCredential';

/**
 * «Vincular mi WhatsApp Business»: Meta's dialog for oneself, or an invitation for somebody else. Not remembered by its
 * request id, because the answer opens the dialog: asking again takes the unfinished attempt over and makes a new link.
 */
export const startSignup: DeskCommand<'startSignup'> = {
	about: 'desk',
	permission: ({ viewer }, { advisorId }) =>
		advisorId === undefined || advisorId === viewer.advisorId ? undefined : 'linkNumbers',
	run: async (context, { advisorId = context.viewer.advisorId, history, excludedNumbers }) => {
		const started = await start(context.store, linkingCredential(context), {
			advisorId,
			history,
			excludedNumbers,
			actor: context.actor,
			for: advisorId === context.viewer.advisorId ? 'browser' : 'invitation',
		});
		return { ...started, expiresAt: started.expiresAt.toISOString() };
	},
};
