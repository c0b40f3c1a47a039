import { SqliteConnection } from '../../nodes/shared/store/driver/sqliteConnection';
import { openStore } from '../../nodes/shared/store/open';
import type { Store } from '../../nodes/shared/store/store';
import { eventually } from '../support/eventually';
import { GivenTime } from '../support/givenTime';
import { endStoreProcesses, startStoreProcess } from '../support/storeProcess';
import { eachDatabase, postgresDatabase, sqliteDatabase, type TestDatabase } from '../support/stores';

describe.each([
	['SQLite', sqliteDatabase],
	['PostgreSQL', postgresDatabase],
] as const)('%s, new', (_name, make) => {
	let database: TestDatabase;
	beforeEach(async () => {
		database = await make();
	});
	afterEach(async () => await database.remove());

	test('given three processes that start at once on an empty database, then all three find their tables', async () => {
		const settings = database.settings('default');
		const processes = [1, 2, 3].map(() => startStoreProcess({ act: 'open', settings }));
		await Promise.all(processes.map(async (process) => await process.ended));
		const store = await openStore(settings);
		try {
			const tables = await store.db.introspection.getTables();
			expect(tables.map((table) => table.name)).toContain('audit_log');
		} finally {
			await store.close();
		}
	});
});

afterEach(endStoreProcesses);

eachDatabase((name, open, settings) => {
	test('given a process killed with -9 in the middle of its transactions, then each is there whole or not at all', async () => {
		const process = startStoreProcess({ act: 'write without end', settings: settings() });
		await process.ready;
		await process.kill9();
		const store = await open();
		const rows = await store.db
			.selectFrom('counters')
			.select('name')
			.where('workspace_id', '=', store.workspaceId)
			.execute();
		const rounds = (half: string): string[] =>
			rows.flatMap((row) => (row.name.startsWith(half) ? [row.name.slice(half.length)] : [])).sort();
		expect(rounds('left-').length).toBeGreaterThan(20);
		expect(rounds('left-')).toEqual(rounds('right-'));
		await store.transaction(async (tx) => {
			await tx.insertInto('counters').values({ workspace_id: store.workspaceId, name: 'after', value: 1 }).execute();
		});
	});

	if (name === 'SQLite') {
		const write = async (store: Store, counter: string): Promise<void> => {
			await store.transaction(
				async (tx) =>
					await tx
						.insertInto('counters')
						.values({ workspace_id: store.workspaceId, name: counter, value: 1 })
						.execute(),
			);
		};

		test('given a second process that holds the file, then writers wait for it without stopping the event loop', async () => {
			const store = await open();
			const { path } = settings() as { path: string };
			const other = startStoreProcess({ act: 'hold file', path, milliseconds: 60_000 });
			await other.ready;
			let written = 0;
			const writers = ['one', 'two'].map(async (name) => {
				await write(store, name);
				written += 1;
			});
			const watch = new GivenTime();
			await eventually('the event loop goes on', () => watch.now() > 300);
			watch.stop();
			expect(written).toBe(0);
			await other.kill9();
			await Promise.all(writers);
			expect(written).toBe(2);
		});

		test('given a second process that never lets go, then the error says who is in the way, and later writes work', async () => {
			const store = await open();
			const { path } = settings() as { path: string };
			const other = startStoreProcess({ act: 'hold file', path, milliseconds: 60_000 });
			await other.ready;
			const impatient = new SqliteConnection(path, {
				numOfAttempts: 4,
				startingDelay: 5,
				timeMultiple: 2,
				maxDelay: 20,
			});
			await expect(impatient.beginImmediate()).rejects.toMatchObject({
				name: 'StoreUnavailable',
				message: `The database file '${path}' is held by another process`,
				description: expect.stringContaining('Only one n8n process may work on a SQLite database'),
			});
			impatient.close();
			await other.kill9();
			await write(store, 'free again');
		});
	}
});
