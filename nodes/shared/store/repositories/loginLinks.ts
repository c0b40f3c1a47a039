import type { Insertable, Selectable, Transaction } from 'kysely';

import type { Database, LoginLinksTable } from '../schema';
import type { Executor, Store } from '../store';

export type LoginLinkRow = Selectable<LoginLinksTable>;

/** A new link; the advisor's earlier ones open nothing any more. */
export async function replaceLoginLink(tx: Transaction<Database>, row: Insertable<LoginLinksTable>): Promise<void> {
	await tx
		.deleteFrom('login_links')
		.where('workspace_id', '=', row.workspace_id)
		.where('advisor_id', '=', row.advisor_id)
		.where('used_at', 'is', null)
		.execute();
	await tx.insertInto('login_links').values(row).execute();
}

export async function loginLink(
	executor: Executor,
	workspaceId: string,
	tokenHash: string,
): Promise<LoginLinkRow | undefined> {
	return await executor
		.selectFrom('login_links')
		.selectAll()
		.where('token_hash', '=', tokenHash)
		.where('workspace_id', '=', workspaceId)
		.executeTakeFirst();
}

/** Uses a link up. Undefined when it was used before, is too old, or never was: of two at once one gets it. */
export async function useLoginLink(
	tx: Transaction<Database>,
	store: Store,
	tokenHash: string,
): Promise<string | undefined> {
	const row = await tx
		.updateTable('login_links')
		.set({ used_at: store.now() })
		.where('token_hash', '=', tokenHash)
		.where('workspace_id', '=', store.workspaceId)
		.where('used_at', 'is', null)
		.where('expires_at', '>', store.now())
		.returning('advisor_id')
		.executeTakeFirst();
	return row?.advisor_id;
}

export async function pruneLoginLinks(executor: Executor, store: Store, before: number): Promise<void> {
	await executor
		.deleteFrom('login_links')
		.where('workspace_id', '=', store.workspaceId)
		.where('expires_at', '<', before)
		.execute();
}
