import { rollBackProfile } from '../../profile/rollBackProfile';
import { operatorLanguage } from '../operatorLanguage';
import type { Command } from './command';

/** Puts an earlier version in force again, as a new one. */
export const rollBack: Command<'rollBack'> = {
	about: 'desk',
	permission: 'editProfile',
	async run({ store, profile, actor }, { version, note }, once) {
		const request = { version, note, language: operatorLanguage(profile.language) };
		const rolledBack = await rollBackProfile(
			store,
			request,
			actor,
			async (tx, made) => await once({ answer: { version: made } })(tx),
		);
		return { version: rolledBack.version };
	},
};
