import type { WhatsAppCrmOperation } from '../services';
import { act } from './act';
import { conversationCustomer, conversationField } from './conversationField';
import { reasonOptions } from './reasonField';

export const resumeBotOperation: WhatsAppCrmOperation = {
	value: 'resumeBot',
	name: 'Resume Bot',
	action: 'Resume bot of conversation',
	description: 'Give a conversation back to the bot',
	properties: [conversationField, reasonOptions],
	customerOf: conversationCustomer,
	async execute(context, { store }) {
		return await act(context, store, 'gave_back');
	},
};
