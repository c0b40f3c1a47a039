import { parameter, words } from '../../shared/n8n/parameters';
import type { WazzupOperation } from '../services';
import { addressFields, send, sendOptions } from './send';

export const sendFile: WazzupOperation = {
	value: 'sendFile',
	name: 'Send File',
	action: 'Send file message',
	description:
		'Send a picture, video, voice note or document that is at a public address; a text goes as its own message',
	properties: [
		...addressFields,
		{
			displayName: 'File URL',
			name: 'contentUri',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. https://example.com/cotizacion-1042.pdf',
			description:
				'Wazzup fetches it at once, without following redirects: 10 MB, on WhatsApp Business API 5 MB for pictures and 16 MB for others',
		},
		sendOptions,
	],
	async execute(context, services) {
		return await send(context, services, {
			type: 'file',
			contentUri: parameter(context, 'contentUri', 'File URL', words),
		});
	},
};
