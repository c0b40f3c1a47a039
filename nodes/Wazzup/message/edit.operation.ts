import { checkedAddress } from '../../shared/clients/wazzup/messageRequest';
import { messageEditBody } from '../../shared/clients/wazzup/messages';
import { InvalidInput } from '../../shared/domain/invalidInput';
import { simulated } from '../../shared/n8n/manualMode';
import { optionalWords, optionsOf, parameter, words } from '../../shared/n8n/parameters';
import type { WazzupOperation } from '../services';
import { messageIdField, messageIdOf } from './messageIdField';

export const editMessage: WazzupOperation = {
	value: 'edit',
	name: 'Edit',
	action: 'Edit message',
	description: 'Change the text or exchange the file of a message that was sent, where the messenger allows it',
	needsApproval: true,
	properties: [
		messageIdField,
		{
			displayName: 'Change',
			name: 'change',
			type: 'options',
			options: [
				{ name: 'File', value: 'file' },
				{ name: 'Text', value: 'text' },
			],
			default: 'text',
			description: 'What of the message is changed',
		},
		{
			displayName: 'Text',
			name: 'text',
			type: 'string',
			typeOptions: { rows: 4 },
			default: '',
			required: true,
			placeholder: 'e.g. Tu pedido 1042 sale mañana.',
			displayOptions: { show: { change: ['text'] } },
		},
		{
			displayName: 'File URL',
			name: 'contentUri',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. https://example.com/cotizacion-1042.pdf',
			description: 'Public address that Wazzup fetches the file from, without a redirect',
			displayOptions: { show: { change: ['file'] } },
		},
		{
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			placeholder: 'Add option',
			default: {},
			options: [
				{
					displayName: 'Sender User ID',
					name: 'crmUserId',
					type: 'string',
					default: '',
					placeholder: 'e.g. 17',
					description: 'Who of the team changes it',
				},
			],
		},
	],
	async execute(context, { client }) {
		const messageId = messageIdOf(context);
		const { crmUserId } = parameter(context, 'options', 'Options', optionsOf({ crmUserId: optionalWords }));
		const ofFile = parameter(context, 'change', 'Change', words) === 'file';
		const text = ofFile ? undefined : parameter(context, 'text', 'Text', optionalWords);
		if (!ofFile && text === undefined) {
			throw new InvalidInput({
				message: "'Text' is empty",
				description: 'Write what the message shall say now, or use Delete.',
				parameter: 'Text',
			});
		}
		const edit = {
			messageId,
			text,
			...(ofFile ? { contentUri: checkedAddress(parameter(context, 'contentUri', 'File URL', words)) } : {}),
			crmUserId,
		};
		if (context.manual) {
			const url = `${client.root}/message/${encodeURIComponent(messageId)}`;
			return simulated({ method: 'PATCH', url, body: messageEditBody(edit) });
		}
		await client.editMessage(edit);
		return { messageId, edited: true };
	},
};
