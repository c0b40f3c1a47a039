import { simulated } from '../../shared/n8n/manualMode';
import type { WazzupOperation } from '../services';
import { messageIdField, messageIdOf } from './messageIdField';

export const deleteMessage: WazzupOperation = {
	value: 'delete',
	name: 'Delete',
	action: 'Delete message',
	description: 'Take a message that was sent back, where the messenger allows it',
	needsApproval: true,
	properties: [messageIdField],
	async execute(context, { client }) {
		const messageId = messageIdOf(context);
		if (context.manual) {
			return simulated({ method: 'DELETE', url: `${client.root}/message/${encodeURIComponent(messageId)}` });
		}
		await client.deleteMessage(messageId);
		return { messageId, deleted: true };
	},
};
