import type { IDataObject } from 'n8n-workflow';

import { parameter, words } from '../../shared/n8n/parameters';
import { searchKnowledge } from '../../shared/usecases/knowledge/searchKnowledge';
import type { WhatsAppCrmOperation } from '../services';

export const searchKnowledgeOperation: WhatsAppCrmOperation = {
	value: 'search',
	name: 'Search',
	action: 'Search knowledge',
	description: 'Say what the bot would answer to a text from the business’s own knowledge, and why',
	properties: [
		{
			displayName: 'Text',
			name: 'text',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. ¿Cuánto vale la impresora HP 107w?',
			description: 'The question, as a customer writes it',
		},
	],
	async execute(context, { store }) {
		return (await searchKnowledge(store, parameter(context, 'text', 'Text', words))) as IDataObject;
	},
};
