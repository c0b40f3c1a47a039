import { z } from 'zod';

import type { Executor, Store } from '../store';

const nameOf = (webhookId: string): string => `wazzup_address/${webhookId}`;

const recordSchema = z.object({
	/** What was registered. */
	url: z.string(),
	/** What was there before, with what it was told. */
	previous: z
		.object({
			webhooksUri: z.string(),
			subscriptions: z.object({
				messagesAndStatuses: z.boolean(),
				contactsAndDealsCreation: z.boolean(),
				channelsUpdates: z.boolean(),
				templateStatus: z.boolean(),
			}),
		})
		.optional(),
});

/** The address that a trigger has registered, and what it replaced. Both carry secrets. */
export type WebhookAddress = z.output<typeof recordSchema>;

export async function webhookAddress(store: Store, webhookId: string): Promise<WebhookAddress | undefined> {
	const row = await store.db
		.selectFrom('store_settings')
		.select('value')
		.where('workspace_id', '=', store.workspaceId)
		.where('name', '=', nameOf(webhookId))
		.executeTakeFirst();
	if (row === undefined) return undefined;
	const parsed = recordSchema.safeParse(JSON.parse(store.decrypt(row.value)));
	return parsed.success ? parsed.data : undefined;
}

export async function saveWebhookAddress(store: Store, webhookId: string, address: WebhookAddress): Promise<void> {
	const value = store.encrypt(JSON.stringify(address));
	await store.db
		.insertInto('store_settings')
		.values({ workspace_id: store.workspaceId, name: nameOf(webhookId), value })
		.onConflict((conflict) => conflict.columns(['workspace_id', 'name']).doUpdateSet({ value }))
		.execute();
}

const releasedNameOf = (store: Store, url: string): string => `wazzup_released/${store.sign(url)}`;

/** Whether the address was given back by a workflow of ours, although Wazzup would not let go of it. */
export async function isReleasedAddress(store: Store, url: string): Promise<boolean> {
	const row = await store.db
		.selectFrom('store_settings')
		.select('name')
		.where('workspace_id', '=', store.workspaceId)
		.where('name', '=', releasedNameOf(store, url))
		.executeTakeFirst();
	return row !== undefined;
}

export async function noteReleasedAddress(executor: Executor, store: Store, url: string): Promise<void> {
	await executor
		.insertInto('store_settings')
		.values({ workspace_id: store.workspaceId, name: releasedNameOf(store, url), value: String(store.now()) })
		.onConflict((conflict) => conflict.columns(['workspace_id', 'name']).doNothing())
		.execute();
}

export async function forgetReleasedAddress(executor: Executor, store: Store, url: string): Promise<void> {
	await executor
		.deleteFrom('store_settings')
		.where('workspace_id', '=', store.workspaceId)
		.where('name', '=', releasedNameOf(store, url))
		.execute();
}

export async function removeWebhookAddress(executor: Executor, store: Store, webhookId: string): Promise<void> {
	await executor
		.deleteFrom('store_settings')
		.where('workspace_id', '=', store.workspaceId)
		.where('name', '=', nameOf(webhookId))
		.execute();
}
