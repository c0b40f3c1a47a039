import { sql, type Kysely } from 'kysely';
import { Migrator, type Migration } from 'kysely/migration';

import type { Database } from '../schema';
import { StoreUnavailable } from '../unavailable';
import { firstTables } from './firstTables';
import { withEstimates } from './sqliteEstimates';

/** Every change of the tables since the first release, by name; never renamed, never edited once released. */
function migrationsFor(dialect: 'sqlite' | 'postgres'): Record<string, Migration> {
	const migrations = {
		'001_first_tables': firstTables(dialect),
	};
	if (dialect === 'postgres') return migrations;
	return Object.fromEntries(Object.entries(migrations).map(([name, migration]) => [name, withEstimates(migration)]));
}

/**
 * Brings the tables up to what this version of the package expects. Safe from several processes at once: SQLite by
 * `begin immediate`, PostgreSQL by Kysely's advisory lock.
 * @throws StoreUnavailable the database was written by a newer version of the package.
 */
export async function migrate(
	db: Kysely<Database>,
	dialect: 'sqlite' | 'postgres',
	schema: string | undefined,
): Promise<void> {
	const migrations = migrationsFor(dialect);
	const applied = await appliedMigrations(db, dialect, schema);
	const unknown = applied.filter((name) => !(name in migrations));
	if (unknown.length > 0) throw newerThanPackage(unknown);
	// Kysely's Migrator reads the whole catalogue at every start; a database that is up to date needs one query.
	if (applied.length === Object.keys(migrations).length) return;
	const { error } = await new Migrator({
		db,
		provider: { getMigrations: async () => migrations },
		migrationTableSchema: dialect === 'postgres' ? (schema ?? (await currentSchema(db))) : undefined,
	}).migrateToLatest();
	if (error !== undefined) throw error;
}

/** Without its name, Kysely takes a table of any schema for its own, such as that of another client's store. */
async function currentSchema(db: Kysely<Database>): Promise<string | undefined> {
	const { rows } = await sql<{ name: string | null }>`select current_schema() as name`.execute(db);
	return rows[0]?.name ?? undefined;
}

async function appliedMigrations(
	db: Kysely<Database>,
	dialect: 'sqlite' | 'postgres',
	schema: string | undefined,
): Promise<string[]> {
	const known =
		dialect === 'sqlite'
			? sql<{ found: number }>`select count(*) as found from sqlite_master where name = 'kysely_migration'`
			: sql<{ found: number }>`
				select count(*) as found from pg_catalog.pg_tables
				where tablename = 'kysely_migration' and schemaname = coalesce(${schema ?? null}, current_schema())`;
	if ((await known.execute(db)).rows[0]?.found !== 1) return [];
	const { rows } = await sql<{ name: string }>`select name from kysely_migration order by name`.execute(db);
	return rows.map((row) => row.name);
}

function newerThanPackage(unknown: readonly string[]): StoreUnavailable {
	return new StoreUnavailable(
		'The database was last used by a newer version of n8n-nodes-whatsapp-crm',
		`Update the package in n8n (Settings > Community Nodes): this version does not know ${unknown.join(', ')}.`,
	);
}
