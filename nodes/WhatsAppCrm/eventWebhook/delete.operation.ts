import { parameter, words } from '../../shared/n8n/parameters';
import { existingEventWebhook, removeEventWebhook } from '../../shared/usecases/businessEvents/saveEventWebhook';
import { changesNow, saveByHandField, SETTINGS_ACTOR, type WhatsAppCrmOperation } from '../services';
import { eventWebhookCard } from './eventWebhookCard';
import { eventWebhookField } from './eventWebhookField';

export const deleteEventWebhookOperation: WhatsAppCrmOperation = {
	value: 'delete',
	name: 'Delete',
	action: 'Delete event webhook',
	description: 'Tell another system of nothing more, not even of what waits for it',
	needsApproval: true,
	properties: [eventWebhookField, saveByHandField],
	async execute(context, { store }) {
		const key = parameter(context, 'eventWebhook', 'Event Webhook', words).trim();
		if (!changesNow(context)) {
			return { simulated: true, deleted: false, ...eventWebhookCard(await existingEventWebhook(store.db, store, key)) };
		}
		return { deleted: true, ...eventWebhookCard(await removeEventWebhook(store, key, SETTINGS_ACTOR)) };
	},
};
