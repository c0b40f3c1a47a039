import { z } from 'zod';

import { templateDraftBody } from '../../shared/clients/whatsapp/templates';
import { simulated } from '../../shared/n8n/manualMode';
import { flag, jsonList, optionsOf, parameter, words } from '../../shared/n8n/parameters';
import type { WhatsAppCloudOperation } from '../services';

const EXAMPLE = `[
  {
    "type": "BODY",
    "text": "Hola {{1}}, tu pedido {{2}} va en camino.",
    "example": { "body_text": [["Ana", "1042"]] }
  }
]`;

export const createTemplate: WhatsAppCloudOperation = {
	value: 'create',
	name: 'Create',
	action: 'Create template',
	description: 'Hand in a message template for approval by Meta',
	properties: [
		{
			displayName: 'Name',
			name: 'name',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. order_update',
			description: 'Lower-case letters, digits and underscores',
		},
		{
			displayName: 'Language',
			name: 'languageCode',
			type: 'string',
			default: 'es_CO',
			required: true,
			placeholder: 'e.g. es_CO',
			description: 'Code of the language as Meta writes it',
		},
		{
			displayName: 'Category',
			name: 'category',
			type: 'options',
			options: [
				{ name: 'Authentication', value: 'AUTHENTICATION', description: 'One-time codes' },
				{ name: 'Marketing', value: 'MARKETING', description: 'Offers, news, reminders of a cart' },
				{ name: 'Utility', value: 'UTILITY', description: 'About an order or request of the person' },
			],
			default: 'UTILITY',
			description: 'What the template is for; decides the price',
		},
		{
			displayName: 'Components',
			name: 'components',
			type: 'json',
			typeOptions: { rows: 8 },
			default: EXAMPLE,
			required: true,
			description:
				'Header, body, footer and buttons as Meta describes them, with examples. <a href="https://developers.facebook.com/documentation/business-messaging/whatsapp/templates/overview">More info</a>.',
		},
		{
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			placeholder: 'Add option',
			default: {},
			options: [
				{
					displayName: 'Allow Category Change',
					name: 'allowCategoryChange',
					type: 'boolean',
					default: true,
					description: 'Whether Meta may move the template to another category instead of rejecting it',
				},
				{
					displayName: 'Parameter Format',
					name: 'parameterFormat',
					type: 'options',
					options: [
						{ name: 'Named', value: 'NAMED', description: 'Placeholders such as {{customer_name}}' },
						{ name: 'Positional', value: 'POSITIONAL', description: 'Placeholders such as {{1}}' },
					],
					default: 'POSITIONAL',
				},
			],
		},
	],
	async execute(context, { client }) {
		const options = parameter(
			context,
			'options',
			'Options',
			optionsOf({ allowCategoryChange: flag.optional(), parameterFormat: z.enum(['NAMED', 'POSITIONAL']).optional() }),
		);
		const draft = {
			name: parameter(context, 'name', 'Name', words).trim(),
			languageCode: parameter(context, 'languageCode', 'Language', words).trim(),
			category: parameter(context, 'category', 'Category', z.enum(['AUTHENTICATION', 'MARKETING', 'UTILITY'])),
			components: parameter(context, 'components', 'Components', jsonList),
			...options,
		};
		if (context.manual) {
			const url = `${client.root}/${client.credential.businessAccountId}/message_templates`;
			return simulated({ method: 'POST', url, body: templateDraftBody(draft) });
		}
		return { ...(await client.createTemplate(draft)), name: draft.name };
	},
};
