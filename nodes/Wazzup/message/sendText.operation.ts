import { parameter, words } from '../../shared/n8n/parameters';
import type { WazzupOperation } from '../services';
import { addressFields, send, sendOptions } from './send';

export const sendText: WazzupOperation = {
	value: 'sendText',
	name: 'Send Text',
	action: 'Send text message',
	description: 'Send a text to a chat; on WhatsApp Business API within 24 hours of the last message of the person',
	properties: [
		...addressFields,
		{
			displayName: 'Text',
			name: 'text',
			type: 'string',
			typeOptions: { rows: 4 },
			default: '',
			required: true,
			placeholder: 'e.g. Hola, ¿en qué te puedo ayudar?',
			description: 'WhatsApp takes 10,000 characters, its Business API 1,024, Telegram and MAX 4,096, Instagram 1,000',
		},
		sendOptions,
	],
	async execute(context, services) {
		return await send(context, services, { type: 'text', text: parameter(context, 'text', 'Text', words) });
	},
};
