import type { Insertable, Selectable, Transaction, Updateable } from 'kysely';

import type { Database, EventWebhooksTable } from '../schema';
import type { Executor } from '../store';

export type EventWebhookRow = Selectable<EventWebhooksTable>;

export async function insertEventWebhook(
	tx: Transaction<Database>,
	row: Insertable<EventWebhooksTable>,
): Promise<void> {
	await tx.insertInto('event_webhooks').values(row).execute();
}

export async function updateEventWebhook(
	tx: Transaction<Database>,
	id: string,
	changes: Updateable<EventWebhooksTable>,
): Promise<void> {
	await tx.updateTable('event_webhooks').set(changes).where('id', '=', id).execute();
}

export async function eventWebhookNamed(
	executor: Executor,
	workspaceId: string,
	name: string,
): Promise<EventWebhookRow | undefined> {
	return await executor
		.selectFrom('event_webhooks')
		.selectAll()
		.where('workspace_id', '=', workspaceId)
		.where('name', '=', name)
		.executeTakeFirst();
}

export async function getEventWebhook(
	executor: Executor,
	workspaceId: string,
	id: string,
): Promise<EventWebhookRow | undefined> {
	return await executor
		.selectFrom('event_webhooks')
		.selectAll()
		.where('workspace_id', '=', workspaceId)
		.where('id', '=', id)
		.executeTakeFirst();
}

/** A page by name. `after` is the name of the last row of the page before. */
export async function listEventWebhooks(
	executor: Executor,
	workspaceId: string,
	page: { readonly after?: string; readonly limit: number },
): Promise<EventWebhookRow[]> {
	let query = executor.selectFrom('event_webhooks').selectAll().where('workspace_id', '=', workspaceId);
	if (page.after !== undefined) query = query.where('name', '>', page.after);
	return await query.orderBy('name').limit(page.limit).execute();
}

/** Removes a webhook and everything that waits for it. */
export async function deleteEventWebhook(tx: Transaction<Database>, workspaceId: string, id: string): Promise<void> {
	await tx
		.deleteFrom('business_events')
		.where('workspace_id', '=', workspaceId)
		.where('event_webhook_id', '=', id)
		.execute();
	await tx.deleteFrom('event_webhooks').where('workspace_id', '=', workspaceId).where('id', '=', id).execute();
}
