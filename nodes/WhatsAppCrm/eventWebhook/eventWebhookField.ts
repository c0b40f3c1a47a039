import type { ILoadOptionsFunctions, INodeListSearchResult, INodeProperties } from 'n8n-workflow';

import { BUSINESS_EVENTS } from '../../shared/domain/businessEvents/businessEvent';
import { chooseField, listOf } from '../../shared/n8n/storeLists';
import { listEventWebhooks } from '../../shared/store/repositories/eventWebhooks';

const PAGE = 50;

/** Webhooks for the list, by name. */
export async function searchEventWebhooks(
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	return await listOf(this, filter, async (store) => {
		const rows = await listEventWebhooks(store.db, store.workspaceId, { after: paginationToken, limit: PAGE });
		return {
			results: rows.map(({ name, url }) => ({ name: `${name} · ${new URL(url).host}`, value: name })),
			next: rows.length < PAGE ? undefined : rows.at(-1)?.name,
		};
	});
}

export const eventWebhookField: INodeProperties = chooseField({
	displayName: 'Event Webhook',
	name: 'eventWebhook',
	description: 'The webhook',
	search: 'searchEventWebhooks',
	by: { displayName: 'By Name or ID', placeholder: 'e.g. Make' },
	required: true,
});

const words = (event: string): string =>
	event
		.split(/[._]/u)
		.map((word) => word.charAt(0).toUpperCase() + word.slice(1))
		.join(' ');

/** Every business event, by name. */
export const eventOptions = BUSINESS_EVENTS.map((event) => ({ name: words(event), value: event })).sort(
	(first, second) => first.name.localeCompare(second.name, 'en'),
);
