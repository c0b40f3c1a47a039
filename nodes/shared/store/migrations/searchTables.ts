import { sql, type Kysely } from 'kysely';

const SQLITE = [
	sql`create table search_entries (
		entry integer primary key,
		id text not null,
		workspace_id text not null,
		contact_id text not null,
		conversation_id text,
		words text not null
	) strict`,
	// The words come folded (domain/inbox/searchWords), so the tokenizer has nothing to decide; without positions the index
	// is a third of the size, and nobody searches phrases here.
	sql`create virtual table search_words using fts5(
		words, content = 'search_entries', content_rowid = 'entry', tokenize = 'unicode61', detail = none, columnsize = 0
	)`,
	// What was erased is gone from the file at once, not with some later merge: https://sqlite.org/fts5.html#the_secure_delete_configuration_option
	sql`insert into search_words (search_words, rank) values ('secure-delete', 1)`,
	sql`create trigger search_entries_added after insert on search_entries begin
		insert into search_words (rowid, words) values (new.entry, new.words);
	end`,
	sql`create trigger search_entries_removed after delete on search_entries begin
		insert into search_words (search_words, rowid, words) values ('delete', old.entry, old.words);
	end`,
	sql`create trigger search_entries_changed after update of words on search_entries begin
		insert into search_words (search_words, rowid, words) values ('delete', old.entry, old.words);
		insert into search_words (rowid, words) values (new.entry, new.words);
	end`,
];

const POSTGRES = [
	sql`create table search_entries (
		entry bigint generated always as identity primary key,
		id text collate "C" not null,
		workspace_id text collate "C" not null,
		contact_id text collate "C" not null,
		conversation_id text collate "C",
		words text collate "C" not null
	)`,
	sql`create index search_entries_words on search_entries using gin (to_tsvector('simple'::regconfig, words))`,
];

/** The table of what the inbox finds, and the full-text index over it: FTS5 on SQLite, a GIN index on PostgreSQL. */
export async function searchTables(db: Kysely<unknown>, dialect: 'sqlite' | 'postgres'): Promise<void> {
	for (const statement of dialect === 'sqlite' ? SQLITE : POSTGRES) await statement.execute(db);
	await sql`create unique index search_entries_id on search_entries (id)`.execute(db);
	await sql`create index search_entries_contact on search_entries (contact_id)`.execute(db);
	await sql`create index search_entries_conversation on search_entries (conversation_id) where conversation_id is not null`.execute(
		db,
	);
}
