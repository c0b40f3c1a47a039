import { LIMITS } from '../../shared/domain/messages/limits';
import { optionalWords, optionsOf, parameter, words } from '../../shared/n8n/parameters';
import type { WhatsAppCloudOperation } from '../services';
import { bodyField, footerField } from './interactiveFields';
import { addressFields, send, sendOptions } from './send';

export const sendUrlButton: WhatsAppCloudOperation = {
	value: 'sendUrlButton',
	name: 'Send URL Button',
	action: 'Send message with URL button',
	description: 'Send a text with a button that opens a web page, for example a payment link',
	properties: [
		...addressFields,
		bodyField(LIMITS.body),
		{
			displayName: 'Button Label',
			name: 'buttonLabel',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. Pagar ahora',
			description: 'Up to 20 characters',
		},
		{
			displayName: 'URL',
			name: 'url',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. https://example.com/order/1042',
			description: 'The page that the button opens',
		},
		sendOptions([footerField]),
	],
	async execute(context, services) {
		const options = parameter(context, 'options', 'Options', optionsOf({ footer: optionalWords }));
		return await send(context, services, {
			type: 'url_button',
			text: parameter(context, 'text', 'Text', words),
			label: parameter(context, 'buttonLabel', 'Button Label', words),
			url: parameter(context, 'url', 'URL', words).trim(),
			footer: options.footer,
		});
	},
};
