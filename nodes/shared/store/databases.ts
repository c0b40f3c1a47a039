import { createHash } from 'node:crypto';
import { EventEmitter } from 'node:events';

import { v4 as randomId, v7 as timeSortedId } from 'uuid';

import type { OpenDatabase } from './driver/openDatabase';
import { openPostgresDatabase } from './driver/postgresDatabase';
import { makePrivateFile, openSqliteDatabase } from './driver/sqliteDatabase';
import { startInstance, type Instance } from './instances';
import { migrate } from './migrations/migrate';
import type { StoreSettings } from './store';
import { StoreUnavailable } from './unavailable';

/** What all stores on one database share in this process. */
export interface SharedDatabase {
	readonly database: OpenDatabase;
	readonly signals: EventEmitter;
	readonly instances: Map<string, { readonly started: Promise<Instance>; users: number }>;
	/** A new id, in the order of the calls even within one millisecond. */
	readonly newId: (now: number) => string;
	users: number;
}

interface OpenDatabases {
	readonly bootId: string;
	readonly byAddress: Map<string, Promise<SharedDatabase>>;
	readonly closing: Map<string, Promise<void>>;
}

/**
 * n8n loads the package's modules again when it reloads packages; a second connection to the same SQLite file in one
 * process would freeze the event loop and end in "database is locked". The number counts up when the shape changes.
 */
const EVERYWHERE = Symbol.for('n8n-nodes-whatsapp-crm.open-databases.1');

function openDatabases(): OpenDatabases {
	const place = globalThis as { [EVERYWHERE]?: OpenDatabases };
	place[EVERYWHERE] ??= { bootId: timeSortedId(), byAddress: new Map(), closing: new Map() };
	return place[EVERYWHERE];
}

/** This process, in this start. */
export function processBootId(): string {
	return openDatabases().bootId;
}

/** Opens the database and brings its tables up to date, or joins those who have it open. */
export async function joinDatabase(asked: StoreSettings): Promise<{ shared: SharedDatabase; address: string }> {
	refuseSqliteInQueueMode(asked);
	const settings = await withRealPath(asked);
	const { byAddress, closing } = openDatabases();
	const address = addressOf(settings);
	for (;;) {
		await closing.get(address);
		let opening = byAddress.get(address);
		if (opening === undefined) {
			opening = openAndMigrate(settings);
			byAddress.set(address, opening);
		}
		let shared: SharedDatabase;
		try {
			shared = await opening;
		} catch (error) {
			if (byAddress.get(address) === opening) byAddress.delete(address);
			throw error;
		}
		// The last user may have left while we waited.
		if (byAddress.get(address) === opening) {
			shared.users += 1;
			return { shared, address };
		}
	}
}

/** Closes the database when this was its last user. */
export async function leaveDatabase(shared: SharedDatabase, address: string): Promise<void> {
	shared.users -= 1;
	if (shared.users > 0) return;
	const { byAddress, closing } = openDatabases();
	byAddress.delete(address);
	const closed = shared.database.close().finally(() => closing.delete(address));
	closing.set(address, closed);
	await closed;
}

/** The heartbeat of `bootId` on this database: begun by its first user, ended by its last. */
export async function joinInstance(
	shared: SharedDatabase,
	bootId: string,
	clock: (() => number) | undefined,
	machineClock: () => number,
): Promise<Instance> {
	let known = shared.instances.get(bootId);
	if (known === undefined) {
		known = { started: startInstance(shared.database, bootId, clock, machineClock), users: 0 };
		shared.instances.set(bootId, known);
	}
	known.users += 1;
	try {
		return await known.started;
	} catch (error) {
		shared.instances.delete(bootId);
		throw shared.database.inWords(error);
	}
}

export async function leaveInstance(shared: SharedDatabase, bootId: string): Promise<void> {
	const known = shared.instances.get(bootId);
	if (known === undefined) return;
	known.users -= 1;
	if (known.users > 0) return;
	shared.instances.delete(bootId);
	await (await known.started).stop();
}

async function openAndMigrate(settings: StoreSettings): Promise<SharedDatabase> {
	const database =
		settings.database === 'sqlite' ? await openSqliteDatabase(settings.path) : await openPostgresDatabase(settings);
	try {
		await migrate(database.db, database.dialect, settings.database === 'postgres' ? settings.schema : undefined);
	} catch (error) {
		await database.close();
		throw database.inWords(error);
	}
	const signals = new EventEmitter();
	signals.setMaxListeners(0);
	return { database, signals, instances: new Map(), newId: idsInOrder(), users: 0 };
}

/** Workers and webhook processes of queue mode would each open the file, on machines that may not even share it. */
function refuseSqliteInQueueMode(settings: StoreSettings): void {
	if (settings.database !== 'sqlite' || process.env.EXECUTIONS_MODE !== 'queue') return;
	throw new StoreUnavailable(
		'SQLite works only where one n8n process runs, and this n8n runs in queue mode',
		"Choose PostgreSQL in the 'Database' field of the store's credential, and use that credential in every node of the package.",
	);
}

async function withRealPath(settings: StoreSettings): Promise<StoreSettings> {
	if (settings.database !== 'sqlite' || settings.path === ':memory:') return settings;
	return { ...settings, path: await makePrivateFile(settings.path) };
}

function addressOf(settings: StoreSettings): string {
	if (settings.database === 'sqlite') return settings.path === ':memory:' ? `:memory: ${randomId()}` : settings.path;
	const { host, port, databaseName, user, password, ssl, schema } = settings;
	// A corrected password must not join the pool of the wrong one.
	const digest = createHash('sha256').update(password).digest('hex');
	return JSON.stringify([host, port, databaseName, user, digest, ssl, schema ?? null]);
}

/** The library keeps the order of its own clock only, and ours is the database's. */
function idsInOrder(): (now: number) => string {
	let last = 0;
	let sequence = 0;
	return (now) => {
		sequence = now > last ? 0 : sequence + 1;
		last = Math.max(last, now);
		return timeSortedId({ msecs: last, seq: sequence });
	};
}
