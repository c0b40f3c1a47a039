import { sql, type Insertable, type Selectable, type Transaction } from 'kysely';

import type { CatalogueItemsTable, Database, KnowledgeEntriesTable } from '../schema';
import { KeptQuery } from '../keptQuery';
import type { Executor, Store } from '../store';

export type CatalogueItemRow = Selectable<CatalogueItemsTable>;
export type KnowledgeEntryRow = Selectable<KnowledgeEntriesTable>;

export type KnowledgeKind = 'item' | 'entry';

/** One word for the kind and the workspace; hexadecimal, so that no tokenizer cuts it. */
const scopeOf = (kind: KnowledgeKind, workspaceId: string): string =>
	`${kind}x${Buffer.from(workspaceId, 'utf8').toString('hex')}`;

async function putWords(
	tx: Transaction<Database>,
	store: Store,
	kind: KnowledgeKind,
	id: string,
	words: string | undefined,
): Promise<void> {
	if (words === undefined || words === '') {
		await tx.deleteFrom('knowledge_search').where('id', '=', id).execute();
		return;
	}
	const scope = scopeOf(kind, store.workspaceId);
	await tx
		.insertInto('knowledge_search')
		.values({ id, scope, words })
		.onConflict((conflict) => conflict.column('id').doUpdateSet({ scope, words }))
		.execute();
}

export async function itemBySku(
	executor: Executor,
	workspaceId: string,
	sku: string,
): Promise<CatalogueItemRow | undefined> {
	return await executor
		.selectFrom('catalogue_items')
		.selectAll()
		.where('workspace_id', '=', workspaceId)
		.where('sku', '=', sku)
		.executeTakeFirst();
}

/**
 * Writes an item down, known again by its SKU.
 * @param words what it is found by; nothing finds an item that is not active
 */
export async function putItem(
	tx: Transaction<Database>,
	store: Store,
	item: Omit<Insertable<CatalogueItemsTable>, 'workspace_id' | 'created_at' | 'updated_at'>,
	words: string,
): Promise<void> {
	const now = store.now();
	const { id, sku: _sku, ...changes } = item;
	const { id: kept } = await tx
		.insertInto('catalogue_items')
		.values({ ...item, workspace_id: store.workspaceId, created_at: now, updated_at: now })
		.onConflict((conflict) => conflict.columns(['workspace_id', 'sku']).doUpdateSet({ ...changes, updated_at: now }))
		.returning('id')
		.executeTakeFirstOrThrow();
	await putWords(tx, store, 'item', kept, item.active === 1 ? words : undefined);
}

/** Whether there was such an item. */
export async function deleteItem(tx: Transaction<Database>, store: Store, id: string): Promise<boolean> {
	const removed = await tx
		.deleteFrom('catalogue_items')
		.where('workspace_id', '=', store.workspaceId)
		.where('id', '=', id)
		.returning('id')
		.executeTakeFirst();
	if (removed) await putWords(tx, store, 'item', id, undefined);
	return removed !== undefined;
}

export interface KnowledgePage {
	/** Id of the last row of the page before. */
	readonly before?: string;
	readonly limit: number;
	readonly active?: boolean;
}

/** A page of items, newest first. */
export async function listItems(
	executor: Executor,
	workspaceId: string,
	page: KnowledgePage,
): Promise<CatalogueItemRow[]> {
	let query = executor.selectFrom('catalogue_items').selectAll().where('workspace_id', '=', workspaceId);
	if (page.before !== undefined) query = query.where('id', '<', page.before);
	if (page.active !== undefined) query = query.where('active', '=', page.active ? 1 : 0);
	return await query.orderBy('id', 'desc').limit(page.limit).execute();
}

export async function entryByKey(
	executor: Executor,
	workspaceId: string,
	key: string,
): Promise<KnowledgeEntryRow | undefined> {
	return await executor
		.selectFrom('knowledge_entries')
		.selectAll()
		.where('workspace_id', '=', workspaceId)
		.where('entry_key', '=', key)
		.executeTakeFirst();
}

/** Writes an entry down, known again by its key. */
export async function putEntry(
	tx: Transaction<Database>,
	store: Store,
	entry: Omit<Insertable<KnowledgeEntriesTable>, 'workspace_id' | 'created_at' | 'updated_at'>,
	words: string,
): Promise<void> {
	const now = store.now();
	const { id, entry_key: _key, ...changes } = entry;
	const { id: kept } = await tx
		.insertInto('knowledge_entries')
		.values({ ...entry, workspace_id: store.workspaceId, created_at: now, updated_at: now })
		.onConflict((conflict) =>
			conflict.columns(['workspace_id', 'entry_key']).doUpdateSet({ ...changes, updated_at: now }),
		)
		.returning('id')
		.executeTakeFirstOrThrow();
	await putWords(tx, store, 'entry', kept, entry.active === 1 ? words : undefined);
}

