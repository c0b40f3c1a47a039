import type { WhatsAppCrmOperation } from '../services';
import { act } from './act';
import { conversationCustomer, conversationField } from './conversationField';
import { reasonOptions } from './reasonField';

export const pauseBotOperation: WhatsAppCrmOperation = {
	value: 'pauseBot',
	name: 'Pause Bot',
	action: 'Pause bot of conversation',
	description: 'Silence the bot in a conversation: a person answers from now on',
	properties: [conversationField, reasonOptions],
	customerOf: conversationCustomer,
	async execute(context, { store }) {
		return await act(context, store, 'took_over');
	},
};
