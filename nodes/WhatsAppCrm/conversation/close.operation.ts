import type { WhatsAppCrmOperation } from '../services';
import { act } from './act';
import { conversationCustomer, conversationField } from './conversationField';
import { reasonOptions } from './reasonField';

export const closeConversationOperation: WhatsAppCrmOperation = {
	value: 'close',
	name: 'Close',
	action: 'Close conversation',
	description: 'End a conversation; when the customer writes again, the bot begins anew',
	properties: [conversationField, reasonOptions],
	customerOf: conversationCustomer,
	async execute(context, { store }) {
		return await act(context, store, 'closed');
	},
};
