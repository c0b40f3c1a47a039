import type { IDataObject } from 'n8n-workflow';

import { isSimplified, limitFields, rowsAskedFor, simplifyField } from '../../shared/n8n/getMany';
import { parameter, words } from '../../shared/n8n/parameters';
import { messagesOfConversation, type MessageRow } from '../../shared/store/repositories/messages';
import { messageCard, whole } from '../../shared/usecases/cards';
import { conversationCustomer, conversationField, existingConversation } from '../conversation/conversationField';
import type { WhatsAppCrmOperation } from '../services';

export const getManyMessages: WhatsAppCrmOperation = {
	value: 'getAll',
	name: 'Get Many',
	action: 'Get many messages',
	description: 'Retrieve what was written in a conversation, newest first',
	properties: [conversationField, ...limitFields, simplifyField],
	customerOf: conversationCustomer,
	async execute(context, { store }) {
		const { id } = await existingConversation(store, parameter(context, 'conversation', 'Conversation', words).trim());
		const rows = await rowsAskedFor<MessageRow>(
			context,
			async ({ after, limit }) => await messagesOfConversation(store.db, store, id, { before: after, limit }),
		);
		return rows.map(isSimplified(context) ? messageCard : whole) as IDataObject[];
	},
};
