import { sql, type Selectable, type Transaction, type Updateable } from 'kysely';

import { businessEventOf, mayBeBusinessEvent } from '../../domain/businessEvents/businessEvent';
import { KeptQuery } from '../keptQuery';
import type { BusinessEventsTable, Database } from '../schema';
import type { Executor, Store } from '../store';

export type BusinessEventRow = Selectable<BusinessEventsTable>;

/** A line of the bitácora, as far as it concerns other systems. */
interface Happened {
	readonly contactId?: string;
	readonly action: string;
	readonly subjectKind?: string;
	readonly subjectId?: string;
	readonly payload?: Readonly<Record<string, unknown>>;
}

const webhooksOfWorkspace = new KeptQuery((executor, asked: { workspaceId: string }) =>
	executor.selectFrom('event_webhooks').select(['id', 'events']).where('workspace_id', '=', asked.workspaceId),
);

/** What the audit log says of an event for people only. */
const OURS = new Set(['requestId', 'attachmentIds']);

/**
 * Queues what happened for every webhook that wants it, in the transaction in which it happened. A workspace without webhooks pays
 * one look for a business event, and nothing for everything else.
 */
export async function queueBusinessEvents(tx: Transaction<Database>, store: Store, happened: Happened): Promise<void> {
	const { action, payload = {}, subjectKind, subjectId, contactId } = happened;
	if (!mayBeBusinessEvent(action) || subjectKind === undefined || subjectId === undefined) return;
	const type = businessEventOf(action, payload);
	if (type === undefined) return;
	const webhooks = await webhooksOfWorkspace.rows(tx, { workspaceId: store.workspaceId });
	const told = Object.fromEntries(Object.entries(payload).filter(([name]) => !OURS.has(name)));
	const now = store.now();
	const rows = webhooks.flatMap(({ id, events }) => {
		const wanted = JSON.parse(events) as readonly string[];
		if (wanted.length > 0 && !wanted.includes(type)) return [];
		return [
			{
				id: store.newId(),
				workspace_id: store.workspaceId,
				event_webhook_id: id,
				type,
				aggregate: contactId === undefined ? `${subjectKind}:${subjectId}` : `contact:${contactId}`,
				subject_kind: subjectKind,
				subject_id: subjectId,
				contact_id: contactId ?? null,
				payload: JSON.stringify(told),
				state: 'queued' as const,
				attempts: 0,
				ready_at: now,
				owner: null,
				error: null,
				created_at: now,
				finished_at: null,
			},
		];
	});
	if (rows.length > 0) await tx.insertInto('business_events').values(rows).execute();
}

/** Frees what processes had taken that are gone. */
export async function freeAbandonedEvents(
	tx: Transaction<Database>,
	store: Store,
	living: readonly string[],
): Promise<void> {
	await tx
		.updateTable('business_events')
		.set({ state: 'queued', owner: null, ready_at: store.now() })
		.where('workspace_id', '=', store.workspaceId)
		.where('state', '=', 'sending')
		.where('owner', 'not in', living.length === 0 ? [''] : [...living])
		.execute();
}

/**
 * Takes events whose time has come, at most one of an aggregate and webhook: the next one waits until this one is delivered or given
 * up, so that nobody hears of a payment before its case.
 */
export async function claimBusinessEvents(
	tx: Transaction<Database>,
	store: Store,
	limit: number,
): Promise<BusinessEventRow[]> {
	const rows = await tx
		.selectFrom('business_events as event')
		.selectAll('event')
		.where('event.workspace_id', '=', store.workspaceId)
		.where('event.state', '=', 'queued')
		.where('event.ready_at', '<=', store.now())
		.where(({ not, exists, selectFrom }) =>
			not(
				exists(
					selectFrom('business_events as earlier')
						.select(sql`1`.as('one'))
						.whereRef('earlier.event_webhook_id', '=', 'event.event_webhook_id')
						.whereRef('earlier.aggregate', '=', 'event.aggregate')
						.where('earlier.state', 'in', ['queued', 'sending'])
						.whereRef('earlier.id', '<', 'event.id'),
				),
			),
		)
		.orderBy('event.ready_at')
		.orderBy('event.id')
		.limit(limit)
		.$if(store.dialect === 'postgres', (query) => query.forUpdate('event').skipLocked())
		.execute();
	if (rows.length === 0) return [];
	await tx
		.updateTable('business_events')
		.set((row) => ({ state: 'sending', owner: store.bootId, attempts: row('attempts', '+', 1) }))
		.where(
			'id',
			'in',
			rows.map(({ id }) => id),
		)
		.execute();
	return rows.map((row) => ({ ...row, state: 'sending', owner: store.bootId, attempts: row.attempts + 1 }));
}

/** Changes an event that this process is sending. @returns false when it is another's by now */
export async function settleBusinessEvent(
	tx: Transaction<Database>,
	store: Store,
	id: string,
	changes: Updateable<BusinessEventsTable>,
): Promise<boolean> {
	const updated = await tx
		.updateTable('business_events')
		.set({ ...changes, owner: null })
		.where('id', '=', id)
		.where('state', '=', 'sending')
		.where('owner', '=', store.bootId)
		.returning('id')
		.executeTakeFirst();
	return updated !== undefined;
}

/** A page of events, newest first. `before` is the id of the last row of the page before. */
export async function listBusinessEvents(
	executor: Executor,
	workspaceId: string,
	filter: { readonly state?: BusinessEventRow['state']; readonly before?: string; readonly limit: number },
): Promise<BusinessEventRow[]> {
	let query = executor.selectFrom('business_events').selectAll().where('workspace_id', '=', workspaceId);
	if (filter.state !== undefined) query = query.where('state', '=', filter.state);
	if (filter.before !== undefined) query = query.where('id', '<', filter.before);
	return await query.orderBy('id', 'desc').limit(filter.limit).execute();
}

/** Tries what was given up once more, from the beginning. @returns how many */
export async function retryDeadEvents(tx: Transaction<Database>, store: Store, id?: string): Promise<number> {
	let query = tx
		.updateTable('business_events')
		.set({ state: 'queued', attempts: 0, ready_at: store.now(), error: null, finished_at: null })
		.where('workspace_id', '=', store.workspaceId)
		.where('state', '=', 'dead');
	if (id !== undefined) query = query.where('id', '=', id);
	return (await query.returning('id').execute()).length;
}

/** Removes what was delivered, and what nobody has tried again, before a time. */
export async function pruneBusinessEvents(executor: Executor, store: Store, before: number): Promise<void> {
	for (const state of ['sent', 'dead'] as const) {
		await executor
			.deleteFrom('business_events')
			.where('workspace_id', '=', store.workspaceId)
			.where('state', '=', state)
			.where('ready_at', '<', before)
			.execute();
	}
}
