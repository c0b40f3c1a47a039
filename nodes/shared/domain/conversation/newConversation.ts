import type { BusinessProfile } from '../profile/businessProfile';
import type { ConversationState } from './types';

/** The memory of a conversation in which nothing has been said yet. */
export function newConversation(profile: BusinessProfile, language: string = profile.language): ConversationState {
	return {
		v: 1,
		mode: 'bot',
		askedTimes: 0,
		fields: {},
		menuPending: false,
		greeted: false,
		returningGreeted: false,
		attachments: [],
		stalledTurns: 0,
		remindersSent: 0,
		language,
		memory: {},
	};
}
