import type { Selectable, Transaction } from 'kysely';

import type { BusinessProfilesTable, Database } from '../schema';
import type { Executor, Store } from '../store';

export type BusinessProfileRow = Selectable<BusinessProfilesTable>;

/** Which record is in force; cheap, asked before every batch of turns. */
export async function publishedVersion(
	executor: Executor,
	workspaceId: string,
): Promise<{ id: string; version: number } | undefined> {
	return await executor
		.selectFrom('business_profiles')
		.select(['id', 'version'])
		.where('workspace_id', '=', workspaceId)
		.where('status', '=', 'published')
		.orderBy('version', 'desc')
		.limit(1)
		.executeTakeFirst();
}

export async function getProfileRow(
	executor: Executor,
	workspaceId: string,
	id: string,
): Promise<BusinessProfileRow | undefined> {
	return await executor
		.selectFrom('business_profiles')
		.selectAll()
		.where('workspace_id', '=', workspaceId)
		.where('id', '=', id)
		.executeTakeFirst();
}

/** Makes the profile the one in force; the earlier one is kept as history. Returns its version. */
export async function publishProfile(
	tx: Transaction<Database>,
	store: Store,
	profile: string,
	createdBy: string,
): Promise<number> {
	const last = await tx
		.selectFrom('business_profiles')
		.select('version')
		.where('workspace_id', '=', store.workspaceId)
		.orderBy('version', 'desc')
		.limit(1)
		.executeTakeFirst();
	const version = (last?.version ?? 0) + 1;
	const now = store.now();
	await tx
		.updateTable('business_profiles')
		.set({ status: 'archived' })
		.where('workspace_id', '=', store.workspaceId)
		.where('status', '=', 'published')
		.execute();
	await tx
		.insertInto('business_profiles')
		.values({
			id: store.newId(),
			workspace_id: store.workspaceId,
			version,
			status: 'published',
			profile,
			created_at: now,
			created_by: createdBy,
			published_at: now,
		})
		.execute();
	return version;
}
