import { requestNumberSync } from '../../linkedNumbers/requestNumberSync';
import type { DeskCommand } from './command';
import { linkingCredential } from './linkingCredential';
import { seenNumber } from './seenNumber';

/** Asks the number's phone for its contacts and its history, once each within 24 hours. */
export const requestSync: DeskCommand<'requestSync'> = {
	about: 'desk',
	run: async (context, { linkedNumberId }, once) => {
		await seenNumber(context, linkedNumberId);
		const { actor, store } = context;
		const answer = { linkedNumberId };
		await requestNumberSync(
			store,
			linkingCredential(context),
			{ linkedNumberId, what: 'both', actor },
			once({ answer }),
		);
		return answer;
	},
};
