import type { Insertable, Selectable, Transaction, Updateable } from 'kysely';

import type { Database, LinkedNumbersTable } from '../schema';
import { KeptQuery } from '../keptQuery';
import type { Executor, Store } from '../store';

export type LinkedNumberRow = Selectable<LinkedNumbersTable>;

/** States in which what happens on the number is ours to mirror. */
const ACTIVE_STATES = ['located', 'subscribed', 'linked', 'mirroring'] as const;

/** States in which somebody is still to be told, or something to be done. */
const OPEN_STATES = ['started', 'exchanging', 'authorized', ...ACTIVE_STATES, 'disconnected', 'failed'] as const;

export function isActive({ state }: Pick<LinkedNumberRow, 'state'>): boolean {
	return (ACTIVE_STATES as readonly string[]).includes(state);
}

export async function insertLinkedNumber(
	tx: Transaction<Database>,
	row: Insertable<LinkedNumbersTable>,
): Promise<void> {
	await tx.insertInto('linked_numbers').values(row).execute();
}

export async function getLinkedNumber(
	executor: Executor,
	workspaceId: string,
	linkedNumberId: string,
): Promise<LinkedNumberRow | undefined> {
	return await executor
		.selectFrom('linked_numbers')
		.selectAll()
		.where('workspace_id', '=', workspaceId)
		.where('id', '=', linkedNumberId)
		.executeTakeFirst();
}

/** Changes a row, only from one of the given states when they are given. False: it was in another one. */
export async function updateLinkedNumber(
	executor: Executor,
	store: Store,
	linkedNumberId: string,
	changes: Updateable<LinkedNumbersTable>,
	from?: ReadonlyArray<LinkedNumberRow['state']>,
): Promise<boolean> {
	let query = executor
		.updateTable('linked_numbers')
		.set({ ...changes, updated_at: store.now() })
		.where('workspace_id', '=', store.workspaceId)
		.where('id', '=', linkedNumberId);
	if (from !== undefined) query = query.where('state', 'in', from);
	const changed = await query.returning('id').executeTakeFirst();
	return changed !== undefined;
}

/** Linked numbers of the workspace, newest first. `before` is the id of the last row of the page before. */
export async function listLinkedNumbers(
	executor: Executor,
	workspaceId: string,
	page: { readonly advisorId?: string; readonly before?: string; readonly limit: number },
): Promise<LinkedNumberRow[]> {
	let query = executor.selectFrom('linked_numbers').selectAll().where('workspace_id', '=', workspaceId);
	if (page.advisorId !== undefined) query = query.where('advisor_id', '=', page.advisorId);
	if (page.before !== undefined) query = query.where('id', '<', page.before);
	return await query.orderBy('id', 'desc').limit(page.limit).execute();
}

/** When anything of the linked numbers changed last; 0 before there are any. A client has tens of them. */
export async function linkedNumbersChangedAt(executor: Executor, workspaceId: string): Promise<number> {
	const row = await executor
		.selectFrom('linked_numbers')
		.select(({ fn }) => fn.max('updated_at').as('at'))
		.where('workspace_id', '=', workspaceId)
		.executeTakeFirst();
	return row?.at ?? 0;
}

/** The number behind a channel, where it is an advisor's own; the newest when it was linked more than once. */
export async function linkedNumberOfChannel(
	executor: Executor,
	workspaceId: string,
	channelId: string,
): Promise<LinkedNumberRow | undefined> {
	return await executor
		.selectFrom('linked_numbers')
		.selectAll()
		.where('channel_id', '=', channelId)
		.where('workspace_id', '=', workspaceId)
		.orderBy('id', 'desc')
		.limit(1)
		.executeTakeFirst();
}

const ofChannels = new KeptQuery((executor, asked: { workspaceId: string; channelIds: readonly string[] }) =>
	executor
		.selectFrom('linked_numbers')
		.selectAll()
		.where('channel_id', 'in', asked.channelIds)
		.where('workspace_id', '=', asked.workspaceId)
		.orderBy('id'),
);

/** Linked numbers among these channels, the newest of each. */
export async function linkedNumbersOfChannels(
	executor: Executor,
	workspaceId: string,
	channelIds: readonly string[],
): Promise<ReadonlyMap<string, LinkedNumberRow>> {
	if (channelIds.length === 0) return new Map();
	const rows = await ofChannels.rows(executor, { workspaceId, channelIds });
	return new Map(rows.flatMap((row) => (row.channel_id === null ? [] : [[row.channel_id, row] as const])));
}

/** Who has this number now, in whatever workspace of the database. */
export async function holdersOfChannel(
	executor: Executor,
	channelId: string,
): Promise<ReadonlyArray<Pick<LinkedNumberRow, 'id' | 'workspace_id' | 'advisor_id'>>> {
	const rows = await executor
		.selectFrom('linked_numbers')
		.select(['id', 'workspace_id', 'advisor_id', 'state'])
		.where('channel_id', '=', channelId)
		.execute();
	return rows.filter(isActive);
}

