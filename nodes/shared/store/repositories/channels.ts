import type { Selectable } from 'kysely';

import type { ChannelsTable } from '../schema';
import type { Executor, Store } from '../store';

export type ChannelRow = Selectable<ChannelsTable>;

export async function getChannel(
	executor: Executor,
	workspaceId: string,
	channelId: string,
): Promise<ChannelRow | undefined> {
	return await executor
		.selectFrom('channels')
		.selectAll()
		.where('workspace_id', '=', workspaceId)
		.where('channel_id', '=', channelId)
		.executeTakeFirst();
}

export async function listChannels(executor: Executor, workspaceId: string): Promise<ChannelRow[]> {
	return await executor
		.selectFrom('channels')
		.selectAll()
		.where('workspace_id', '=', workspaceId)
		.orderBy('channel_id')
		.limit(1000)
		.execute();
}

/** The company's numbers: those that are not an advisor's own. */
export async function listCompanyChannels(executor: Executor, workspaceId: string): Promise<ChannelRow[]> {
	return await executor
		.selectFrom('channels')
		.selectAll()
		.where('workspace_id', '=', workspaceId)
		.where(({ not, exists, selectFrom }) =>
			not(
				exists(
					selectFrom('linked_numbers')
						.select('linked_numbers.id')
						.whereRef('linked_numbers.channel_id', '=', 'channels.channel_id')
						.where('linked_numbers.workspace_id', '=', workspaceId)
						.where('linked_numbers.state', '!=', 'failed'),
				),
			),
		)
		.orderBy('channel_id')
		.limit(1000)
		.execute();
}

/** Notes that a number of ours received something through a trigger. */
export async function touchChannel(
	executor: Executor,
	store: Store,
	channel: {
		readonly channelId: string;
		readonly vendor: ChannelRow['vendor'];
		readonly wabaId?: string;
		readonly displayPhoneNumber?: string;
		readonly webhookId: string;
	},
): Promise<void> {
	const now = store.now();
	await executor
		.insertInto('channels')
		.values({
			workspace_id: store.workspaceId,
			channel_id: channel.channelId,
			vendor: channel.vendor,
			waba_id: channel.wabaId ?? null,
			display_phone_number: channel.displayPhoneNumber ?? null,
			webhook_id: channel.webhookId,
			last_webhook_at: now,
			created_at: now,
			updated_at: now,
		})
		.onConflict((conflict) =>
			conflict.columns(['workspace_id', 'channel_id']).doUpdateSet({
				webhook_id: channel.webhookId,
				last_webhook_at: now,
				updated_at: now,
			}),
		)
		.execute();
}
