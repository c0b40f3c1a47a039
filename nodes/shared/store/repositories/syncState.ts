import type { Insertable, Selectable } from 'kysely';

import type { SyncCursor, SyncMark } from '../../domain/sync/cursor';
import type { SyncRunsTable, SyncStateTable } from '../schema';
import type { Executor, Store, StoreTransaction } from '../store';
import type { CaseRow } from './cases';
import type { ContactRow } from './contacts';
import type { LeadRow } from './leads';

export type SyncStateRow = Selectable<SyncStateTable>;
export type SyncRunRow = Selectable<SyncRunsTable>;
export type SyncKind = SyncStateRow['kind'];

export interface SyncCursors {
	readonly contacts?: SyncMark;
	readonly leads?: SyncMark;
	readonly cases?: SyncMark;
	/** The account gets no deals: changed leads ask for no run. */
	readonly withoutDeals?: boolean;
	/** Cases are no deals: changed cases ask for no run. */
	readonly withoutCases?: boolean;
}

/** How far an account has been brought. */
export async function syncCursors(executor: Executor, store: Store, account: string): Promise<SyncCursors> {
	const row = await executor
		.selectFrom('sync_runs')
		.select('cursors')
		.where('workspace_id', '=', store.workspaceId)
		.where('account', '=', account)
		.executeTakeFirst();
	return row === undefined ? {} : (JSON.parse(row.cursors) as SyncCursors);
}

/**
 * Takes the account for one run; false while a living process carries another. The caller holds the account's lock.
 * @param owner boot id and run, `<boot id>.<run>`.
 */
export async function claimSyncRun(
	tx: StoreTransaction,
	store: Store,
	account: string,
	owner: string,
	living: readonly string[],
): Promise<boolean> {
	const row = await tx
		.selectFrom('sync_runs')
		.select('owner')
		.where('workspace_id', '=', store.workspaceId)
		.where('account', '=', account)
		.executeTakeFirst();
	const holder = row?.owner ?? null;
	if (holder !== null && living.includes(holder.slice(0, holder.lastIndexOf('.')))) return false;
	const claim = { owner, claimed_at: store.now() };
	await tx
		.insertInto('sync_runs')
		.values({
			workspace_id: store.workspaceId,
			account,
			cursors: '{}',
			...claim,
			finished_at: null,
			webhook_id: null,
			wake_at: null,
		})
		.onConflict((conflict) => conflict.columns(['workspace_id', 'account']).doUpdateSet(claim))
		.execute();
	return true;
}

export async function saveSyncCursors(
	executor: Executor,
	store: Store,
	account: string,
	cursors: SyncCursors,
): Promise<void> {
	await executor
		.updateTable('sync_runs')
		.set({ cursors: JSON.stringify(cursors) })
		.where('workspace_id', '=', store.workspaceId)
		.where('account', '=', account)
		.execute();
}

/** @param done nothing is left: the next change may ask for a run at once. */
export async function releaseSyncRun(store: Store, account: string, owner: string, done: boolean): Promise<void> {
	await store.db
		.updateTable('sync_runs')
		.set({ owner: null, finished_at: store.now(), ...(done ? { wake_at: null } : {}) })
		.where('workspace_id', '=', store.workspaceId)
		.where('account', '=', account)
		.where('owner', '=', owner)
		.execute();
}

/** Accounts that a trigger asks for. */
export async function accountsAskedFor(store: Store, webhookId: string): Promise<string[]> {
	const rows = await store.db
		.selectFrom('sync_runs')
		.select('account')
		.where('workspace_id', '=', store.workspaceId)
		.where('webhook_id', '=', webhookId)
		.execute();
	return rows.map(({ account }) => account);
}

/** Lets a trigger ask for a run when something has changed, or ask no more. It asks for one account: that of its key. */
export async function askForSyncRuns(store: Store, account: string, webhookId: string, asks: boolean): Promise<void> {
	await store.db
		.updateTable('sync_runs')
		.set({ webhook_id: null })
		.where('workspace_id', '=', store.workspaceId)
		.where('webhook_id', '=', webhookId)
		.execute();
	if (!asks) return;
	await store.db
		.insertInto('sync_runs')
		.values({
			workspace_id: store.workspaceId,
			account,
			cursors: '{}',
			owner: null,
			claimed_at: null,
			finished_at: null,
			webhook_id: webhookId,
			wake_at: null,
		})
		.onConflict((conflict) => conflict.columns(['workspace_id', 'account']).doUpdateSet({ webhook_id: webhookId }))
		.execute();
}

