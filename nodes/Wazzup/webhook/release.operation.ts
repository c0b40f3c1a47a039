import { simulated } from '../../shared/n8n/manualMode';
import type { WazzupOperation } from '../services';

export const releaseWebhook: WazzupOperation = {
	value: 'release',
	name: 'Release',
	action: 'Release webhook',
	description: 'Let Wazzup tell nothing any more; its API cannot take the address away, only switch all events off',
	needsApproval: true,
	properties: [],
	async execute(context, { client }) {
		const { webhooksUri } = await client.getWebhooks();
		if (webhooksUri === undefined) return { released: false, reason: 'No address is set' };
		if (context.manual) return simulated({ method: 'PATCH', url: `${client.root}/webhooks` });
		await client.releaseWebhooks(webhooksUri);
		return { released: true };
	},
};
