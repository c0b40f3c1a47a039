import type { CompiledQuery, Kysely, KyselyPlugin, QueryId, RootOperationNode } from 'kysely';
import { sql } from 'kysely';

import type { Database } from '../../nodes/shared/store/schema';
import type { Store } from '../../nodes/shared/store/store';

/** A table or index that a query would read from end to end. */
export interface Scan {
	readonly query: string;
	readonly step: string;
}

/** A store that remembers what it was asked, so that a test can look at how the database would go about it. */
export interface WatchedStore {
	readonly store: Store;
	/** What was asked since the beginning, each text once. */
	queries(): readonly CompiledQuery[];
	/** Fails with the plan's words when a query would read a whole table or index. */
	assertNoScan(options?: { readonly except?: readonly string[] }): Promise<void>;
}

/** Small by nature, whatever the history: reading them whole costs nothing. */
const SMALL_TABLES = ['instances', 'store_settings', 'channels', 'counters', 'advisors'];

export function watched(store: Store): WatchedStore {
	const asked = new Map<string, CompiledQuery>();
	const executor = store.db.getExecutor();
	const plugin: KyselyPlugin = {
		transformQuery: ({ node, queryId }: { node: RootOperationNode; queryId: QueryId }) => {
			const query = executor.compileQuery(node, queryId);
			asked.set(query.sql, query);
			return node;
		},
		transformResult: async ({ result }) => result,
	};
	const watchedStore: Store = {
		...store,
		db: store.db.withPlugin(plugin),
		transaction: async (work) => await store.transaction(async (tx) => await work(tx.withPlugin(plugin))),
		eachLocked: async (keys, work) =>
			await store.eachLocked(keys, async (tx, key) => await work(tx.withPlugin(plugin), key)),
	};
	return {
		store: watchedStore,
		queries: () => [...asked.values()],
		assertNoScan: async ({ except = [] } = {}) => {
			const allowed = [...SMALL_TABLES, ...except];
			const found: Scan[] = [];
			for (const query of asked.values()) {
				if (!/^(select|update|delete|insert|with)\b/i.test(query.sql.trim())) continue;
				const steps = await scansOf(store.db, store.dialect, query);
				found.push(
					...steps
						.filter((step) => !allowed.some((table) => step.includes(table)))
						.map((step) => ({ query: query.sql, step })),
				);
			}
			if (found.length === 0) return;
			throw new Error(
				`These queries would read a whole table or index:\n${found.map(({ query, step }) => `${step}\n  in: ${query}`).join('\n')}`,
			);
		},
	};
}

/** The steps of a query's plan that read a whole table or index, in the database's words. */
export async function scansOf(
	db: Kysely<Database>,
	dialect: Store['dialect'],
	query: CompiledQuery,
): Promise<readonly string[]> {
	return dialect === 'sqlite' ? await sqliteScans(db, query) : await postgresScans(db, query);
}

/** A full-text index that is asked for words: SQLite calls that a scan of a virtual table, with M for the match. */
const entersFullText = (detail: string): boolean => /VIRTUAL TABLE INDEX \d+:.*M/.test(detail);

async function sqliteScans(db: Kysely<Database>, query: CompiledQuery): Promise<readonly string[]> {
	const { rows } = await db.executeQuery<{ detail: string }>({ ...query, sql: `explain query plan ${query.sql}` });
	return rows
		.map((row) => row.detail)
		.filter(
			(detail) =>
				(/^SCAN (?!CONSTANT ROW|\(|\d)/.test(detail) && !entersFullText(detail)) || readsWorkspace(detail, query.sql),
		);
}

/** An index that is entered by its workspace or node alone, for a query that names something far smaller. */
function readsWorkspace(detail: string, text: string): boolean {
	const entered = /^SEARCH .*\(([^)]*)\)$/.exec(detail)?.[1]?.split(' AND ');
	if (entered === undefined || !entered.every((term) => /^(workspace_id|webhook_id|channel_id)=/.test(term)))
		return false;
	return /"(contact_id|conversation_id|message_id|request_id|emission_id|owner|state|vendor_id)" (=|in|not in) /.test(
		text,
	);
}

interface PlanNode {
	readonly 'Node Type': string;
	readonly 'Relation Name'?: string;
	readonly 'Index Name'?: string;
	readonly 'Index Cond'?: string;
	readonly Plans?: readonly PlanNode[];
}

/** With few rows PostgreSQL prefers to read them all; told not to, it does so only where no index serves. */
async function postgresScans(db: Kysely<Database>, query: CompiledQuery): Promise<readonly string[]> {
	return await db.connection().execute(async (connection) => {
		await sql`set enable_seqscan = off`.execute(connection);
		try {
			const { rows } = await connection.executeQuery<{ 'QUERY PLAN': ReadonlyArray<{ readonly Plan: PlanNode }> }>({
				...query,
				sql: `explain (format json) ${query.sql}`,
			});
			return rows.flatMap((row) => row['QUERY PLAN'].flatMap(({ Plan }) => scansInPlan(Plan)));
		} finally {
			await sql`set enable_seqscan = on`.execute(connection);
		}
	});
}

function scansInPlan(node: PlanNode): string[] {
	const whole =
		node['Node Type'] === 'Seq Scan' ||
		(['Index Scan', 'Index Only Scan', 'Bitmap Index Scan'].includes(node['Node Type']) &&
			node['Index Cond'] === undefined);
	const here = whole ? [`${node['Node Type']} on ${node['Relation Name'] ?? node['Index Name'] ?? 'a table'}`] : [];
	return [...here, ...(node.Plans ?? []).flatMap(scansInPlan)];
}
