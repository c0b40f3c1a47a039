import { optionalFlag, optionsOf, parameter, words } from '../../shared/n8n/parameters';
import type { WhatsAppCloudOperation } from '../services';
import { addressFields, send, sendOptions } from './send';

export const sendText: WhatsAppCloudOperation = {
	value: 'sendText',
	name: 'Send Text',
	action: 'Send text message',
	description: 'Send a text within 24 hours after the person last wrote',
	properties: [
		...addressFields,
		{
			displayName: 'Text',
			name: 'text',
			type: 'string',
			typeOptions: { rows: 4 },
			default: '',
			required: true,
			placeholder: 'e.g. Hola, ya registramos tu solicitud',
			description: 'Up to 4096 characters; *bold*, _italic_ and ~strikethrough~ are shown',
		},
		sendOptions([
			{
				displayName: 'Preview URL',
				name: 'previewUrl',
				type: 'boolean',
				default: false,
				description: 'Whether to show a preview of the first link in the text',
			},
		]),
	],
	async execute(context, services) {
		const options = parameter(context, 'options', 'Options', optionsOf({ previewUrl: optionalFlag }));
		return await send(context, services, {
			type: 'text',
			text: parameter(context, 'text', 'Text', words),
			previewUrl: options.previewUrl,
		});
	},
};
