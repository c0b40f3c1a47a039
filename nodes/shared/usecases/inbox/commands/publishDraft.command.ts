import { publishDraft as publish } from '../../profile/publishDraft';
import { operatorLanguage } from '../operatorLanguage';
import type { Command } from './command';

/** Conversations that are played with the draft before it is in force. */
const REHEARSED = 50;

/** Puts the draft in force, unless a conversation kept as a test would end differently or somebody published meanwhile. */
export const publishDraft: Command<'publishDraft'> = {
	about: 'desk',
	permission: 'editProfile',
	async run({ store, profile, actor }, { note }, once) {
		const { version } = await publish(
			store,
			{
				conversations: REHEARSED,
				language: operatorLanguage(profile.language),
				overNewer: false,
				onlyIfTestsPass: true,
				note,
			},
			actor,
			async (tx, published) => await once({ answer: { version: published } })(tx),
		);
		return { version };
	},
};
