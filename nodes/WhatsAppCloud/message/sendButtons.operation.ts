import { z } from 'zod';

import type { MessageHeader } from '../../shared/clients/whatsapp/messageRequest';
import { LIMITS } from '../../shared/domain/messages/limits';
import { optionalWords, optionsOf, parameter, rowsOf, words } from '../../shared/n8n/parameters';
import type { WhatsAppCloudOperation } from '../services';
import { bodyField, choiceOf, choiceShape, footerField, otherwise, otherwiseField } from './interactiveFields';
import { addressFields, send, sendOptions } from './send';

const optionsSchema = optionsOf({
	footer: optionalWords,
	headerText: optionalWords,
	headerLink: optionalWords,
	headerMediaType: z.enum(['image', 'video', 'document']).default('image'),
	otherwise,
});

type Options = z.output<typeof optionsSchema>;

function headerOf(options: Options): MessageHeader | undefined {
	if (options.headerLink !== undefined) return { type: options.headerMediaType, link: options.headerLink };
	return options.headerText === undefined ? undefined : { type: 'text', text: options.headerText };
}

export const sendButtons: WhatsAppCloudOperation = {
	value: 'sendButtons',
	name: 'Send Buttons',
	action: 'Send message with buttons',
	description: 'Send a text with up to three buttons that answer with one tap',
	properties: [
		...addressFields,
		bodyField(LIMITS.body),
		{
			displayName: 'Buttons',
			name: 'buttons',
			type: 'fixedCollection',
			typeOptions: { multipleValues: true, sortable: true },
			placeholder: 'Add Button',
			default: { button: [{ title: '', id: '' }] },
			required: true,
			description: 'Up to three',
			options: [
				{
					displayName: 'Button',
					name: 'button',
					values: [
						{
							displayName: 'Title',
							name: 'title',
							type: 'string',
							default: '',
							placeholder: 'e.g. Cotización',
							description: 'Up to 20 characters, different from the others',
						},
						{
							displayName: 'ID',
							name: 'id',
							type: 'string',
							default: '',
							placeholder: 'e.g. quotation',
							description: 'Comes back when the button is tapped. Empty for the title.',
						},
					],
				},
			],
		},
		sendOptions([
			footerField,
			{
				displayName: 'Header Link',
				name: 'headerLink',
				type: 'string',
				default: '',
				placeholder: 'e.g. https://example.com/photo.jpg',
				description: 'Public address of a picture, video or document shown above the text',
			},
			{
				displayName: 'Header Media Type',
				name: 'headerMediaType',
				type: 'options',
				options: [
					{ name: 'Document', value: 'document' },
					{ name: 'Image', value: 'image' },
					{ name: 'Video', value: 'video' },
				],
				default: 'image',
				description: "What 'Header Link' leads to",
			},
			{
				displayName: 'Header Text',
				name: 'headerText',
				type: 'string',
				default: '',
				placeholder: 'e.g. Tu solicitud',
				description: 'Bold text above, up to 60 characters',
			},
			otherwiseField,
		]),
	],
	async execute(context, services) {
		const options = parameter(context, 'options', 'Options', optionsSchema);
		return await send(context, services, {
			type: 'buttons',
			text: parameter(context, 'text', 'Text', words),
			buttons: parameter(context, 'buttons', 'Buttons', rowsOf('button', z.object(choiceShape).transform(choiceOf))),
			header: headerOf(options),
			footer: options.footer,
			otherwise: options.otherwise,
		});
	},
};
