import { sql, type Insertable } from 'kysely';

import { foldedWords, type SearchTerms } from '../../domain/inbox/searchWords';
import { KeptQuery } from '../keptQuery';
import type { SearchEntriesTable } from '../schema';
import type { Executor, Store } from '../store';

/** What leads to a conversation when it is searched for. */
export interface SearchEntry {
	/** Id of the contact, case, message or note. */
	readonly id: string;
	readonly workspaceId: string;
	readonly contactId: string;
	/** Absent: every conversation of the contact. */
	readonly conversationId?: string;
	readonly text: string;
}

const insert = new KeptQuery((executor, row: Insertable<SearchEntriesTable>) =>
	executor
		.insertInto('search_entries')
		.values(row)
		.onConflict((conflict) => conflict.column('id').doNothing()),
);

/** Lets a text lead to its conversation. */
export async function addSearchEntry(tx: Executor, entry: SearchEntry): Promise<void> {
	const words = foldedWords(entry.text);
	if (words === '') return;
	await insert.rows(tx, {
		id: entry.id,
		workspace_id: entry.workspaceId,
		contact_id: entry.contactId,
		conversation_id: entry.conversationId ?? null,
		words,
	});
}

/** The same with other words: an edited message, a person whose name or number is known now. */
export async function replaceSearchEntry(tx: Executor, entry: SearchEntry): Promise<void> {
	const words = foldedWords(entry.text);
	const known = await tx.selectFrom('search_entries').select('words').where('id', '=', entry.id).executeTakeFirst();
	if (known === undefined) return await addSearchEntry(tx, entry);
	if (words === known.words) return;
	if (words === '') await removeSearchEntry(tx, entry.id);
	else await tx.updateTable('search_entries').set({ words }).where('id', '=', entry.id).execute();
}

export async function removeSearchEntry(tx: Executor, id: string): Promise<void> {
	await tx.deleteFrom('search_entries').where('id', '=', id).execute();
}

const anyOf = (alternatives: SearchTerms, term: (word: string) => string, and: string, or: string): string =>
	alternatives.map((words) => `(${words.map(term).join(and)})`).join(or);

export interface FoundEntry {
	readonly contact_id: string;
	readonly conversation_id: string | null;
}

/** What matches, newest first. Words of people are matched from their beginning. */
export async function findSearchEntries(
	executor: Executor,
	store: Store,
	terms: SearchTerms,
	limit: number,
): Promise<FoundEntry[]> {
	if (terms.length === 0) return [];
	// Words are letters and digits only, so that nothing of a query language can come in with them.
	const { rows } =
		store.dialect === 'sqlite'
			? await sql<FoundEntry>`
				select search_entries.contact_id, search_entries.conversation_id
				from search_words join search_entries on search_entries.entry = search_words.rowid
				where search_words match ${anyOf(terms, (word) => `"${word}"*`, ' AND ', ' OR ')}
					and search_entries.workspace_id = ${store.workspaceId}
				order by search_words.rowid desc limit ${limit}`.execute(executor)
			: await sql<FoundEntry>`
				select contact_id, conversation_id from search_entries
				where to_tsvector('simple'::regconfig, words) @@ to_tsquery('simple'::regconfig, ${anyOf(terms, (word) => `${word}:*`, ' & ', ' | ')})
					and workspace_id = ${store.workspaceId}
				order by entry desc limit ${limit}`.execute(executor);
	return rows;
}
