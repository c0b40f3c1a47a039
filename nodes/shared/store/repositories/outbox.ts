import type { Insertable, Selectable, Transaction, Updateable } from 'kysely';

import type { ChannelsTable, Database, OutboxTable } from '../schema';
import { KeptQuery } from '../keptQuery';
import type { Executor, Store } from '../store';

export type OutboxRow = Selectable<OutboxTable>;

const insert = new KeptQuery((executor, row: Insertable<OutboxTable>) =>
	executor
		.insertInto('outbox')
		.values(row)
		.onConflict((conflict) => conflict.column('id').doNothing()),
);

export async function insertOutbox(tx: Transaction<Database>, row: Insertable<OutboxTable>): Promise<void> {
	await insert.rows(tx, row);
}

const unfinished = new KeptQuery((executor, asked: { workspaceId: string; contactId: string }) =>
	executor
		.selectFrom('outbox')
		.leftJoin('channels', (join) =>
			join
				.onRef('channels.workspace_id', '=', 'outbox.workspace_id')
				.onRef('channels.channel_id', '=', 'outbox.channel_id'),
		)
		.selectAll('outbox')
		.select('channels.vendor')
		.where('outbox.workspace_id', '=', asked.workspaceId)
		.where('outbox.contact_id', '=', asked.contactId)
		.where('outbox.state', 'in', ['queued', 'sending', 'unknown'])
		.orderBy('outbox.created_at')
		.orderBy('outbox.id')
		.orderBy('outbox.sequence'),
);

/** A row, and whose vendor's channel it is for; null for a channel that has received nothing yet. */
export type UnfinishedOutboxRow = OutboxRow & { readonly vendor: ChannelsTable['vendor'] | null };

/** Everything of a contact that is not finished, in the order it must leave. */
export async function unfinishedOutbox(
	executor: Executor,
	workspaceId: string,
	contactId: string,
): Promise<UnfinishedOutboxRow[]> {
	return await unfinished.rows(executor, { workspaceId, contactId });
}

/** What has left for a contact on a channel since a time, and has no more than the vendor's word for it; the oldest first. */
export async function recentlyAccepted(
	executor: Executor,
	workspaceId: string,
	asked: { readonly contactId: string; readonly channelId: string; readonly since: number },
): Promise<OutboxRow[]> {
	return await executor
		.selectFrom('conversations')
		.innerJoin('messages', 'messages.conversation_id', 'conversations.id')
		.innerJoin('outbox', 'outbox.id', 'messages.id')
		.selectAll('outbox')
		.where('conversations.workspace_id', '=', workspaceId)
		.where('conversations.channel_id', '=', asked.channelId)
		.where('conversations.contact_id', '=', asked.contactId)
		.where('messages.at', '>=', asked.since)
		.where('outbox.state', '=', 'accepted')
		.orderBy('messages.at')
		.orderBy('messages.id')
		.execute();
}

export async function getOutbox(executor: Executor, workspaceId: string, id: string): Promise<OutboxRow | undefined> {
	return await executor
		.selectFrom('outbox')
		.selectAll()
		.where('workspace_id', '=', workspaceId)
		.where('id', '=', id)
		.executeTakeFirst();
}

export async function outboxByVendorId(
	executor: Executor,
	workspaceId: string,
	vendorId: string,
): Promise<OutboxRow | undefined> {
	return await executor
		.selectFrom('outbox')
		.selectAll()
		.where('workspace_id', '=', workspaceId)
		.where('vendor_id', '=', vendorId)
		.executeTakeFirst();
}

export async function outboxOfRequest(
	executor: Executor,
	workspaceId: string,
	contactId: string,
	requestId: string,
): Promise<string[]> {
	const rows = await executor
		.selectFrom('outbox')
		.select('id')
		.where('workspace_id', '=', workspaceId)
		.where('contact_id', '=', contactId)
		.where('request_id', '=', requestId)
		.orderBy('id')
		.execute();
	return rows.map((row) => row.id);
}

type Changes = Updateable<OutboxTable> & {
	readonly outboxId: string;
	readonly onlyIn?: ReadonlyArray<OutboxRow['state']>;
};

const update = new KeptQuery((executor, { outboxId, onlyIn, ...changes }: Changes) =>
	executor
		.updateTable('outbox')
		.set(changes)
		.where('id', '=', outboxId)
		.$if(onlyIn !== undefined, (query) => query.where('state', 'in', onlyIn ?? []))
		.returning('id'),
);

export async function updateOutbox(
	executor: Executor,
	id: string,
	changes: Updateable<OutboxTable>,
	onlyIn?: ReadonlyArray<OutboxRow['state']>,
): Promise<boolean> {
	return (await update.first(executor, { ...changes, outboxId: id, onlyIn })) !== undefined;
}

/**
 * Rows that Due must bring to Send Queued or settle: their wake time has come, or who carried them is gone.
 */
export async function dueOutbox(
	executor: Executor,
	store: Store,
	webhookId: string,
	livingOwners: readonly string[],
	limit: number,
): Promise<OutboxRow[]> {
	return await executor
		.selectFrom('outbox')
		.selectAll()
		.where('workspace_id', '=', store.workspaceId)
		.where('webhook_id', '=', webhookId)
		.where('state', 'in', ['queued', 'sending', 'unknown'])
		.where((row) =>
			row.or([
				row('wake_at', '<=', store.now()),
				row.and([
					row('state', 'in', ['queued', 'sending']),
					row('owner', 'is not', null),
					row('owner', 'not in', livingOwners),
				]),
			]),
		)
		.orderBy('created_at')
		.limit(limit)
		.execute();
}
