import type { Insertable, Selectable, Transaction, Updateable } from 'kysely';

import type { CasesTable, Database } from '../schema';
import type { Executor, Store } from '../store';
import { addSearchEntry } from './searchEntries';

export type CaseRow = Selectable<CasesTable>;

/** Statuses in which a case still takes new texts and files (D16). */
export const OPEN_CASE_STATUSES = ['open', 'in_progress', 'waiting'] as const;

export async function insertCase(tx: Transaction<Database>, row: Insertable<CasesTable>): Promise<void> {
	await tx.insertInto('cases').values(row).execute();
	await addSearchEntry(tx, {
		id: row.id,
		workspaceId: row.workspace_id,
		contactId: row.contact_id,
		conversationId: row.conversation_id ?? undefined,
		text: `${row.number} ${row.number.replace(/\D/g, '')} ${row.subject}`,
	});
}

export async function caseOfRequest(
	executor: Executor,
	workspaceId: string,
	requestId: string,
): Promise<CaseRow | undefined> {
	return await executor
		.selectFrom('cases')
		.selectAll()
		.where('workspace_id', '=', workspaceId)
		.where('request_id', '=', requestId)
		.executeTakeFirst();
}

/** By id or by number. */
export async function findCase(executor: Executor, workspaceId: string, key: string): Promise<CaseRow | undefined> {
	const byId = await executor
		.selectFrom('cases')
		.selectAll()
		.where('workspace_id', '=', workspaceId)
		.where('id', '=', key)
		.executeTakeFirst();
	if (byId) return byId;
	return await executor
		.selectFrom('cases')
		.selectAll()
		.where('workspace_id', '=', workspaceId)
		.where('number', '=', key)
		.executeTakeFirst();
}

/** A contact's cases, newest first; `since` bounds the duplicate window. */
export async function casesOfContact(
	executor: Executor,
	workspaceId: string,
	contactId: string,
	filter: { readonly onlyOpen: boolean; readonly since?: number; readonly limit: number },
): Promise<CaseRow[]> {
	let query = executor
		.selectFrom('cases')
		.selectAll()
		.where('workspace_id', '=', workspaceId)
		.where('contact_id', '=', contactId);
	if (filter.onlyOpen) query = query.where('status', 'in', [...OPEN_CASE_STATUSES]);
	if (filter.since !== undefined) query = query.where('updated_at', '>=', filter.since);
	return await query.orderBy('id', 'desc').limit(filter.limit).execute();
}

/** A page of cases, newest first. `before` is the id of the last row of the page before. */
export async function listCases(
	executor: Executor,
	workspaceId: string,
	filter: {
		readonly status?: CaseRow['status'];
		readonly area?: string;
		readonly contactId?: string;
		readonly advisorId?: string;
		readonly priority?: CaseRow['priority'];
		readonly tag?: string;
		readonly before?: string;
		readonly limit: number;
	},
): Promise<CaseRow[]> {
	let query = executor.selectFrom('cases').selectAll('cases').where('cases.workspace_id', '=', workspaceId);
	if (filter.status !== undefined) query = query.where('status', '=', filter.status);
	if (filter.area !== undefined) query = query.where('area', '=', filter.area);
	if (filter.contactId !== undefined) query = query.where('contact_id', '=', filter.contactId);
	if (filter.advisorId !== undefined) query = query.where('advisor_id', '=', filter.advisorId);
	if (filter.priority !== undefined) query = query.where('priority', '=', filter.priority);
	if (filter.before !== undefined) query = query.where('cases.id', '<', filter.before);
	const { tag } = filter;
	if (tag !== undefined) {
		query = query
			.innerJoin('tag_links', 'tag_links.target_id', 'cases.id')
			.where('tag_links.workspace_id', '=', workspaceId)
			.where('tag_links.kind', '=', 'case')
			.where('tag_links.tag', '=', tag);
	}
	return await query.orderBy('cases.id', 'desc').limit(filter.limit).execute();
}

/** How many cases each person still has open; who has none is not in it. */
export async function countOpenCases(executor: Executor, workspaceId: string): Promise<ReadonlyMap<string, number>> {
	const rows = await executor
		.selectFrom('cases')
		.select(['advisor_id', (row) => row.fn.countAll<number | string>().as('count')])
		.where('workspace_id', '=', workspaceId)
		.where('status', 'in', [...OPEN_CASE_STATUSES])
		.where('advisor_id', 'is not', null)
		.groupBy('advisor_id')
		.execute();
	return new Map(rows.flatMap(({ advisor_id, count }) => (advisor_id === null ? [] : [[advisor_id, Number(count)]])));
}

/** Open cases of one person go to another. @returns how many */
export async function reassignOpenCases(
	tx: Transaction<Database>,
	store: Store,
	fromAdvisorId: string,
	toAdvisorId: string,
): Promise<number> {
	const rows = await tx
		.updateTable('cases')
		.set({ advisor_id: toAdvisorId, updated_at: store.now() })
		.where('workspace_id', '=', store.workspaceId)
		.where('advisor_id', '=', fromAdvisorId)
		.where('status', 'in', [...OPEN_CASE_STATUSES])
		.returning('id')
		.execute();
	return rows.length;
}

export async function updateCase(
	executor: Executor,
	store: Store,
	caseId: string,
	changes: Updateable<CasesTable>,
): Promise<void> {
	await executor
		.updateTable('cases')
		.set({ ...changes, updated_at: store.now() })
		.where('workspace_id', '=', store.workspaceId)
		.where('id', '=', caseId)
		.execute();
}

/** The next value of a counter of the workspace, from 1. Call it last: on PostgreSQL the row stays locked until commit. */
export async function nextCount(tx: Transaction<Database>, workspaceId: string, name: string): Promise<number> {
	const row = await tx
		.insertInto('counters')
		.values({ workspace_id: workspaceId, name, value: 1 })
		.onConflict((conflict) =>
			conflict
				.columns(['workspace_id', 'name'])
				.doUpdateSet((counter) => ({ value: counter('counters.value', '+', 1) })),
		)
		.returning('value')
		.executeTakeFirstOrThrow();
	return row.value;
}

/** How far a counter has come, without using a number up. */
export async function countSoFar(executor: Executor, workspaceId: string, name: string): Promise<number> {
	const row = await executor
		.selectFrom('counters')
		.select('value')
		.where('workspace_id', '=', workspaceId)
		.where('name', '=', name)
		.executeTakeFirst();
	return row?.value ?? 0;
}