/** Whether there was such an entry. */
export async function deleteEntry(tx: Transaction<Database>, store: Store, id: string): Promise<boolean> {
	const removed = await tx
		.deleteFrom('knowledge_entries')
		.where('workspace_id', '=', store.workspaceId)
		.where('id', '=', id)
		.returning('id')
		.executeTakeFirst();
	if (removed) await putWords(tx, store, 'entry', id, undefined);
	return removed !== undefined;
}

/** A page of entries, newest first; of one document when it is named. */
export async function listEntries(
	executor: Executor,
	workspaceId: string,
	page: KnowledgePage & { readonly source?: string },
): Promise<KnowledgeEntryRow[]> {
	let query = executor.selectFrom('knowledge_entries').selectAll().where('workspace_id', '=', workspaceId);
	if (page.before !== undefined) query = query.where('id', '<', page.before);
	if (page.source !== undefined) query = query.where('source', '=', page.source);
	if (page.active !== undefined) query = query.where('active', '=', page.active ? 1 : 0);
	return await query.orderBy('id', 'desc').limit(page.limit).execute();
}

export async function itemsById(
	executor: Executor,
	workspaceId: string,
	ids: readonly string[],
): Promise<CatalogueItemRow[]> {
	if (ids.length === 0) return [];
	return await executor
		.selectFrom('catalogue_items')
		.selectAll()
		.where('workspace_id', '=', workspaceId)
		.where('id', 'in', ids)
		.execute();
}

export async function entriesById(
	executor: Executor,
	workspaceId: string,
	ids: readonly string[],
): Promise<KnowledgeEntryRow[]> {
	if (ids.length === 0) return [];
	return await executor
		.selectFrom('knowledge_entries')
		.selectAll()
		.where('workspace_id', '=', workspaceId)
		.where('id', 'in', ids)
		.execute();
}

/** What every match must have: of each group at least one word. */
export type WantedWords = ReadonlyArray<readonly string[]>;

/** Our own words have letters and digits only; anything else could be read as an operator. */
const isWord = (word: string): boolean => /^[a-z0-9]+$/.test(word);

function fts5Query(scope: string, wanted: WantedWords): string {
	const groups = wanted.map((words) => `(${words.map((word) => `"${word}"`).join(' OR ')})`);
	return `scope : "${scope}" AND words : (${groups.join(' AND ')})`;
}

function tsquery(scope: string, wanted: WantedWords): string {
	return wanted.map((words) => `(${words.map((word) => `'${scope}/${word}'`).join(' | ')})`).join(' & ');
}

/**
 * Ids of what has a word of every group, in the order of writing down, at most `limit`: the index says what may be meant, the
 * domain ranks it.
 */
export async function findByWords(
	executor: Executor,
	store: Pick<Store, 'dialect' | 'workspaceId'>,
	kind: KnowledgeKind,
	wanted: WantedWords,
	limit: number,
): Promise<string[]> {
	const groups = wanted.map((words) => words.filter(isWord)).filter((words) => words.length > 0);
	if (groups.length === 0) return [];
	const scope = scopeOf(kind, store.workspaceId);
	const found =
		store.dialect === 'sqlite'
			? sql<{ id: string }>`
				select knowledge_search.id from knowledge_words
				join knowledge_search on knowledge_search.place = knowledge_words.rowid
				where knowledge_words match ${fts5Query(scope, groups)} order by knowledge_words.rowid limit ${limit}`
			: sql<{ id: string }>`
				select id from (
					select id, place from knowledge_search
					where array_to_tsvector(string_to_array(scope || '/' || replace(words, ' ', ' ' || scope || '/'), ' '))
						@@ ${tsquery(scope, groups)}::tsquery
					limit ${limit * 10}
				) as matching order by place limit ${limit}`;
	return (await found.execute(executor)).rows.map(({ id }) => id);
}

/** Of what kinds anything is kept: nothing is looked up for a business without knowledge. */
export async function keptKinds(executor: Executor, workspaceId: string): Promise<ReadonlySet<KnowledgeKind>> {
	const rows = await kept.rows(executor, { workspaceId });
	return new Set(rows.map(({ kind }) => kind));
}

const kept = new KeptQuery((executor, { workspaceId }: { workspaceId: string }) => {
	const anyOf = (kind: KnowledgeKind, table: 'knowledge_entries' | 'catalogue_items') =>
		executor
			.selectNoFrom(sql.lit<KnowledgeKind>(kind).as('kind'))
			.where(({ exists, selectFrom }) =>
				exists(selectFrom(table).select('id').where('workspace_id', '=', workspaceId)),
			);
	return anyOf('entry', 'knowledge_entries').unionAll(anyOf('item', 'catalogue_items'));
});
