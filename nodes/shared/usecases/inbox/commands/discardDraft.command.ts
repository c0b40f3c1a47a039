import { deleteProfileDraft } from '../../profile/deleteProfileDraft';
import type { Command } from './command';

export const discardDraft: Command<'discardDraft'> = {
	about: 'desk',
	permission: 'editProfile',
	async run({ store, actor }, _input, once) {
		await deleteProfileDraft(store, actor, once({ answer: {} }));
		return {};
	},
};
