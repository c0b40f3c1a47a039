import type { Executor, Store, StoreTransaction } from '../store';

/** Keeps a status of a message that nobody knows yet; the same one again changes nothing. */
export async function keepEarlyStatus(
	tx: StoreTransaction,
	store: Store,
	status: { readonly vendorId: string; readonly status: string; readonly event: string },
): Promise<boolean> {
	const kept = await tx
		.insertInto('early_statuses')
		.values({
			workspace_id: store.workspaceId,
			vendor_id: status.vendorId,
			status: status.status,
			event: status.event,
			created_at: store.now(),
		})
		.onConflict((conflict) => conflict.columns(['workspace_id', 'vendor_id', 'status']).doNothing())
		.returning('status')
		.executeTakeFirst();
	return kept !== undefined;
}

/** The events that came before their message was known, in the order they came; they are not kept any longer. */
export async function takeEarlyStatuses(
	tx: StoreTransaction,
	workspaceId: string,
	vendorId: string,
): Promise<readonly string[]> {
	const rows = await tx
		.deleteFrom('early_statuses')
		.where('workspace_id', '=', workspaceId)
		.where('vendor_id', '=', vendorId)
		.returning(['event', 'created_at'])
		.execute();
	return [...rows].sort((one, other) => one.created_at - other.created_at).map(({ event }) => event);
}

/** Forgets those of messages that were never ours. */
export async function pruneEarlyStatuses(executor: Executor, store: Store, before: number): Promise<void> {
	await executor
		.deleteFrom('early_statuses')
		.where('workspace_id', '=', store.workspaceId)
		.where('created_at', '<', before)
		.execute();
}
