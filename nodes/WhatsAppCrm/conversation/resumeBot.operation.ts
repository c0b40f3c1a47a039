import type { WhatsAppCrmOperation } from '../services';
import { act } from './act';
import { conversationField } from './conversationField';
import { reasonOptions } from './reasonField';

export const resumeBotOperation: WhatsAppCrmOperation = {
	value: 'resumeBot',
	name: 'Resume Bot',
	action: 'Resume bot of conversation',
	description: 'Give a conversation back to the bot',
	properties: [conversationField, reasonOptions],
	async execute(context, { store }) {
		return await act(context, store, 'gave_back');
	},
};