/** Accounts for which this trigger asks, and that nobody was asked for lately. */
export async function sleepingSyncRuns(store: Store, webhookId: string): Promise<SyncRunRow[]> {
	return await store.db
		.selectFrom('sync_runs')
		.selectAll()
		.where('workspace_id', '=', store.workspaceId)
		.where('webhook_id', '=', webhookId)
		.where((row) => row.or([row('wake_at', 'is', null), row('wake_at', '<=', store.now())]))
		.execute();
}

export async function noteSyncAsked(store: Store, account: string, until: number): Promise<void> {
	await store.db
		.updateTable('sync_runs')
		.set({ wake_at: until })
		.where('workspace_id', '=', store.workspaceId)
		.where('account', '=', account)
		.execute();
}

/** What the account has of these. */
export async function syncStates(
	executor: Executor,
	store: Store,
	account: string,
	kind: SyncKind,
	ids: readonly string[],
): Promise<ReadonlyMap<string, SyncStateRow>> {
	if (ids.length === 0) return new Map();
	const rows = await executor
		.selectFrom('sync_state')
		.selectAll()
		.where('workspace_id', '=', store.workspaceId)
		.where('account', '=', account)
		.where('kind', '=', kind)
		.where('id', 'in', ids)
		.execute();
	return new Map(rows.map((row) => [row.id, row]));
}

/** Users of the account that came from us; Wazzup keeps a thousand at most. */
export async function syncedUserIds(executor: Executor, store: Store, account: string): Promise<string[]> {
	const rows = await executor
		.selectFrom('sync_state')
		.select('id')
		.where('workspace_id', '=', store.workspaceId)
		.where('account', '=', account)
		.where('kind', '=', 'user')
		.limit(1_000)
		.execute();
	return rows.map(({ id }) => id);
}

/** Whether the account has a user who is nobody of the team any more: of whoever was deleted no row says when. */
export async function hasUserWhoLeft(executor: Executor, store: Store, account: string): Promise<boolean> {
	const row = await executor
		.selectFrom('sync_state')
		.select('sync_state.id')
		.where('sync_state.workspace_id', '=', store.workspaceId)
		.where('account', '=', account)
		.where('kind', '=', 'user')
		.where(({ not, exists, selectFrom }) =>
			not(
				exists(
					selectFrom('advisors')
						.select('advisors.id')
						.whereRef('advisors.id', '=', 'sync_state.id')
						.where('advisors.workspace_id', '=', store.workspaceId),
				),
			),
		)
		.limit(1)
		.executeTakeFirst();
	return row !== undefined;
}

/** Deals of these contacts. */
export async function syncedDealsOf(
	executor: Executor,
	store: Store,
	account: string,
	contactIds: readonly string[],
): Promise<string[]> {
	if (contactIds.length === 0) return [];
	const rows = await executor
		.selectFrom('sync_state')
		.select('id')
		.where('workspace_id', '=', store.workspaceId)
		.where('account', '=', account)
		.where('parent_id', 'in', contactIds)
		.execute();
	return rows.map(({ id }) => id);
}

/** What of these kinds was not taken and is due to be tried again, oldest first. */
export async function dueSyncStates(
	executor: Executor,
	store: Store,
	account: string,
	kinds: readonly SyncKind[],
	limit: number,
): Promise<SyncStateRow[]> {
	return await executor
		.selectFrom('sync_state')
		.selectAll()
		.where('workspace_id', '=', store.workspaceId)
		.where('account', '=', account)
		.where('ready_at', '<=', store.now())
		.where('kind', 'in', kinds)
		.orderBy('ready_at')
		.limit(limit)
		.execute();
}

/**
 * Notes what the account may have soon, before it is told: an answer that nobody lived to hear of would otherwise stay there
 * when its row is gone here. What is known of a row already stays.
 */
export async function noteSyncIntents(
	tx: StoreTransaction,
	store: Store,
	account: string,
	kind: SyncKind,
	rows: ReadonlyArray<{ readonly id: string; readonly parentId?: string }>,
): Promise<void> {
	const changedAt = store.now();
	for (let start = 0; start < rows.length; start += 100) {
		await tx
			.insertInto('sync_state')
			.values(
				rows.slice(start, start + 100).map(({ id, parentId }) => ({
					workspace_id: store.workspaceId,
					account,
					kind,
					id,
					digest: null,
					parent_id: parentId ?? null,
					problem: null,
					attempts: 0,
					ready_at: null,
					changed_at: changedAt,
				})),
			)
			.onConflict((conflict) => conflict.columns(['workspace_id', 'account', 'kind', 'id']).doNothing())
			.execute();
	}
}

