import { linkManually as link } from '../../signup/linkManually';
import type { DeskCommand } from './command';
import { linkingCredential } from './linkingCredential';

/** Links a number with pasted ids: the way for everybody whose app has no Embedded Signup (D32). */
export const linkManually: DeskCommand<'linkManually'> = {
	about: 'desk',
	permission: 'linkNumbers',
	run: async (context, input, once) => {
		const row = await link(
			context.store,
			linkingCredential(context),
			{ ...input, history: false, excludedNumbers: [], actor: context.actor },
			async (tx, { id }) => await once({ answer: { linkedNumberId: id } })(tx),
		);
		return { linkedNumberId: row.id };
	},
};
