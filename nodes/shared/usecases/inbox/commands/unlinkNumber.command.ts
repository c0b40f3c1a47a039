import { unlinkNumber as unlink } from '../../linkedNumbers/unlinkNumber';
import type { DeskCommand } from './command';
import { linkingCredential } from './linkingCredential';
import { seenNumber } from './seenNumber';

/** Unlinks a number. Done twice is done once, so nothing has to be remembered of the request. */
export const unlinkNumber: DeskCommand<'unlinkNumber'> = {
	about: 'desk',
	run: async (context, { linkedNumberId }) => {
		await seenNumber(context, linkedNumberId);
		await unlink(context.store, linkingCredential(context), { linkedNumberId, actor: context.actor });
		return { linkedNumberId };
	},
};
