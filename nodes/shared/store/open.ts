import { randomBytes, timingSafeEqual } from 'node:crypto';
import { isNativeError } from 'node:util/types';

import { bytesInFiles, bytesInRows } from './bytes';
import {
	joinDatabase,
	joinInstance,
	leaveDatabase,
	leaveInstance,
	processBootId,
	type SharedDatabase,
} from './databases';
import { livingOwners } from './instances';
import { keyFromFile, secretsOf, type Secrets } from './secrets';
import { WORKSPACE_PATTERN } from './settings';
import type { LockedResult, Store, StoreSettings } from './store';
import { StoreUnavailable } from './unavailable';

/** What tests, and nobody else, replace. */
export interface StoreOptions {
	/** The time in milliseconds, taken as the database's clock. */
	readonly clock?: () => number;
	/** This machine's clock, which is corrected by the measured offset of PostgreSQL's. */
	readonly machineClock?: () => number;
	/** Another process, in the same one. */
	readonly bootId?: string;
	readonly newId?: () => string;
}

/**
 * Opens the store of a workspace: connects, brings the tables up to date, checks the key, begins the heartbeat.
 * Cheap when another store on the same database is open in this process. Every store must be closed once.
 * @throws StoreUnavailable in words, for every reason that people can do something about.
 */
export async function openStore(settings: StoreSettings, options: StoreOptions = {}): Promise<Store> {
	if (!WORKSPACE_PATTERN.test(settings.workspaceId)) {
		throw new StoreUnavailable(
			`'${settings.workspaceId}' cannot be a workspace`,
			"'Workspace' may hold lower-case letters, digits, '-' and '_', 63 at most, beginning with a letter or digit.",
		);
	}
	if (settings.encryptionKey !== undefined) secretsOf(settings.encryptionKey, settings.workspaceId);
	const bootId = options.bootId ?? processBootId();
	const { shared, address } = await joinDatabase(settings);
	try {
		const secrets = secretsOf(await keyOf(settings), settings.workspaceId);
		const instance = await joinInstance(shared, bootId, options.clock, options.machineClock ?? Date.now);
		try {
			const now = options.clock ?? instance.now;
			await checkKey(shared, settings, secrets);
			return storeOn(shared, settings, {
				bootId,
				secrets,
				now,
				newId: options.newId ?? (() => shared.newId(now())),
				leave: async () => {
					await leaveInstance(shared, bootId);
					await leaveDatabase(shared, address);
				},
			});
		} catch (error) {
			await leaveInstance(shared, bootId);
			throw error;
		}
	} catch (error) {
		await leaveDatabase(shared, address);
		throw error;
	}
}

interface StoreParts {
	readonly bootId: string;
	readonly secrets: Secrets;
	readonly now: () => number;
	readonly newId: () => string;
	readonly leave: () => Promise<void>;
}

function storeOn(shared: SharedDatabase, settings: StoreSettings, parts: StoreParts): Store {
	const { database, signals } = shared;
	const { workspaceId } = settings;
	const { bootId, secrets, now } = parts;
	const bytes =
		settings.database === 'sqlite' && settings.path !== ':memory:'
			? bytesInFiles(database.db, workspaceId, settings.path, now)
			: bytesInRows(database.db, workspaceId, now);
	let closed: Promise<void> | undefined;
	return {
		dialect: database.dialect,
		product: database.product,
		workspaceId,
		bootId,
		db: database.db,
		now,
		newId: parts.newId,
		transaction: async (work) => await database.transaction(work),
		eachLocked: async <T>(keys: readonly string[], work: Parameters<Store['eachLocked']>[1]) => {
			const outcomes = await Promise.allSettled(
				keys.map(
					async (key) => (await database.transaction(async (tx) => await work(tx, key), `${workspaceId}/${key}`)) as T,
				),
			);
			return outcomes.map((outcome, index): LockedResult<T> => {
				const key = keys[index] ?? '';
				return outcome.status === 'fulfilled'
					? { key, value: outcome.value }
					: { key, error: isNativeError(outcome.reason) ? outcome.reason : new Error(String(outcome.reason)) };
			});
		},
		lock: async (tx, key) => await database.lock(tx, `${workspaceId}/${key}`),
		livingOwners: async (executor = database.db) =>
			await livingOwners(executor, database.dialect, [...new Set([bootId, ...shared.instances.keys()])], now()),
		sign: secrets.sign,
		encrypt: secrets.encrypt,
		decrypt: secrets.decrypt,
		writeBytes: async (sha256, content) => await bytes.write(sha256, content),
		readBytes: async (sha256) => await bytes.read(sha256),
		sizeOfBytes: async (sha256) => await bytes.size(sha256),
		removeBytes: async (sha256) => await bytes.remove(sha256),
		signal: (topic) => {
			const wake = (): boolean => signals.emit(`${workspaceId}/${topic}`);
			const scope = database.scopes.current();
			if (scope === undefined) wake();
			else scope.afterCommit(wake);
		},
		onSignal: (topic, listener) => {
			const name = `${workspaceId}/${topic}`;
			// A listener begins work of its own: not in the context, nor at the expense, of who gave the signal.
			const wake = (): void => {
				setImmediate(() => database.scopes.outside(listener));
			};
			signals.on(name, wake);
			return () => signals.off(name, wake);
		},
		close: async () => {
			closed ??= parts.leave();
			await closed;
		},
	};
}

/** A database in memory ends with the process, and so may its key. */
async function keyOf(settings: StoreSettings): Promise<string> {
	if (settings.database === 'postgres' || settings.encryptionKey !== undefined) return settings.encryptionKey ?? '';
	if (settings.path === ':memory:') return randomBytes(32).toString('hex');
	return await keyFromFile(`${settings.path}.key`);
}

/** With another key, what was encrypted could not be read and the audit log would look forged: better not to begin. */
async function checkKey(shared: SharedDatabase, settings: StoreSettings, secrets: Secrets): Promise<void> {
	const { db } = shared.database;
	const key = { workspace_id: settings.workspaceId, name: 'key_check' };
	const expected = secrets.sign('key check');
	const read = async (): Promise<string | undefined> =>
		(
			await db
				.selectFrom('store_settings')
				.select('value')
				.where('workspace_id', '=', key.workspace_id)
				.where('name', '=', key.name)
				.executeTakeFirst()
		)?.value;
	let found = await read();
	if (found === undefined) {
		await db
			.insertInto('store_settings')
			.values({ ...key, value: expected })
			.onConflict((conflict) => conflict.columns(['workspace_id', 'name']).doNothing())
			.execute();
		found = await read();
	}
	if (found !== undefined && timingSafeEqual(Buffer.from(found), Buffer.from(expected))) return;
	throw new StoreUnavailable(
		`The encryption key is not the one that workspace '${settings.workspaceId}' was first opened with`,
		settings.database === 'sqlite' && settings.encryptionKey === undefined
			? `Put back the key file '${settings.path}.key' that belongs to this database.`
			: "Enter the first key again in 'Encryption Key' of the credential; what it encrypted is unreadable with another.",
	);
}
