import type { IDataObject } from 'n8n-workflow';

import type { EventWebhookRow } from '../../shared/store/repositories/eventWebhooks';

/** A webhook as people read it: without its secret, and of its address only where it leads, because addresses carry secrets too. */
export const eventWebhookCard = (row: EventWebhookRow): IDataObject => ({
	eventWebhookId: row.id,
	name: row.name,
	host: new URL(row.url).host,
	events: JSON.parse(row.events) as string[],
	allowsPrivateAddress: row.allows_private === 1,
	createdAt: new Date(row.created_at).toISOString(),
	updatedAt: new Date(row.updated_at).toISOString(),
});