/** Linked numbers of an account, where account news concerns them. */
export async function linkedNumbersOfAccount(
	executor: Executor,
	workspaceId: string,
	wabaId: string,
): Promise<LinkedNumberRow[]> {
	return await executor
		.selectFrom('linked_numbers')
		.selectAll()
		.where('waba_id', '=', wabaId)
		.where('workspace_id', '=', workspaceId)
		.where('state', 'in', [...ACTIVE_STATES, 'disconnected'])
		.execute();
}

/** What an inbox's Due has to go on with: steps that stopped, numbers to look after. */
export async function dueLinkedNumbers(
	executor: Executor,
	store: Store,
	inboxWebhookId: string,
	limit: number,
): Promise<LinkedNumberRow[]> {
	return await executor
		.selectFrom('linked_numbers')
		.selectAll()
		.where('inbox_webhook_id', '=', inboxWebhookId)
		.where('due_at', '<=', store.now())
		.where('workspace_id', '=', store.workspaceId)
		.orderBy('due_at')
		.limit(limit)
		.execute();
}

/** Takes a due row for a while. False: somebody else has. */
export async function claimLinkedNumber(
	executor: Executor,
	row: Pick<LinkedNumberRow, 'id' | 'due_at'>,
	until: number,
): Promise<boolean> {
	const claimed = await executor
		.updateTable('linked_numbers')
		.set({ due_at: until })
		.where('id', '=', row.id)
		.where('due_at', '=', row.due_at)
		.returning('id')
		.executeTakeFirst();
	return claimed !== undefined;
}

/** Whoever asks Meta for contacts or history: of two at once one is the first. */
export async function claimSync(
	executor: Executor,
	linkedNumberId: string,
	sync: 'contacts' | 'history',
): Promise<boolean> {
	const claimed = await executor
		.updateTable('linked_numbers')
		.set(sync === 'contacts' ? { contacts: 'requesting' } : { history: 'requesting' })
		.where('id', '=', linkedNumberId)
		.where(sync, '=', 'wanted')
		.returning('id')
		.executeTakeFirst();
	return claimed !== undefined;
}

/** The history has come this far: chunks may overtake each other, so it only ever grows. */
export async function advanceHistory(
	tx: Transaction<Database>,
	linkedNumberId: string,
	progress: number,
): Promise<void> {
	await tx
		.updateTable('linked_numbers')
		.set({ history_progress: progress, history: progress >= 100 ? 'done' : 'running' })
		.where('id', '=', linkedNumberId)
		.where('history', '!=', 'done')
		.where((row) => row.or([row('history_progress', 'is', null), row('history_progress', '<=', progress)]))
		.execute();
}

/** The attempt of an advisor that nobody has finished: a new start takes it over. */
export async function unfinishedLinking(
	executor: Executor,
	workspaceId: string,
	advisorId: string,
): Promise<LinkedNumberRow | undefined> {
	return await executor
		.selectFrom('linked_numbers')
		.selectAll()
		.where('workspace_id', '=', workspaceId)
		.where('advisor_id', '=', advisorId)
		.where('channel_id', 'is', null)
		.where('state', 'in', ['started', 'failed'])
		.orderBy('id', 'desc')
		.limit(1)
		.executeTakeFirst();
}

/** Everything of one advisor that is not over: ended when the advisor leaves. */
export async function openLinkedNumbersOf(
	executor: Executor,
	workspaceId: string,
	advisorId: string,
): Promise<LinkedNumberRow[]> {
	return await executor
		.selectFrom('linked_numbers')
		.selectAll()
		.where('workspace_id', '=', workspaceId)
		.where('advisor_id', '=', advisorId)
		.where('state', 'in', OPEN_STATES)
		.execute();
}

/** Leaves exactly these people out of a linked number's mirror. */
export async function setExclusions(
	tx: Transaction<Database>,
	store: Store,
	linkedNumberId: string,
	digests: readonly string[],
): Promise<void> {
	await tx.deleteFrom('linked_number_exclusions').where('linked_number_id', '=', linkedNumberId).execute();
	await addExclusions(tx, store, linkedNumberId, digests);
}

export async function addExclusions(
	tx: Transaction<Database>,
	store: Store,
	linkedNumberId: string,
	digests: readonly string[],
): Promise<void> {
	const values = [...new Set(digests)].map((digest) => ({
		workspace_id: store.workspaceId,
		linked_number_id: linkedNumberId,
		digest,
	}));
	if (values.length === 0) return;
	await tx
		.insertInto('linked_number_exclusions')
		.values(values)
		.onConflict((conflict) => conflict.doNothing())
		.execute();
}

/** Which of the digests are excluded. */
export async function excludedAmong(
	executor: Executor,
	linkedNumberId: string,
	digests: readonly string[],
): Promise<readonly string[]> {
	if (digests.length === 0) return [];
	const rows = await executor
		.selectFrom('linked_number_exclusions')
		.select('digest')
		.where('linked_number_id', '=', linkedNumberId)
		.where('digest', 'in', digests)
		.execute();
	return rows.map(({ digest }) => digest);
}
