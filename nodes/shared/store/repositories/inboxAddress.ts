import type { Executor } from '../store';

const NAME = 'inbox_address';

/** Where the inbox page of a workspace is found, and which trigger serves it. */
export interface InboxAddress {
	readonly url: string;
	readonly webhookId: string;
	/** The same as n8n itself says it, where people reach it by another: other triggers are found beside it. */
	readonly webhookUrl?: string;
}

/** The address of the inbox that was activated or opened last; undefined before any was. */
export async function inboxAddress(executor: Executor, workspaceId: string): Promise<InboxAddress | undefined> {
	const row = await executor
		.selectFrom('store_settings')
		.select('value')
		.where('workspace_id', '=', workspaceId)
		.where('name', '=', NAME)
		.executeTakeFirst();
	return row && (JSON.parse(row.value) as InboxAddress);
}

export async function saveInboxAddress(executor: Executor, workspaceId: string, address: InboxAddress): Promise<void> {
	const value = JSON.stringify(address);
	await executor
		.insertInto('store_settings')
		.values({ workspace_id: workspaceId, name: NAME, value })
		.onConflict((conflict) => conflict.columns(['workspace_id', 'name']).doUpdateSet({ value }))
		.execute();
}

const closingOf = (webhookId: string): string => `inbox_closed/${webhookId}`;

/** When the workflow of an inbox was switched off last, by the store's clock; 0 when it never was. */
export async function inboxClosedAt(executor: Executor, workspaceId: string, webhookId: string): Promise<number> {
	const row = await executor
		.selectFrom('store_settings')
		.select('value')
		.where('workspace_id', '=', workspaceId)
		.where('name', '=', closingOf(webhookId))
		.executeTakeFirst();
	return Number(row?.value ?? 0);
}

/** Pages that another process serves learn of it here. */
export async function saveInboxClosed(
	executor: Executor,
	workspaceId: string,
	webhookId: string,
	at: number,
): Promise<void> {
	const value = String(at);
	await executor
		.insertInto('store_settings')
		.values({ workspace_id: workspaceId, name: closingOf(webhookId), value })
		.onConflict((conflict) => conflict.columns(['workspace_id', 'name']).doUpdateSet({ value }))
		.execute();
}
