import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { sql } from 'kysely';

import { sqliteFailure } from '../../nodes/shared/store/driver/sqliteFailure';
import { openStore } from '../../nodes/shared/store/open';
import type { StoreSettings } from '../../nodes/shared/store/store';
import { freePort } from '../support/host/ports';
import { eachDatabase, postgresDatabase, TEST_KEY, type TestDatabase } from '../support/stores';

const inWords = (message: string, description: string) =>
	expect.objectContaining({
		name: 'StoreUnavailable',
		message: expect.stringContaining(message),
		description: expect.stringContaining(description),
	});

describe('a SQLite file that cannot be used', () => {
	let folder: string;
	beforeEach(async () => {
		folder = await mkdtemp(join(tmpdir(), 'whatsapp-crm-failures-'));
	});
	afterEach(async () => await rm(folder, { recursive: true, force: true }));

	const open = async (path: string) =>
		await openStore({ database: 'sqlite', workspaceId: 'default', path, encryptionKey: TEST_KEY });

	test('given a path that is a folder, then the message names the path and the field', async () => {
		await mkdir(join(folder, 'store.sqlite'));
		await expect(open(join(folder, 'store.sqlite'))).rejects.toEqual(
			inWords(`The database file '${join(folder, 'store.sqlite')}' cannot be made or opened`, "'File Path'"),
		);
	});

	test('given a path below a file, then the message says so', async () => {
		await writeFile(join(folder, 'notes.txt'), 'x');
		await expect(open(join(folder, 'notes.txt', 'store.sqlite'))).rejects.toEqual(
			inWords('cannot be made or opened', "'File Path'"),
		);
	});

	test('given a file that is no database, then it is left as it is', async () => {
		await writeFile(join(folder, 'store.sqlite'), 'these are my notes, not a database'.repeat(100));
		await expect(open(join(folder, 'store.sqlite'))).rejects.toEqual(
			inWords('is not a SQLite database', 'move this file away'),
		);
	});

	test('given a failed opening, then the next one is a new try', async () => {
		const path = join(folder, 'store.sqlite');
		await writeFile(path, 'these are my notes, not a database'.repeat(100));
		await expect(open(path)).rejects.toEqual(inWords('is not a SQLite database', ''));
		await rm(path);
		const store = await open(path);
		await store.close();
	});

	test('given n8n in queue mode, then SQLite is refused before any file is made', async () => {
		const before = process.env.EXECUTIONS_MODE;
		process.env.EXECUTIONS_MODE = 'queue';
		try {
			await expect(open(join(folder, 'never', 'store.sqlite'))).rejects.toEqual(
				inWords('SQLite works only where one n8n process runs', 'Choose PostgreSQL'),
			);
		} finally {
			if (before === undefined) delete process.env.EXECUTIONS_MODE;
			else process.env.EXECUTIONS_MODE = before;
		}
		await expect(chmod(join(folder, 'never'), 0o700)).rejects.toThrow('ENOENT');
	});

	test.each([
		[{ code: 'EACCES' }, 'has no permission to write', "'File Path'"],
		[{ code: 'EROFS' }, 'has no permission to write', "'File Path'"],
		[{ errcode: 8 }, 'has no permission to write', "'File Path'"],
		[{ errcode: 1032 }, 'has no permission to write', "'File Path'"],
		[{ errcode: 11 }, 'is damaged', 'backup'],
		[{ errcode: 13 }, 'no room left on the disk', 'Free some space'],
		[{ errcode: 10 }, 'does not read or write', 'local disk'],
		[{ errcode: 261 }, 'is held by another process', 'Only one n8n process'],
	])('SQLite’s or the system’s %j is told in words', (details, message, description) => {
		expect(sqliteFailure(Object.assign(new Error('x'), details), '/data/store.sqlite')).toEqual(
			inWords(message, description),
		);
	});

	test('an error that is not about the file stays as it is', () => {
		const error = Object.assign(new Error('UNIQUE constraint failed'), { errcode: 2067 });
		expect(sqliteFailure(error, '/data/store.sqlite')).toBe(error);
	});
});

