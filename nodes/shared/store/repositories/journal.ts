import type { Insertable, Selectable, Transaction } from 'kysely';

import type { Database, JournalTable } from '../schema';
import { KeptQuery } from '../keptQuery';
import type { Executor, Store } from '../store';

export type JournalRow = Selectable<JournalTable>;

const insert = new KeptQuery((executor, row: Insertable<JournalTable>) =>
	executor
		.insertInto('journal')
		.values(row)
		.onConflict((conflict) => conflict.columns(['workspace_id', 'webhook_id', 'dedupe_key']).doNothing())
		.returning('id'),
);

/** What happened, as it is written: when and how often it is emitted is the journal's own. */
export type NewJournalRow = Omit<
	Insertable<JournalTable>,
	'state' | 'attempts' | 'ready_at' | 'owner' | 'emission_id' | 'error'
>;

/** Writes what a webhook acknowledged, ready at once. False when the same event was written before for this trigger. */
export async function appendJournal(tx: Transaction<Database>, row: NewJournalRow): Promise<boolean> {
	const ready = {
		state: 'ready',
		attempts: 0,
		ready_at: row.created_at,
		owner: null,
		emission_id: null,
		error: null,
	} as const;
	return (await insert.first(tx, { ...row, ...ready })) !== undefined;
}

/** Whether an event was written for this trigger before. */
export async function isJournaled(
	executor: Executor,
	store: Store,
	webhookId: string,
	dedupeKey: string,
): Promise<boolean> {
	const row = await executor
		.selectFrom('journal')
		.select('id')
		.where('workspace_id', '=', store.workspaceId)
		.where('webhook_id', '=', webhookId)
		.where('dedupe_key', '=', dedupeKey)
		.executeTakeFirst();
	return row !== undefined;
}

/**
 * Takes rows for one emission, oldest first: up to `limit` rows that were never tried, or, when the oldest has failed
 * before, only those of its contact, so that one customer's trouble is retried alone. Counted before anything is done
 * with them, so that a row that kills the process is set aside after its third try.
 */
export async function claimJournal(
	tx: Transaction<Database>,
	store: Store,
	webhookId: string,
	emissionId: string,
	limit: number,
): Promise<JournalRow[]> {
	const ready = tx
		.selectFrom('journal')
		.selectAll()
		.where('workspace_id', '=', store.workspaceId)
		.where('webhook_id', '=', webhookId)
		.where('state', '=', 'ready')
		.where('ready_at', '<=', store.now())
		.orderBy('ready_at')
		.orderBy('id')
		.limit(limit)
		.$if(store.dialect === 'postgres', (query) => query.forUpdate().skipLocked());
	const candidates = await ready.execute();
	const [oldest] = candidates;
	if (!oldest) return [];
	const rows = candidates.filter((row) =>
		oldest.attempts === 0
			? row.attempts === 0
			: row.id === oldest.id || (row.contact_id !== null && row.contact_id === oldest.contact_id),
	);
	await tx
		.updateTable('journal')
		.set((row) => ({
			state: 'claimed',
			owner: store.bootId,
			emission_id: emissionId,
			attempts: row('attempts', '+', 1),
		}))
		.where(
			'id',
			'in',
			rows.map((row) => row.id),
		)
		.execute();
	return rows.map((row) => ({ ...row, attempts: row.attempts + 1 }));
}

/** The execution that carried them succeeded. */
export async function finishJournal(tx: Transaction<Database>, emissionId: string): Promise<void> {
	await tx
		.updateTable('journal')
		.set({ state: 'done', payload: '', error: null })
		.where('emission_id', '=', emissionId)
		.where('state', '=', 'claimed')
		.execute();
}

export async function claimedByEmission(tx: Transaction<Database>, emissionId: string): Promise<JournalRow[]> {
	return await tx
		.selectFrom('journal')
		.selectAll()
		.where('emission_id', '=', emissionId)
		.where('state', '=', 'claimed')
		.execute();
}

/** Claims whose owner is gone: their execution's end will never be heard. */
export async function orphanedJournal(
	executor: Executor,
	store: Store,
	webhookId: string,
	livingOwners: readonly string[],
): Promise<JournalRow[]> {
	return await executor
		.selectFrom('journal')
		.selectAll()
		.where('workspace_id', '=', store.workspaceId)
		.where('webhook_id', '=', webhookId)
		.where('state', '=', 'claimed')
		.where('owner', 'not in', livingOwners)
		.limit(500)
		.execute();
}

/** Back to ready at `readyAt`, or to the dead letter. */
export async function releaseJournal(
	tx: Transaction<Database>,
	id: string,
	next: { readonly state: 'ready' | 'dead'; readonly readyAt: number; readonly error: string },
): Promise<void> {
	await tx
		.updateTable('journal')
		.set({ state: next.state, ready_at: next.readyAt, error: next.error, owner: null, emission_id: null })
		.where('id', '=', id)
		.execute();
}

/** Removes finished rows that no redelivery can name any more. Meta redelivers for seven days. */
export async function pruneJournal(executor: Executor, store: Store, before: number): Promise<void> {
	await executor
		.deleteFrom('journal')
		.where('workspace_id', '=', store.workspaceId)
		.where('state', '=', 'done')
		.where('created_at', '<', before)
		.execute();
}
