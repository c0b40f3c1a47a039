import type { Selectable, Transaction } from 'kysely';

import type { Database, SignupsTable } from '../schema';
import type { Executor, Store } from '../store';

export type SignupRow = Selectable<SignupsTable>;

export async function insertSignup(tx: Transaction<Database>, row: SignupRow): Promise<void> {
	await tx.insertInto('signups').values(row).execute();
}

export async function findSignup(executor: Executor, store: Store, nonceHash: string): Promise<SignupRow | undefined> {
	return await executor
		.selectFrom('signups')
		.selectAll()
		.where('nonce_hash', '=', nonceHash)
		.where('workspace_id', '=', store.workspaceId)
		.executeTakeFirst();
}

/** Uses a signup up. False when it was used before: of two redirects at once one goes on. */
export async function useSignup(tx: Transaction<Database>, store: Store, nonceHash: string): Promise<boolean> {
	const used = await tx
		.updateTable('signups')
		.set({ used_at: store.now() })
		.where('nonce_hash', '=', nonceHash)
		.where('workspace_id', '=', store.workspaceId)
		.where('used_at', 'is', null)
		.returning('nonce_hash')
		.executeTakeFirst();
	return used !== undefined;
}

/** Removes what nobody can use any more. */
export async function pruneSignups(executor: Executor, store: Store, before: number): Promise<void> {
	await executor
		.deleteFrom('signups')
		.where('workspace_id', '=', store.workspaceId)
		.where('created_at', '<', before)
		.execute();
}
