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
