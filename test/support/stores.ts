import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { Client } from 'pg';

import { openStore, type StoreOptions } from '../../nodes/shared/store/open';
import type { Store, StoreSettings } from '../../nodes/shared/store/store';
import { startPostgres, type PostgresServer } from './host/postgres';
import { SERVER_OF_THE_RUN } from './postgresBeforeRun';

export const TEST_KEY = 'ab'.repeat(32);

export interface TestStoreOptions extends StoreOptions {
	/** A workspace of the test's own when absent: no test sees another's rows. */
	readonly workspaceId?: string;
}

export type OpenTestStore = (options?: TestStoreOptions) => Promise<Store>;

interface ServerAddress {
	readonly host: string;
	readonly port: number;
	readonly user: string;
	readonly password: string;
}

/** An empty database, and how to get rid of it. */
export interface TestDatabase {
	settings(workspaceId: string): StoreSettings;
	remove(): Promise<void>;
}

/**
 * Runs a suite on SQLite (a file) and on a real PostgreSQL. `open` gives a migrated store; stores are closed after each
 * test. Within one test every `open` is on the same database and, unless told, in the same workspace.
 */
export function eachDatabase(
	suite: (name: 'SQLite' | 'PostgreSQL', open: OpenTestStore, settings: () => StoreSettings) => void,
): void {
	describe.each(['SQLite', 'PostgreSQL'] as const)('%s', (name) => {
		let database: TestDatabase | undefined;
		let keptOpen: Store | undefined;
		let opened: Store[] = [];
		let workspaceId = '';
		const settings = (workspace = workspaceId): StoreSettings => {
			if (database === undefined) throw new Error('Stores are opened inside of tests and hooks');
			return database.settings(workspace);
		};

		beforeAll(async () => {
			database = name === 'SQLite' ? await sqliteDatabase() : await postgresDatabase();
			keptOpen = await openStore(settings('kept-open'), { bootId: 'kept-open' });
		});
		beforeEach(() => {
			workspaceId = `test-${randomBytes(6).toString('hex')}`;
		});
		afterEach(async () => {
			for (const store of opened.reverse()) await store.close();
			opened = [];
		});
		afterAll(async () => {
			await keptOpen?.close();
			await database?.remove();
			await stopOwnServer();
		});

		suite(
			name,
			async ({ workspaceId: workspace, ...options } = {}) => {
				const store = await openStore(settings(workspace), options);
				opened.push(store);
				return store;
			},
			settings,
		);
	});
}

/** A folder for one database file. */
export async function sqliteDatabase(): Promise<TestDatabase> {
	const folder = await mkdtemp(join(tmpdir(), 'whatsapp-crm-store-'));
	return {
		settings: (workspaceId) => ({
			database: 'sqlite',
			workspaceId,
			path: join(folder, 'store.sqlite'),
			encryptionKey: TEST_KEY,
		}),
		remove: async () => await rm(folder, { recursive: true, force: true }),
	};
}

/** A database on the server of the run, or on one that this suite starts. */
export async function postgresDatabase(): Promise<TestDatabase> {
	const server = await serverAddress();
	const databaseName = `suite_${randomBytes(6).toString('hex')}`;
	await command(server, `create database ${databaseName}`);
	return {
		settings: (workspaceId) => ({
			database: 'postgres',
			workspaceId,
			...server,
			databaseName,
			ssl: false,
			encryptionKey: TEST_KEY,
		}),
		remove: async () => await command(server, `drop database if exists ${databaseName} with (force)`),
	};
}

let ownServer: Promise<PostgresServer> | undefined;

async function serverAddress(): Promise<ServerAddress> {
	const ofTheRun = process.env[SERVER_OF_THE_RUN];
	if (ofTheRun !== undefined) return JSON.parse(ofTheRun) as ServerAddress;
	ownServer ??= startPostgres();
	const { host, port, user, password } = await ownServer;
	return { host, port, user, password };
}

async function stopOwnServer(): Promise<void> {
	const server = await ownServer;
	ownServer = undefined;
	await server?.stop();
}

async function command(server: ServerAddress, statement: string): Promise<void> {
	const client = new Client({ ...server, database: 'postgres' });
	await client.connect();
	try {
		await client.query(statement);
	} finally {
		await client.end();
	}
}
