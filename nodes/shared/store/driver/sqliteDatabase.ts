import { mkdir, open, realpath } from 'node:fs/promises';
import { dirname } from 'node:path';

import { Kysely, sql } from 'kysely';

import type { Database } from '../schema';
import { GroupCommit } from './groupCommit';
import type { OpenDatabase } from './openDatabase';
import { SqliteConnection } from './sqliteConnection';
import { SqliteFileDialect, SqliteFileDriver } from './sqliteDialect';
import { sqliteFailure } from './sqliteFailure';
import { transactionOn, TransactionScopes } from './transactionScope';

/**
 * Opens a SQLite file that is there (`makePrivateFile`). `:memory:` is a database of its own at every call.
 * @throws StoreUnavailable wrong path, no permission, not a database, held by another process.
 */
export async function openSqliteDatabase(path: string): Promise<OpenDatabase> {
	const connection = await connect(path);
	const scopes = new TransactionScopes();
	const driver = new SqliteFileDriver(connection, scopes);
	const dialect = new SqliteFileDialect(driver);
	const db = new Kysely<Database>({ dialect });
	const product = await versionOf(db, connection);
	const groups = new GroupCommit(connection, scopes, async (group) => {
		await driver.acquireConnection();
		try {
			await group();
		} finally {
			await driver.releaseConnection();
		}
	});
	return {
		dialect: 'sqlite',
		product,
		db,
		scopes,
		transaction: async (work) =>
			await groups.submit(
				async (scope) =>
					await work(
						transactionOn(dialect, driver, db.getExecutor(), scope, {
							provideConnection: async (consumer) => await consumer(connection),
						}),
					),
			),
		lock: async () => undefined,
		clockOffset: async () => 0,
		inWords: (error) => sqliteFailure(error, path),
		close: async () => await db.destroy(),
	};
}

/**
 * Makes an empty file that only its owner may read, in a folder that only its owner may enter, unless they are there.
 * @returns the path without links, so that two ways to one file do not become two connections.
 */
export async function makePrivateFile(path: string): Promise<string> {
	try {
		await mkdir(dirname(path), { recursive: true, mode: 0o700 });
		await (await open(path, 'a', 0o600)).close();
		return await realpath(path);
	} catch (error) {
		throw sqliteFailure(error, path);
	}
}

async function connect(path: string): Promise<SqliteConnection> {
	try {
		return new SqliteConnection(path);
	} catch (error) {
		throw sqliteFailure(error, path);
	}
}

async function versionOf(db: Kysely<Database>, connection: SqliteConnection): Promise<string> {
	try {
		const { rows } = await sql<{ version: string }>`select sqlite_version() as version`.execute(db);
		return `SQLite ${rows[0]?.version ?? ''}`.trim();
	} catch (error) {
		connection.close();
		throw sqliteFailure(error, connection.path);
	}
}
