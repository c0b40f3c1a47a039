import { simulated } from '../../shared/n8n/manualMode';
import type { WhatsAppCloudOperation } from '../services';
import { mediaIdField, mediaIdOf } from './mediaIdField';

export const deleteMedia: WhatsAppCloudOperation = {
	value: 'delete',
	name: 'Delete',
	action: 'Delete media',
	description: 'Remove a file from WhatsApp',
	needsApproval: true,
	properties: [mediaIdField],
	async execute(context, { client }) {
		const mediaId = mediaIdOf(context);
		if (context.manual) return simulated({ method: 'DELETE', url: `${client.root}/${mediaId}` });
		await client.deleteMedia(mediaId);
		return { deleted: true, mediaId };
	},
};
