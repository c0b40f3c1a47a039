import { z } from 'zod';

import { optionalWords, parameter, rowsOf, words } from '../../shared/n8n/parameters';
import type { WazzupOperation } from '../services';
import { addressFields, send, sendOptions } from './send';

export const sendButtons: WazzupOperation = {
	value: 'sendButtons',
	name: 'Send Buttons',
	action: 'Send buttons message',
	description: 'Send a text with up to 10 buttons on a WhatsApp Business API channel',
	properties: [
		...addressFields,
		{
			displayName: 'Text',
			name: 'text',
			type: 'string',
			typeOptions: { rows: 4 },
			default: '',
			required: true,
			placeholder: 'e.g. ¿En qué te puedo ayudar?',
			description: 'What the person reads above the buttons, up to 1,024 characters',
		},
		{
			displayName: 'Buttons',
			name: 'buttons',
			type: 'fixedCollection',
			typeOptions: { multipleValues: true, sortable: true },
			placeholder: 'Add Button',
			default: {},
			required: true,
			description: 'In their order, 1 to 10',
			options: [
				{
					displayName: 'Button',
					name: 'button',
					values: [
						{
							displayName: 'Payload',
							name: 'payload',
							type: 'string',
							default: '',
							placeholder: 'e.g. quote',
							description: 'What comes back when it is tapped; without it, its position counted from 0',
						},
						{
							displayName: 'Text',
							name: 'text',
							type: 'string',
							default: '',
							placeholder: 'e.g. Cotización',
							description: 'Up to 20 characters',
						},
					],
				},
			],
		},
		sendOptions,
	],
	async execute(context, services) {
		const buttonRow = z.object({ payload: optionalWords, text: words });
		return await send(context, services, {
			type: 'text',
			text: parameter(context, 'text', 'Text', words),
			buttons: parameter(context, 'buttons', 'Buttons', rowsOf('button', buttonRow)),
		});
	},
};
