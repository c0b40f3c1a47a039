import type { Selectable, Transaction } from 'kysely';

import type { Database, InboxCommandsTable } from '../schema';
import type { Executor, Store } from '../store';

export type InboxCommandRow = Selectable<InboxCommandsTable>;

export async function getInboxCommand(
	executor: Executor,
	workspaceId: string,
	requestId: string,
): Promise<InboxCommandRow | undefined> {
	return await executor
		.selectFrom('inbox_commands')
		.selectAll()
		.where('workspace_id', '=', workspaceId)
		.where('request_id', '=', requestId)
		.executeTakeFirst();
}

/** Writes down that a command was done. False when it was before, by whoever was faster. */
export async function insertInboxCommand(
	tx: Transaction<Database>,
	store: Store,
	command: Pick<InboxCommandRow, 'request_id' | 'advisor_id' | 'digest' | 'answer'>,
): Promise<boolean> {
	const inserted = await tx
		.insertInto('inbox_commands')
		.values({ ...command, workspace_id: store.workspaceId, created_at: store.now() })
		.onConflict((conflict) => conflict.columns(['workspace_id', 'request_id']).doNothing())
		.returning('request_id')
		.executeTakeFirst();
	return inserted !== undefined;
}

/** Forgets commands that no page can repeat any more. */
export async function pruneInboxCommands(executor: Executor, store: Store, before: number): Promise<void> {
	await executor
		.deleteFrom('inbox_commands')
		.where('workspace_id', '=', store.workspaceId)
		.where('created_at', '<', before)
		.execute();
}
