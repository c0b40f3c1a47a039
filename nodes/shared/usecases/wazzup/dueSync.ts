import { mayHaveMissed, type SyncCursor, type SyncMark } from '../../domain/sync/cursor';
import { listAdvisors } from '../../store/repositories/advisors';
import {
	accountsAskedFor,
	askForSyncRuns,
	changedCases,
	changedContacts,
	changedLeads,
	dueSyncStates,
	hasUserWhoLeft,
	noteSyncAsked,
	sleepingSyncRuns,
	type SyncCursors,
	type SyncRunRow,
} from '../../store/repositories/syncState';
import type { Store } from '../../store/store';
import type { ItemJson } from '../emit/items';

/** How long whoever was asked has before the run is asked for again, ms. */
const LEASE = 30_000;

const BEGINNING: SyncCursor = { at: 0, id: '' };

/** Whether anything was changed after the last row that the account has, or may have been committed behind it. */
async function hasChanged(store: Store, run: SyncRunRow): Promise<boolean> {
	const cursors = JSON.parse(run.cursors) as SyncCursors;
	const withDeals = cursors.withoutDeals !== true;
	const withCases = withDeals && cursors.withoutCases !== true;
	const marks: ReadonlyArray<SyncMark | undefined> = [
		cursors.contacts,
		...(withDeals ? [cursors.leads] : []),
		...(withCases ? [cursors.cases] : []),
	];
	if (marks.some((mark) => mark !== undefined && mayHaveMissed(mark, store.now()))) return true;
	if ((await changedContacts(store.db, store, cursors.contacts ?? BEGINNING, 1)).length > 0) return true;
	if (withDeals && (await changedLeads(store.db, store, cursors.leads ?? BEGINNING, 1)).length > 0) return true;
	if (withCases && (await changedCases(store.db, store, cursors.cases ?? BEGINNING, 1)).length > 0) return true;
	// What was refused, once its pause is over.
	const kinds = withDeals ? (['contact', 'deal'] as const) : (['contact'] as const);
	if ((await dueSyncStates(store.db, store, run.account, kinds, 1)).length > 0) return true;
	if (await hasUserWhoLeft(store.db, store, run.account)) return true;
	const since = run.claimed_at ?? 0;
	return (await listAdvisors(store.db, store.workspaceId)).some(({ updated_at: at }) => at > since);
}

/** Asks the workflow for one run of Sync for all that has changed since the last, where the trigger does so. */
export async function dueSyncItems(store: Store, webhookId: string, emissionId: string): Promise<ItemJson[]> {
	const items: ItemJson[] = [];
	for (const run of await sleepingSyncRuns(store, webhookId)) {
		if (!(await hasChanged(store, run))) continue;
		await noteSyncAsked(store, run.account, store.now() + LEASE);
		items.push({ due: 'sync', crm: { workspaceId: store.workspaceId, webhookId, emissionId, due: 'sync' } });
	}
	return items;
}

/**
 * A run that a trigger asked for is about to be carried to this account. When the key has changed since the trigger began,
 * it is another account than the one that was looked at: from now on it asks for this one.
 */
export async function followAskedAccount(store: Store, account: string, webhookId: string): Promise<void> {
	const asked = await accountsAskedFor(store, webhookId);
	if (asked.length > 0 && !asked.includes(account)) await askForSyncRuns(store, account, webhookId, true);
}

/** Lets a trigger ask for runs of Sync, or ask no more. */
export async function syncRunsOnChanges(
	store: Store,
	account: string,
	webhookId: string,
	asks: boolean,
): Promise<void> {
	await askForSyncRuns(store, account, webhookId, asks);
}
