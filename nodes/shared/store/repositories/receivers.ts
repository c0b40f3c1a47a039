import type { Executor } from '../store';

const NAME = 'whatsapp_receiver';

/** The WhatsApp Cloud Trigger that was activated last in the workspace. */
export async function lastReceiver(executor: Executor, workspaceId: string): Promise<string | undefined> {
	const row = await executor
		.selectFrom('store_settings')
		.select('value')
		.where('workspace_id', '=', workspaceId)
		.where('name', '=', NAME)
		.executeTakeFirst();
	return row?.value;
}

export async function saveReceiver(executor: Executor, workspaceId: string, webhookId: string): Promise<void> {
	await executor
		.insertInto('store_settings')
		.values({ workspace_id: workspaceId, name: NAME, value: webhookId })
		.onConflict((conflict) => conflict.columns(['workspace_id', 'name']).doUpdateSet({ value: webhookId }))
		.execute();
}
