import { Mutex, type MutexInterface } from 'async-mutex';
import {
	SqliteAdapter,
	SqliteIntrospector,
	SqliteQueryCompiler,
	type DatabaseConnection,
	type DatabaseIntrospector,
	type Dialect,
	type DialectAdapter,
	type Driver,
	type Kysely,
	type QueryCompiler,
} from 'kysely';

import type { SqliteConnection } from './sqliteConnection';
import type { TransactionScopes } from './transactionScope';

/**
 * Kysely over node:sqlite. Kysely's own dialect expects better-sqlite3: on node:sqlite every select answers `[]`, and it
 * begins plainly, so that two processes deadlock when both go from reading to writing (kysely 0.29.9, node 24.21).
 */
export class SqliteFileDialect implements Dialect {
	readonly #driver: SqliteFileDriver;

	constructor(driver: SqliteFileDriver) {
		this.#driver = driver;
	}

	createDriver(): Driver {
		return this.#driver;
	}

	createQueryCompiler(): QueryCompiler {
		return new SqliteQueryCompiler();
	}

	createAdapter(): DialectAdapter {
		return new TransactionalSqliteAdapter();
	}

	createIntrospector(db: Kysely<unknown>): DatabaseIntrospector {
		return new SqliteIntrospector(db);
	}
}

/** Migrations run inside `begin immediate`, which is the lock between processes that Kysely's adapter lacks. */
class TransactionalSqliteAdapter extends SqliteAdapter {
	/** Our driver queues by itself; Kysely's queue stays locked when a driver refuses (kysely 0.29.9). */
	override get supportsMultipleConnections(): boolean {
		return true;
	}

	override get supportsTransactionalDdl(): boolean {
		return true;
	}
}

/** Hands out the one connection to one user at a time, first come first served. */
export class SqliteFileDriver implements Driver {
	readonly #connection: SqliteConnection;
	readonly #scopes: TransactionScopes;
	readonly #turn = new Mutex();
	#release: MutexInterface.Releaser | undefined;

	constructor(connection: SqliteConnection, scopes: TransactionScopes) {
		this.#connection = connection;
		this.#scopes = scopes;
	}

	async init(): Promise<void> {
		await this.#connection.whenFree(() => this.#connection.command('pragma journal_mode = wal'));
		this.#connection.command('pragma synchronous = full');
		this.#connection.command('pragma temp_store = memory');
		this.#connection.command('pragma cache_size = -16384');
	}

	async acquireConnection(): Promise<DatabaseConnection> {
		this.#scopes.assertOutside();
		this.#release = await this.#turn.acquire();
		return this.#connection;
	}

	/** Lets the next in the queue have the connection. */
	async releaseConnection(): Promise<void> {
		const release = this.#release;
		this.#release = undefined;
		release?.();
	}

	async beginTransaction(): Promise<void> {
		await this.#connection.beginImmediate();
	}

	async commitTransaction(): Promise<void> {
		this.#connection.command('commit');
	}

	async rollbackTransaction(): Promise<void> {
		this.#connection.rollback();
	}

	async destroy(): Promise<void> {
		await this.#turn.runExclusive(() => this.#connection.close());
	}
}
