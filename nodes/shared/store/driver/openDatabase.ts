import type { Kysely, Transaction } from 'kysely';

import type { Database } from '../schema';
import type { TransactionScopes } from './transactionScope';

/** One database file or server, open in this process. Shared by all stores and workspaces on it. */
export interface OpenDatabase {
	readonly dialect: 'sqlite' | 'postgres';
	/** "SQLite 3.53" or "PostgreSQL 18.4". */
	readonly product: string;
	readonly db: Kysely<Database>;
	readonly scopes: TransactionScopes;
	/**
	 * Runs `work` in a transaction; with `lockKey`, alone among all works of that key in all processes.
	 * On SQLite every transaction is alone, so the key changes nothing there.
	 */
	transaction<T>(work: (tx: Transaction<Database>) => Promise<T>, lockKey?: string): Promise<T>;
	/** Takes the lock of `lockKey` until the end of the transaction. */
	lock(tx: Transaction<Database>, lockKey: string): Promise<void>;
	/** The database's clock minus ours, in milliseconds. */
	clockOffset(machineClock: () => number): Promise<number>;
	/** An error of this database as a `StoreUnavailable` where it is one; any other error as it is. */
	inWords(error: unknown): unknown;
	close(): Promise<void>;
}
