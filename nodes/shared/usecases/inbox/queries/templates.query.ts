import { seenNow } from '../access';
import type { AnswerOf } from './query';

/** Approved message templates of the conversation's number. */
export const templates: AnswerOf<'templates'> = async ({ store, viewer, services }, { conversationId }) => {
	const { channel_id: channelId } = await seenNow(store, viewer, conversationId);
	return (await services.templatesOf?.(channelId)) ?? [];
};
