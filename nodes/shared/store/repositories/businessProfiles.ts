import type { Selectable, Transaction } from 'kysely';

import type { BusinessProfilesTable, Database } from '../schema';
import type { Executor, Store } from '../store';

export type BusinessProfileRow = Selectable<BusinessProfilesTable>;

/** The draft has no number of its own until it is published. */
const DRAFT_VERSION = 0;

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

/** A version that is or was in force. */
export async function getProfileVersion(
	executor: Executor,
	workspaceId: string,
	version: number,
): Promise<BusinessProfileRow | undefined> {
	return await executor
		.selectFrom('business_profiles')
		.selectAll()
		.where('workspace_id', '=', workspaceId)
		.where('version', '=', version)
		.where('status', '!=', 'draft')
		.executeTakeFirst();
}

/** A page of the history, newest first, without the draft. `before` is the last version of the page before. */
export async function listProfileVersions(
	executor: Executor,
	workspaceId: string,
	page: { readonly before?: number; readonly limit: number },
): Promise<BusinessProfileRow[]> {
	let query = executor
		.selectFrom('business_profiles')
		.selectAll()
		.where('workspace_id', '=', workspaceId)
		.where('version', '>', DRAFT_VERSION);
	if (page.before !== undefined) query = query.where('version', '<', page.before);
	return await query.orderBy('version', 'desc').limit(page.limit).execute();
}

/** Makes the profile the one in force; the earlier one is kept as history. Returns its version. */
export async function publishProfile(
	tx: Transaction<Database>,
	store: Store,
	profile: string,
	createdBy: string,
	note: string | null = null,
): Promise<number> {
	const last = await tx
		.selectFrom('business_profiles')
		.select('version')
		.where('workspace_id', '=', store.workspaceId)
		.orderBy('version', 'desc')
		.limit(1)
		.executeTakeFirst();
	const before = await publishedVersion(tx, store.workspaceId);
	const version = (last?.version ?? DRAFT_VERSION) + 1;
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
			base_version: before?.version ?? null,
			note,
			created_at: now,
			created_by: createdBy,
			published_at: now,
		})
		.execute();
	return version;
}

/** The profile that is being worked on, if any. */
export async function getDraft(executor: Executor, workspaceId: string): Promise<BusinessProfileRow | undefined> {
	return await executor
		.selectFrom('business_profiles')
		.selectAll()
		.where('workspace_id', '=', workspaceId)
		.where('version', '=', DRAFT_VERSION)
		.executeTakeFirst();
}

/** Keeps the draft; there is one a workspace. */
export async function putDraft(
	tx: Transaction<Database>,
	store: Store,
	draft: { readonly profile: string; readonly baseVersion: number | null; readonly createdBy: string },
): Promise<void> {
	const values = {
		profile: draft.profile,
		base_version: draft.baseVersion,
		created_at: store.now(),
		created_by: draft.createdBy,
	};
	await tx
		.insertInto('business_profiles')
		.values({
			id: store.newId(),
			workspace_id: store.workspaceId,
			version: DRAFT_VERSION,
			status: 'draft',
			note: null,
			published_at: null,
			...values,
		})
		.onConflict((conflict) => conflict.columns(['workspace_id', 'version']).doUpdateSet(values))
		.execute();
}

export async function deleteDraft(tx: Transaction<Database>, workspaceId: string): Promise<void> {
	await tx
		.deleteFrom('business_profiles')
		.where('workspace_id', '=', workspaceId)
		.where('version', '=', DRAFT_VERSION)
		.execute();
}
