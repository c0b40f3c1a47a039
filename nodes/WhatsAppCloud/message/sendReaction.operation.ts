import { parameter, words } from '../../shared/n8n/parameters';
import type { WhatsAppCloudOperation } from '../services';
import { addressFields, send } from './send';

export const sendReaction: WhatsAppCloudOperation = {
	value: 'sendReaction',
	name: 'Send Reaction',
	action: 'Send reaction to message',
	description: 'Put an emoji on a message of the person, or take it back',
	properties: [
		...addressFields,
		{
			displayName: 'Message ID',
			name: 'messageId',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. wamid.HBgMNTcz…',
			description: 'The message that gets the reaction, not older than 30 days',
		},
		{
			displayName: 'Emoji',
			name: 'emoji',
			type: 'string',
			default: '👍',
			description: 'One emoji. Empty to take the reaction back.',
		},
		{
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			placeholder: 'Add option',
			default: {},
			options: [
				{
					displayName: 'Default Country',
					name: 'defaultCountry',
					type: 'string',
					default: '',
					placeholder: 'e.g. CO',
					description: "Two-letter country of numbers in 'To' that have no country code",
				},
			],
		},
	],
	async execute(context, services) {
		return await send(context, services, {
			type: 'reaction',
			messageId: parameter(context, 'messageId', 'Message ID', words).trim(),
			emoji: parameter(context, 'emoji', 'Emoji', words).trim(),
		});
	},
};