describe('a PostgreSQL that cannot be used', () => {
	let database: TestDatabase;
	let good: Extract<StoreSettings, { database: 'postgres' }>;
	beforeAll(async () => {
		database = await postgresDatabase();
		good = database.settings('default') as typeof good;
	});
	afterAll(async () => await database.remove());

	test('given a name that no server has', async () => {
		await expect(openStore({ ...good, host: 'no-such-host.invalid' })).rejects.toEqual(
			inWords("There is no server by the name 'no-such-host.invalid'", "'Host'"),
		);
	});

	test('given a port where nothing listens', async () => {
		const port = await freePort();
		await expect(openStore({ ...good, port })).rejects.toEqual(
			inWords(`No PostgreSQL answers at 127.0.0.1:${port}`, "'Host' and 'Port'"),
		);
	});

	test('given a server that accepts and hangs up, such as a proxy without its database', async () => {
		const server: Server = createServer((socket) => socket.destroy());
		const port = await new Promise<number>((resolve) => {
			server.listen(0, '127.0.0.1', () => {
				const address = server.address();
				resolve(typeof address === 'object' && address !== null ? address.port : 0);
			});
		});
		await expect(openStore({ ...good, port })).rejects.toEqual(inWords('does not answer', "'Host' and 'Port'"));
		await new Promise((resolve) => server.close(resolve));
	});

	test('given a wrong password, then neither it nor the right one is in the error', async () => {
		const error: unknown = await openStore({ ...good, password: 'wrong-password' }).then(
			() => undefined,
			(reason: unknown) => reason,
		);
		expect(error).toEqual(inWords("PostgreSQL refused the user 'postgres'", "'User' and 'Password'"));
		expect(JSON.stringify([String(error), (error as { description: string }).description])).not.toContain(
			'wrong-password',
		);
	});

	test('given a database that is not there, then the message tells how to make it', async () => {
		await expect(openStore({ ...good, databaseName: 'nowhere' })).rejects.toEqual(
			inWords("There is no database 'nowhere'", 'createdb nowhere'),
		);
	});

	test('given SSL where the server has none', async () => {
		await expect(openStore({ ...good, ssl: true })).rejects.toEqual(inWords('do not agree about SSL', "'SSL'"));
	});

	test('given a user who may not make tables, then the message tells which right to give', async () => {
		const admin = await openStore(good);
		await sql`create user reader password 'reader'`.execute(admin.db);
		try {
			await expect(openStore({ ...good, user: 'reader', password: 'reader', schema: 'of_reader' })).rejects.toEqual(
				inWords("The user 'reader' may not make tables", 'grant create on'),
			);
		} finally {
			await sql`drop user reader`.execute(admin.db);
			await admin.close();
		}
	});

	test('given a schema, then it is made, the tables lie in it, and another schema of the same database is another store', async () => {
		const [one, other] = [
			await openStore({ ...good, schema: 'client "one"' }),
			await openStore({ ...good, schema: 'client two' }),
		];
		try {
			await one.db.insertInto('counters').values({ workspace_id: 'default', name: 'case', value: 7 }).execute();
			expect(await other.db.selectFrom('counters').selectAll().execute()).toEqual([]);
			const { rows } =
				await sql`select schemaname from pg_tables where tablename = 'counters' and schemaname like 'client %' order by 1`.execute(
					one.db,
				);
			expect(rows).toEqual([{ schemaname: 'client "one"' }, { schemaname: 'client two' }]);
		} finally {
			await one.close();
			await other.close();
		}
	});

	test('given a database where a schema holds a store already, then a store without a schema makes its own tables', async () => {
		const fresh = await postgresDatabase();
		try {
			const settings = fresh.settings('default') as typeof good;
			const one = await openStore({ ...settings, schema: 'client_one' });
			await one.db.insertInto('counters').values({ workspace_id: 'default', name: 'case', value: 7 }).execute();
			const other = await openStore(settings);
			expect(await other.db.selectFrom('counters').selectAll().execute()).toEqual([]);
			await one.close();
			await other.close();
		} finally {
			await fresh.remove();
		}
	});

	test('given connections that the server ends, then the work fails, the process lives, and the next work succeeds', async () => {
		const store = await openStore(good);
		try {
			await expect(
				store.transaction(async (tx) => {
					await sql`select pg_terminate_backend(pg_backend_pid())`.execute(tx);
				}),
			).rejects.toThrow();
			const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(store.db);
			expect(rows).toHaveLength(1);
			// Idle ones, by another connection.
			const admin = await openStore({ ...good, workspaceId: 'another-client', schema: 'elsewhere' });
			await sql`select pg_terminate_backend(pid) from pg_stat_activity
				where datname = current_database() and pid <> pg_backend_pid()`.execute(admin.db);
			await admin.close();
			const value = await store.transaction(async (tx) => {
				const counted = await sql<{ one: number }>`select 1 as one`.execute(tx);
				return counted.rows[0]?.one;
			});
			expect(value).toBe(1);
		} finally {
			await store.close();
		}
	});
});

eachDatabase((_name, _open, settings) => {
	test.each(['', 'Acme', 'a/b', '../up', 'a b', 'a'.repeat(64)])('%j cannot be a workspace', async (workspaceId) => {
		await expect(openStore({ ...settings(), workspaceId })).rejects.toEqual(
			inWords(`'${workspaceId}' cannot be a workspace`, "'Workspace'"),
		);
	});
});
