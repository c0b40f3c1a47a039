import { sql, type Selectable, type Transaction } from 'kysely';

import type { Part } from '../../domain/metrics/parts';
import type { Database, MetricsDailyTable } from '../schema';
import type { Executor } from '../store';

export type DailyRow = Selectable<MetricsDailyTable>;

/** Rows in one statement: each has eight values, and a statement may have only so many. */
const CHUNK = 200;

/** One process counts at a time. */
export const metricsLock = (workspaceId: string): string => `metrics:${workspaceId}`;

/** What these subjects added until now. */
export async function factsOf(
	tx: Transaction<Database>,
	workspaceId: string,
	subjects: readonly string[],
): Promise<ReadonlyMap<string, readonly Part[]>> {
	const facts = new Map<string, readonly Part[]>();
	for (let start = 0; start < subjects.length; start += CHUNK) {
		const rows = await tx
			.selectFrom('metric_facts')
			.select(['subject', 'parts'])
			.where('workspace_id', '=', workspaceId)
			.where('subject', 'in', subjects.slice(start, start + CHUNK))
			.execute();
		for (const { subject, parts } of rows) facts.set(subject, JSON.parse(parts) as Part[]);
	}
	return facts;
}

/** Subjects that begin so, in their order. */
export async function factsBeginning(
	tx: Transaction<Database>,
	workspaceId: string,
	beginning: string,
): Promise<ReadonlyMap<string, readonly Part[]>> {
	const rows = await tx
		.selectFrom('metric_facts')
		.select(['subject', 'parts'])
		.where('workspace_id', '=', workspaceId)
		.where('subject', '>=', beginning)
		.where('subject', '<', `${beginning}\uffff`)
		.orderBy('subject')
		.execute();
	return new Map(rows.map(({ subject, parts }) => [subject, JSON.parse(parts) as Part[]]));
}

export async function saveFacts(
	tx: Transaction<Database>,
	workspaceId: string,
	facts: ReadonlyMap<string, readonly Part[]>,
): Promise<void> {
	const all = [...facts];
	const kept = all.filter(([, parts]) => parts.length > 0);
	const gone = all.filter(([, parts]) => parts.length === 0).map(([subject]) => subject);
	for (let start = 0; start < kept.length; start += CHUNK) {
		await tx
			.insertInto('metric_facts')
			.values(
				kept.slice(start, start + CHUNK).map(([subject, parts]) => ({
					workspace_id: workspaceId,
					subject,
					parts: JSON.stringify(parts),
				})),
			)
			.onConflict((conflict) =>
				conflict.columns(['workspace_id', 'subject']).doUpdateSet({ parts: (row) => row.ref('excluded.parts') }),
			)
			.execute();
	}
	for (let start = 0; start < gone.length; start += CHUNK) {
		await tx
			.deleteFrom('metric_facts')
			.where('workspace_id', '=', workspaceId)
			.where('subject', 'in', gone.slice(start, start + CHUNK))
			.execute();
	}
}

/** Adds to the daily figures; a row that nothing is left of goes. */
export async function addDaily(
	tx: Transaction<Database>,
	workspaceId: string,
	changes: readonly Part[],
): Promise<void> {
	for (let start = 0; start < changes.length; start += CHUNK) {
		await tx
			.insertInto('metrics_daily')
			.values(changes.slice(start, start + CHUNK).map((part) => ({ workspace_id: workspaceId, ...part })))
			.onConflict((conflict) =>
				conflict.columns(['workspace_id', 'name', 'dimension', 'day', 'key', 'unit']).doUpdateSet({
					count: sql<number>`metrics_daily.count + excluded.count`,
					sum: sql<number>`metrics_daily.sum + excluded.sum`,
				}),
			)
			.execute();
	}
	for (const { name, dimension, day, key, unit } of changes.filter(({ count }) => count < 0)) {
		await tx
			.deleteFrom('metrics_daily')
			.where('workspace_id', '=', workspaceId)
			.where('name', '=', name)
			.where('dimension', '=', dimension)
			.where('day', '=', day)
			.where('key', '=', key)
			.where('unit', '=', unit)
			.where('count', '=', 0)
			.where('sum', '=', 0)
			.execute();
	}
}

/** The figures of some days, counted by one dimension; sums of the days together where no day is asked for. */
export async function dailyRows(
	executor: Executor,
	workspaceId: string,
	asked: {
		readonly names: readonly string[];
		readonly dimension: string;
		readonly from: string;
		readonly to: string;
		readonly key?: string;
	},
): Promise<DailyRow[]> {
	let query = executor
		.selectFrom('metrics_daily')
		.selectAll()
		.where('workspace_id', '=', workspaceId)
		.where('name', 'in', [...asked.names])
		.where('dimension', '=', asked.dimension)
		.where('day', '>=', asked.from)
		.where('day', '<=', asked.to);
	if (asked.key !== undefined) query = query.where('key', '=', asked.key);
	return await query.orderBy('name').orderBy('day').orderBy('key').orderBy('unit').execute();
}

/** Forgets all figures: they are counted anew. */
export async function forgetMetrics(tx: Transaction<Database>, workspaceId: string): Promise<void> {
	for (const table of ['metrics_daily', 'metric_facts'] as const) {
		await tx.deleteFrom(table).where('workspace_id', '=', workspaceId).execute();
	}
	await tx
		.deleteFrom('store_settings')
		.where('workspace_id', '=', workspaceId)
		.where('name', '>=', 'metrics:')
		.where('name', '<', 'metrics;')
		.execute();
}

/** How far the counting has come. */
export async function metricsMark(executor: Executor, workspaceId: string, name: string): Promise<string | undefined> {
	const row = await executor
		.selectFrom('store_settings')
		.select('value')
		.where('workspace_id', '=', workspaceId)
		.where('name', '=', `metrics:${name}`)
		.executeTakeFirst();
	return row?.value;
}

export async function saveMetricsMark(
	tx: Transaction<Database>,
	workspaceId: string,
	name: string,
	value: string,
): Promise<void> {
	await tx
		.insertInto('store_settings')
		.values({ workspace_id: workspaceId, name: `metrics:${name}`, value })
		.onConflict((conflict) => conflict.columns(['workspace_id', 'name']).doUpdateSet({ value }))
		.execute();
}

/** What one conversation added goes on under the one that took its messages, until that one is counted again. */
export async function moveConversationFacts(
	tx: Transaction<Database>,
	workspaceId: string,
	fromConversationId: string,
	intoConversationId: string,
): Promise<void> {
	const beginning = `conversation:${fromConversationId}:`;
	const facts = await factsBeginning(tx, workspaceId, beginning);
	const moved = [...facts].map(
		([subject, parts]) =>
			[`moved:${intoConversationId}:${fromConversationId}:${subject.slice(beginning.length)}`, parts] as const,
	);
	await saveFacts(tx, workspaceId, new Map(moved));
	await saveFacts(tx, workspaceId, new Map([...facts.keys()].map((subject) => [subject, []])));
}
