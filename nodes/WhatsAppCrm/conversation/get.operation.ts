import type { IDataObject } from 'n8n-workflow';

import { isSimplified, simplifyField } from '../../shared/n8n/getMany';
import { parameter, words } from '../../shared/n8n/parameters';
import { conversationCard, whole } from '../../shared/usecases/cards';
import type { WhatsAppCrmOperation } from '../services';
import { conversationCustomer, conversationField, existingConversation } from './conversationField';

export const getConversationOperation: WhatsAppCrmOperation = {
	value: 'get',
	name: 'Get',
	action: 'Get conversation',
	description: 'Retrieve one conversation: who has it, and where it stands',
	properties: [conversationField, simplifyField],
	customerOf: conversationCustomer,
	async execute(context, { store }) {
		const found = await existingConversation(store, parameter(context, 'conversation', 'Conversation', words).trim());
		return (isSimplified(context) ? conversationCard(found) : whole(found)) as IDataObject;
	},
};
