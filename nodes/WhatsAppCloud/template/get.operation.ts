import type { WhatsAppCloudOperation } from '../services';
import { templateItem } from './accountTemplates';
import { templateIdField, templateIdOf } from './templateIdField';

export const getTemplate: WhatsAppCloudOperation = {
	value: 'get',
	name: 'Get',
	action: 'Get template',
	description: 'Get one message template with its texts and status',
	properties: [templateIdField],
	async execute(context, { client }) {
		return templateItem(await client.getTemplate(templateIdOf(context)));
	},
};
