import { readReceiptBody } from '../../shared/clients/whatsapp/messages';
import { InvalidInput } from '../../shared/domain/invalidInput';
import { simulated } from '../../shared/n8n/manualMode';
import { flag, parameter, words } from '../../shared/n8n/parameters';
import { phoneNumberField, phoneNumberIdOf } from '../phoneNumberField';
import type { WhatsAppCloudOperation } from '../services';

export const markAsRead: WhatsAppCloudOperation = {
	value: 'markAsRead',
	name: 'Mark as Read',
	action: 'Mark message as read',
	description: 'Show the person that the message and all before it were read',
	properties: [
		phoneNumberField,
		{
			displayName: 'Message ID',
			name: 'messageId',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. wamid.HBgMNTcz…',
			description: 'ID of the message that the person sent',
		},
		{
			displayName: 'Show Typing',
			name: 'typing',
			type: 'boolean',
			default: false,
			description: 'Whether to show that an answer is being written, until it arrives or for 25 seconds at most',
		},
	],
	async execute(context, { client, clientFor }) {
		const receipt = {
			phoneNumberId: phoneNumberIdOf(context),
			messageId: parameter(context, 'messageId', 'Message ID', words).trim(),
			typing: parameter(context, 'typing', 'Show Typing', flag),
		};
		if (receipt.messageId === '') {
			throw new InvalidInput({
				message: "'Message ID' is empty",
				description: 'Take it from the incoming message.',
				parameter: 'Message ID',
			});
		}
		if (context.manual) {
			const url = `${client.root}/${receipt.phoneNumberId}/messages`;
			return simulated({ method: 'POST', url, body: readReceiptBody(receipt) });
		}
		await (await clientFor(receipt.phoneNumberId)).markAsRead(receipt);
		return { success: true, messageId: receipt.messageId };
	},
};
