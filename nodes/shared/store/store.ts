import type { Kysely, Transaction } from 'kysely';

import type { Database } from './schema';

/** An open transaction. Rooms above the store pass it on and never build a query with it. */
export type StoreTransaction = Transaction<Database>;

/** A transaction, or the plain connection for reads. */
export type Executor = Kysely<Database> | StoreTransaction;

/** Where the data lives. Comes from the credential `WhatsAppCrmStoreApi`, or from the default when there is none. */
export type StoreSettings =
	| {
			readonly database: 'sqlite';
			readonly workspaceId: string;
			/** Absolute path of the file; `:memory:` in tests. */
			readonly path: string;
			/** Hex, 32 bytes. Absent: read from or created in a 0600 file beside the database. */
			readonly encryptionKey?: string;
	  }
	| {
			readonly database: 'postgres';
			readonly workspaceId: string;
			readonly host: string;
			readonly port: number;
			readonly databaseName: string;
			readonly user: string;
			readonly password: string;
			readonly ssl: boolean;
			readonly schema?: string;
			readonly encryptionKey: string;
	  };

/** Outcome of one contact's unit of work; a failed one never undoes another's. */
export type LockedResult<T> =
	| { readonly key: string; readonly value: T }
	| { readonly key: string; readonly error: Error };

/**
 * The open store of one workspace. One per file or server and process (kept in `globalThis`, because n8n reloads
 * packages); `workspaceId` is only a label on top, so opening a second workspace of the same file is free.
 */
export interface Store {
	readonly dialect: 'sqlite' | 'postgres';
	/** What holds the data, for people: "SQLite 3.53.4" or "PostgreSQL 18.4". */
	readonly product: string;
	readonly workspaceId: string;
	/** This process, in this start. Owner of every claim it makes. */
	readonly bootId: string;
	/** For reads outside a transaction. */
	readonly db: Kysely<Database>;
	/** Milliseconds of the database's clock: on PostgreSQL our clock corrected by an offset measured at every heartbeat. */
	now(): number;
	/** A new time-sorted id. */
	newId(): string;
	/** All or nothing. Await nothing but the store inside. */
	transaction<T>(work: (tx: Transaction<Database>) => Promise<T>): Promise<T>;
	/**
	 * Runs `work` for each key under that key's lock. SQLite: one transaction for up to 100 keys with a savepoint each;
	 * PostgreSQL: one transaction a key, `pg_advisory_xact_lock` first, eight at a time. Results in the order of `keys`.
	 */
	eachLocked<T>(
		keys: readonly string[],
		work: (tx: Transaction<Database>, key: string) => Promise<T>,
	): Promise<ReadonlyArray<LockedResult<T>>>;
	/** Takes a further lock inside a transaction (PostgreSQL: advisory, until commit; SQLite: the transaction is the lock). */
	lock(tx: Transaction<Database>, key: string): Promise<void>;
	/** Boot ids whose claims are still good. */
	livingOwners(executor?: Executor): Promise<readonly string[]>;
	/** HMAC-SHA256 with the store's key, hex. For the audit chain and for derived secrets. */
	sign(text: string): string;
	encrypt(plain: string): string;
	decrypt(encrypted: string): string;
	/** Puts bytes where this database keeps them; the same digest is kept once. */
	writeBytes(sha256: string, bytes: Uint8Array): Promise<void>;
	readBytes(sha256: string): Promise<Uint8Array | undefined>;
	/** How many bytes of a digest are there, without reading them; undefined: none are. */
	sizeOfBytes(sha256: string): Promise<number | undefined>;
	/** Removes the bytes themselves once their row is gone. */
	removeBytes(sha256: string): Promise<void>;
	/** Wakes who waits for `topic` in this process (the trigger pump). */
	signal(topic: string): void;
	onSignal(topic: string, listener: () => void): () => void;
	/** Ends the connection when the last user has closed. */
	close(): Promise<void>;
}
