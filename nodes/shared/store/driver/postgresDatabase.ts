import { Semaphore } from 'async-mutex';
import {
	CompiledQuery,
	Kysely,
	PostgresDialect,
	sql,
	type DatabaseConnection,
	type Driver,
	type Transaction,
} from 'kysely';
import { Pool, TypeOverrides, types } from 'pg';

import type { Database } from '../schema';
import type { StoreSettings } from '../store';
import type { OpenDatabase } from './openDatabase';
import { postgresFailure } from './postgresFailure';
import { transactionOn, TransactionScope, TransactionScopes } from './transactionScope';
import { withoutZeroBytes } from './zeroBytes';

/** Transactions of this process at the same time; the others wait in JavaScript, where waiting costs nothing. */
const TRANSACTIONS_AT_ONCE = 8;

/** Connections beyond the transactions', for plain reads. */
const READING_CONNECTIONS = 4;

const CONNECT_WITHIN = 10_000;
const STATEMENT_WITHIN = 30_000;
const IDLE_IN_TRANSACTION = 60_000;

type PostgresSettings = Extract<StoreSettings, { database: 'postgres' }>;

/**
 * Connects to a PostgreSQL server.
 * @throws StoreUnavailable unreachable host, wrong user or password, no such database, no permission.
 */
export async function openPostgresDatabase(settings: PostgresSettings): Promise<OpenDatabase> {
	const pool = new Pool({
		host: settings.host,
		port: settings.port,
		database: settings.databaseName,
		user: settings.user,
		password: settings.password,
		ssl: settings.ssl,
		application_name: 'n8n-nodes-whatsapp-crm',
		max: TRANSACTIONS_AT_ONCE + READING_CONNECTIONS,
		connectionTimeoutMillis: CONNECT_WITHIN,
		idleTimeoutMillis: 30_000,
		keepAlive: true,
		allowExitOnIdle: true,
		types: numbersAsNumbers(),
	});
	surviveLostConnections(pool);
	const scopes = new TransactionScopes();
	const dialect = new CheckedPostgresDialect(settings, pool, scopes);
	const db = new Kysely<Database>({ dialect });
	const places = new Semaphore(TRANSACTIONS_AT_ONCE);
	const unusedDriver = dialect.createDriver();
	let product: string;
	try {
		product = await versionOf(db);
		if (settings.schema !== undefined) await makeSchema(db, settings.schema);
	} catch (error) {
		await db.destroy();
		throw postgresFailure(error, settings);
	}
	return {
		dialect: 'postgres',
		product,
		db,
		scopes,
		transaction: async (work, lockKey) => {
			scopes.assertOutside();
			const scope = new TransactionScope();
			const value = await places.runExclusive(
				async () =>
					await db
						.transaction()
						.setIsolationLevel('read committed')
						.execute(async (plain) => {
							if (lockKey !== undefined) await lock(plain, lockKey);
							const tx = transactionOn(dialect, unusedDriver, db.getExecutor(), scope, plain.getExecutor());
							return await scopes.run(scope, async () => await work(tx));
						}),
			);
			scope.committed();
			return value;
		},
		lock,
		clockOffset: async (machineClock) => await clockOffset(db, machineClock),
		inWords: (error) => postgresFailure(error, settings),
		close: async () => await db.destroy(),
	};
}

/** Two keys that share a hash would only wait for each other. */
async function lock(tx: Transaction<Database>, lockKey: string): Promise<void> {
	await sql`select pg_advisory_xact_lock(hashtextextended(${lockKey}, 0))`.execute(tx);
}

/** Milliseconds and counts come as bigint and sums as numeric, which pg gives as text by default. */
function numbersAsNumbers(): TypeOverrides {
	const overrides = new TypeOverrides();
	overrides.setTypeParser(types.builtins.INT8, Number);
	overrides.setTypeParser(types.builtins.NUMERIC, Number);
	return overrides;
}

/**
 * A server that goes away makes pg emit `error` on the pool and on clients in use; without a listener that ends the
 * process. The pool replaces the connection, and the query that was running rejects by itself.
 */
function surviveLostConnections(pool: Pool): void {
	const leaveItToTheQuery = (): undefined => undefined;
	pool.on('error', leaveItToTheQuery);
	pool.on('connect', (client) => client.on('error', leaveItToTheQuery));
}

/** Connections that are set up once, refuse to be used past their own transaction, and fail in words. */
class CheckedPostgresDialect extends PostgresDialect {
	readonly #settings: PostgresSettings;
	readonly #scopes: TransactionScopes;

	constructor(settings: PostgresSettings, pool: Pool, scopes: TransactionScopes) {
		super({ pool, onCreateConnection: async (connection) => await prepareSession(connection, settings.schema) });
		this.#settings = settings;
		this.#scopes = scopes;
	}

	override createDriver(): Driver {
		const driver = super.createDriver();
		const acquire = driver.acquireConnection.bind(driver);
		driver.acquireConnection = async (options) => {
			this.#scopes.assertOutside();
			try {
				return await acquire(options);
			} catch (error) {
				throw postgresFailure(error, this.#settings);
			}
		};
		return driver;
	}
}

async function prepareSession(connection: DatabaseConnection, schema: string | undefined): Promise<void> {
	storeNoZeroBytes(connection);
	const searchPath = schema === undefined ? '' : `, set_config('search_path', $4, false)`;
	await connection.executeQuery(
		CompiledQuery.raw(
			`select set_config('statement_timeout', $1, false), set_config('lock_timeout', $2, false),
			set_config('idle_in_transaction_session_timeout', $3, false)${searchPath}`,
			[
				String(STATEMENT_WITHIN),
				String(STATEMENT_WITHIN),
				String(IDLE_IN_TRANSACTION),
				...(schema === undefined ? [] : [`"${schema.replaceAll('"', '""')}"`]),
			],
		),
	);
}

function storeNoZeroBytes(connection: DatabaseConnection): void {
	const execute = connection.executeQuery.bind(connection);
	connection.executeQuery = async (query, ...options) => {
		const parameters = withoutZeroBytes(query.parameters);
		return await execute(parameters === query.parameters ? query : { ...query, parameters }, ...options);
	};
}

async function versionOf(db: Kysely<Database>): Promise<string> {
	const { rows } = await sql<{ version: string }>`select current_setting('server_version') as version`.execute(db);
	return `PostgreSQL ${rows[0]?.version.split(' ')[0] ?? ''}`.trim();
}

/** Asked first: a user who may not make schemas can still use one that is there. */
async function makeSchema(db: Kysely<Database>, schema: string): Promise<void> {
	const { rows } = await sql`select 1 from pg_catalog.pg_namespace where nspname = ${schema}`.execute(db);
	if (rows.length > 0) return;
	await sql`create schema if not exists ${sql.id(schema)}`.execute(db);
}

/** The server's clock minus ours, measured as the middle of one question's way there and back. */
async function clockOffset(db: Kysely<Database>, machineClock: () => number): Promise<number> {
	const asked = machineClock();
	const { rows } = await sql<{ now: number }>`
		select (extract(epoch from clock_timestamp()) * 1000)::bigint as now`.execute(db);
	const answered = machineClock();
	return (rows[0]?.now ?? answered) - (asked + answered) / 2;
}
