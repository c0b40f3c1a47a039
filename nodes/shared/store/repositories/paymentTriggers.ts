import { z } from 'zod';

import type { Executor, Store } from '../store';

const endpointSchema = z.object({
	/** The provider's id of it. */
	endpointId: z.string(),
	/** What the provider signs with, told once. */
	secret: z.string(),
});

/** The endpoint that a payment trigger has at its provider. Carries a secret. */
export type PaymentEndpoint = z.output<typeof endpointSchema>;

const endpointName = (webhookId: string): string => `payment_endpoint/${webhookId}`;

const triggerName = (provider: string, mode: string): string => `payment_trigger/${provider}/${mode}`;

async function settingNamed(executor: Executor, workspaceId: string, name: string): Promise<string | undefined> {
	const row = await executor
		.selectFrom('store_settings')
		.select('value')
		.where('workspace_id', '=', workspaceId)
		.where('name', '=', name)
		.executeTakeFirst();
	return row?.value;
}

async function saveSetting(executor: Executor, workspaceId: string, name: string, value: string): Promise<void> {
	await executor
		.insertInto('store_settings')
		.values({ workspace_id: workspaceId, name, value })
		.onConflict((conflict) => conflict.columns(['workspace_id', 'name']).doUpdateSet({ value }))
		.execute();
}

/** Undefined when there is none, or when the store's key that it was encrypted with is gone. */
export async function paymentEndpoint(store: Store, webhookId: string): Promise<PaymentEndpoint | undefined> {
	const value = await settingNamed(store.db, store.workspaceId, endpointName(webhookId));
	if (value === undefined) return undefined;
	try {
		return endpointSchema.parse(JSON.parse(store.decrypt(value)));
	} catch {
		return undefined;
	}
}

export async function savePaymentEndpoint(store: Store, webhookId: string, endpoint: PaymentEndpoint): Promise<void> {
	const value = store.encrypt(JSON.stringify(endpoint));
	await saveSetting(store.db, store.workspaceId, endpointName(webhookId), value);
}

export async function removePaymentEndpoint(store: Store, webhookId: string): Promise<void> {
	await store.db
		.deleteFrom('store_settings')
		.where('workspace_id', '=', store.workspaceId)
		.where('name', '=', endpointName(webhookId))
		.execute();
}

/** The trigger that tells of a provider's payments: the one that was activated last; undefined before any was. */
export async function paymentTrigger(store: Store, provider: string, mode: string): Promise<string | undefined> {
	return await settingNamed(store.db, store.workspaceId, triggerName(provider, mode));
}

export async function savePaymentTrigger(
	store: Store,
	provider: string,
	mode: string,
	webhookId: string,
): Promise<void> {
	await saveSetting(store.db, store.workspaceId, triggerName(provider, mode), webhookId);
}

const triggersOf = (executor: Executor, workspaceId: string) =>
	executor
		.selectFrom('store_settings')
		.select('name')
		.where('workspace_id', '=', workspaceId)
		.where('name', '>=', 'payment_trigger/')
		// The character after the slash.
		.where('name', '<', 'payment_trigger0');

/** Whose payments a trigger tells of. */
export async function toldByTrigger(
	executor: Executor,
	workspaceId: string,
	webhookId: string,
): Promise<ReadonlyArray<{ readonly provider: string; readonly mode: 'live' | 'test' }>> {
	const rows = await triggersOf(executor, workspaceId).where('value', '=', webhookId).execute();
	return rows.flatMap(({ name }) => {
		const [, provider = '', mode] = name.split('/');
		return mode === 'live' || mode === 'test' ? [{ provider, mode }] : [];
	});
}

/** Whether this workspace collects: a trigger for payments has been activated in it. */
export async function hasPaymentTrigger(executor: Executor, workspaceId: string): Promise<boolean> {
	const row = await triggersOf(executor, workspaceId).limit(1).executeTakeFirst();
	return row !== undefined;
}
