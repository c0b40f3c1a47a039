import { DatabaseSync, type SQLInputValue } from 'node:sqlite';

import { backOff } from 'exponential-backoff';
import type { CompiledQuery, DatabaseConnection, QueryResult } from 'kysely';

import { isBusy, sqliteFailure } from './sqliteFailure';
import { StatementCache } from './statementCache';
import { withoutZeroBytes } from './zeroBytes';

/** How long to wait for another process that holds the file. */
export interface BusyPatience {
	readonly numOfAttempts: number;
	/** Milliseconds. */
	readonly startingDelay: number;
	readonly timeMultiple: number;
	/** Milliseconds. */
	readonly maxDelay: number;
}

/** About ten seconds in all; the driver's own busy timeout would block the event loop that long. */
const BUSY_PATIENCE: BusyPatience = { numOfAttempts: 100, startingDelay: 5, timeMultiple: 1.5, maxDelay: 200 };

const STATEMENTS_KEPT = 250;

/** The one connection to a file. Everything in it is synchronous except waiting for another process. */
export class SqliteConnection implements DatabaseConnection {
	readonly path: string;
	readonly #database: DatabaseSync;
	readonly #statements: StatementCache;
	readonly #patience: BusyPatience;

	/** Opens the file, which must be there unless it is `:memory:`. */
	constructor(path: string, patience = BUSY_PATIENCE) {
		this.path = path;
		this.#patience = patience;
		this.#database = new DatabaseSync(path, { timeout: 0, enableForeignKeyConstraints: true });
		this.#statements = new StatementCache(this.#database, STATEMENTS_KEPT);
	}

	get inTransaction(): boolean {
		return this.#database.isTransaction;
	}

	/** Runs a statement without parameters or rows: pragmas, begin, commit, savepoints. */
	command(text: string): void {
		this.#statements.prepare(text).statement.run();
	}

	/** Runs `action` until no other process holds the file, as long as patience lasts. */
	async whenFree<T>(action: () => T): Promise<T> {
		try {
			return action();
		} catch (error) {
			if (!isBusy(error)) throw sqliteFailure(error, this.path);
		}
		try {
			return await backOff(async () => action(), { ...this.#patience, jitter: 'full', retry: isBusy });
		} catch (error) {
			throw sqliteFailure(error, this.path);
		}
	}

	async beginImmediate(): Promise<void> {
		await this.whenFree(() => this.command('begin immediate'));
	}

	/** Undoes the running transaction, if SQLite has not done so itself (it does when the disk is full or fails). */
	rollback(): void {
		if (this.#database.isTransaction) this.command('rollback');
	}

	async executeQuery<Row>(query: CompiledQuery): Promise<QueryResult<Row>> {
		if (this.#database.isTransaction) return this.#run<Row>(query);
		return await this.whenFree(() => this.#run<Row>(query));
	}

	/** A cursor kept open between awaits would hold the only connection. */
	streamQuery<Row>(): AsyncIterableIterator<QueryResult<Row>> {
		throw new Error('Rows are not streamed: read them page by page');
	}

	close(): void {
		this.#statements.clear();
		if (this.#database.isOpen) this.#database.close();
	}

	#run<Row>(query: CompiledQuery): QueryResult<Row> {
		const { statement, returnsRows } = this.#statements.prepare(query.sql);
		const parameters = withoutZeroBytes(query.parameters as readonly SQLInputValue[]);
		if (!returnsRows) {
			const { changes } = statement.run(...parameters);
			return { rows: [], numAffectedRows: BigInt(changes) };
		}
		// node:sqlite's rows have no prototype, which n8n's copying and people's `hasOwnProperty` do not expect.
		return { rows: statement.all(...parameters).map((row) => ({ ...row }) as Row) };
	}
}
