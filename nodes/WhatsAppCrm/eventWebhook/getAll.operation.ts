import { limitFields, rowsAskedFor } from '../../shared/n8n/getMany';
import { listEventWebhooks, type EventWebhookRow } from '../../shared/store/repositories/eventWebhooks';
import type { WhatsAppCrmOperation } from '../services';
import { eventWebhookCard } from './eventWebhookCard';

export const getManyEventWebhooks: WhatsAppCrmOperation = {
	value: 'getAll',
	name: 'Get Many',
	action: 'Get many event webhooks',
	description: 'Retrieve the systems that are told of business events, by name',
	properties: [...limitFields],
	async execute(context, { store }) {
		const rows = await rowsAskedFor<EventWebhookRow>(
			context,
			async ({ after, limit }) => await listEventWebhooks(store.db, store.workspaceId, { after: after?.name, limit }),
		);
		return rows.map(eventWebhookCard);
	},
};