/** Writes what the account has now, a hundred rows a statement. */
export async function saveSyncStates(
	tx: StoreTransaction,
	rows: ReadonlyArray<Insertable<SyncStateTable>>,
): Promise<void> {
	for (let start = 0; start < rows.length; start += 100) {
		await tx
			.insertInto('sync_state')
			.values(rows.slice(start, start + 100))
			.onConflict((conflict) =>
				conflict.columns(['workspace_id', 'account', 'kind', 'id']).doUpdateSet((row) => ({
					digest: row.ref('excluded.digest'),
					parent_id: row.ref('excluded.parent_id'),
					problem: row.ref('excluded.problem'),
					attempts: row.ref('excluded.attempts'),
					ready_at: row.ref('excluded.ready_at'),
					changed_at: row.ref('excluded.changed_at'),
				})),
			)
			.execute();
	}
}

export async function removeSyncStates(
	tx: StoreTransaction,
	store: Store,
	account: string,
	kind: SyncKind,
	ids: readonly string[],
): Promise<void> {
	if (ids.length === 0) return;
	await tx
		.deleteFrom('sync_state')
		.where('workspace_id', '=', store.workspaceId)
		.where('account', '=', account)
		.where('kind', '=', kind)
		.where('id', 'in', ids)
		.execute();
}

/** Contacts by the time of their change, oldest first. */
export async function changedContacts(
	executor: Executor,
	store: Store,
	after: SyncCursor,
	limit: number,
): Promise<ContactRow[]> {
	return await executor
		.selectFrom('contacts')
		.selectAll()
		.where('workspace_id', '=', store.workspaceId)
		.where('updated_at', '>=', after.at)
		.where((row) => row.or([row('updated_at', '>', after.at), row('id', '>', after.id)]))
		.orderBy('updated_at')
		.orderBy('id')
		.limit(limit)
		.execute();
}

/** Leads by the time of their change, oldest first. */
export async function changedLeads(
	executor: Executor,
	store: Store,
	after: SyncCursor,
	limit: number,
): Promise<LeadRow[]> {
	return await executor
		.selectFrom('leads')
		.selectAll()
		.where('workspace_id', '=', store.workspaceId)
		.where('updated_at', '>=', after.at)
		.where((row) => row.or([row('updated_at', '>', after.at), row('id', '>', after.id)]))
		.orderBy('updated_at')
		.orderBy('id')
		.limit(limit)
		.execute();
}

/** Cases by the time of their change, oldest first. */
export async function changedCases(
	executor: Executor,
	store: Store,
	after: SyncCursor,
	limit: number,
): Promise<CaseRow[]> {
	return await executor
		.selectFrom('cases')
		.selectAll()
		.where('workspace_id', '=', store.workspaceId)
		.where('updated_at', '>=', after.at)
		.where((row) => row.or([row('updated_at', '>', after.at), row('id', '>', after.id)]))
		.orderBy('updated_at')
		.orderBy('id')
		.limit(limit)
		.execute();
}

export async function contactsByIds(executor: Executor, store: Store, ids: readonly string[]): Promise<ContactRow[]> {
	if (ids.length === 0) return [];
	return await executor
		.selectFrom('contacts')
		.selectAll()
		.where('workspace_id', '=', store.workspaceId)
		.where('id', 'in', ids)
		.execute();
}

export async function leadsByIds(executor: Executor, store: Store, ids: readonly string[]): Promise<LeadRow[]> {
	if (ids.length === 0) return [];
	return await executor
		.selectFrom('leads')
		.selectAll()
		.where('workspace_id', '=', store.workspaceId)
		.where('id', 'in', ids)
		.execute();
}

export async function casesByIds(executor: Executor, store: Store, ids: readonly string[]): Promise<CaseRow[]> {
	if (ids.length === 0) return [];
	return await executor
		.selectFrom('cases')
		.selectAll()
		.where('workspace_id', '=', store.workspaceId)
		.where('id', 'in', ids)
		.execute();
}
