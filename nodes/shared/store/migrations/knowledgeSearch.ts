import { sql, type Kysely } from 'kysely';

const SQLITE = [
	// A place of its own: FTS5 refers to rows by number, and without this column VACUUM may number them anew.
	sql`create table knowledge_search (
		place integer primary key,
		id text not null unique,
		scope text not null,
		words text not null
	) strict`,
	// The words come stemmed and folded, and every one is asked for by itself: no positions are needed.
	sql`create virtual table knowledge_words using fts5(
		scope, words, content = 'knowledge_search', content_rowid = 'place', tokenize = 'unicode61', detail = column,
		columnsize = 0
	)`,
	// https://sqlite.org/fts5.html#external_content_tables
	sql`create trigger knowledge_search_added after insert on knowledge_search begin
		insert into knowledge_words (rowid, scope, words) values (new.place, new.scope, new.words);
	end`,
	sql`create trigger knowledge_search_removed after delete on knowledge_search begin
		insert into knowledge_words (knowledge_words, rowid, scope, words)
		values ('delete', old.place, old.scope, old.words);
	end`,
	sql`create trigger knowledge_search_changed after update on knowledge_search begin
		insert into knowledge_words (knowledge_words, rowid, scope, words)
		values ('delete', old.place, old.scope, old.words);
		insert into knowledge_words (rowid, scope, words) values (new.place, new.scope, new.words);
	end`,
];

const POSTGRES = [
	// Every lexeme carries its scope: a list of 100,000 rows of one workspace would be read with every word otherwise.
	sql`create table knowledge_search (
		place bigint generated always as identity primary key,
		id text collate "C" not null unique,
		scope text collate "C" not null,
		words text collate "C" not null
	)`,
	sql`create index knowledge_search_words on knowledge_search
		using gin (array_to_tsvector(string_to_array(scope || '/' || replace(words, ' ', ' ' || scope || '/'), ' ')))`,
];

/**
 * What the bot's knowledge is found by: one row an active item or entry with its words, made by us so that both databases find
 * the same. SQLite reads them by FTS5, PostgreSQL by a tsvector of exactly these lexemes. `scope` is one word for the kind and
 * the workspace, and always asked for: one client's words never cost another.
 */
export async function createKnowledgeSearch(db: Kysely<unknown>, dialect: 'sqlite' | 'postgres'): Promise<void> {
	for (const statement of dialect === 'sqlite' ? SQLITE : POSTGRES) await statement.execute(db);
}
