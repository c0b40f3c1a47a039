import { saveDraft as save } from '../../profile/saveDraft';
import type { Command } from './command';

/** Keeps the profile as it is being worked on; nobody is answered by it yet (U6). */
export const saveDraft: Command<'saveDraft'> = {
	about: 'desk',
	permission: 'editProfile',
	async run({ store, actor }, { profile }, once) {
		await save(store, profile, actor, once({ answer: {} }));
		return {};
	},
};
