import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as nextRound } from 'node:timers/promises';

import { sql } from 'kysely';

import { GroupCommit, LARGEST_GROUP } from '../../nodes/shared/store/driver/groupCommit';
import { SqliteConnection } from '../../nodes/shared/store/driver/sqliteConnection';
import { TransactionScopes } from '../../nodes/shared/store/driver/transactionScope';
import { openStore } from '../../nodes/shared/store/open';
import type { Store } from '../../nodes/shared/store/store';
import * as fc from '../support/properties';

/** A connection that counts its commits. */
class CountingConnection extends SqliteConnection {
	readonly commands: string[] = [];

	override command(text: string): void {
		this.commands.push(text);
		super.command(text);
	}

	commits(): number {
		return this.commands.filter((command) => command === 'commit').length;
	}
}

function groupsOn(connection: SqliteConnection): GroupCommit {
	return new GroupCommit(connection, new TransactionScopes(), async (group) => await group());
}

describe('units of work that wait at the same moment', () => {
	let connection: CountingConnection;
	beforeEach(() => {
		connection = new CountingConnection(':memory:');
		connection.command('create table written (name text primary key) strict');
	});
	afterEach(() => connection.close());

	const write = (name: string) => async (): Promise<string> => {
		connection.command(`insert into written values ('${name}')`);
		await Promise.resolve();
		return name;
	};
	const written = async (): Promise<string[]> => {
		const { rows } = await connection.executeQuery<{ name: string }>({
			sql: 'select name from written order by name',
			parameters: [],
		} as unknown as Parameters<SqliteConnection['executeQuery']>[0]);
		return rows.map((row) => row.name);
	};

	test('share one commit, a hundred at most', async () => {
		const groups = groupsOn(connection);
		await Promise.all(Array.from({ length: 250 }, async (_, index) => await groups.submit(write(`w${index}`))));
		expect(connection.commits()).toBeGreaterThanOrEqual(Math.ceil(250 / LARGEST_GROUP));
		expect(connection.commits()).toBeLessThan(50);
		expect(await written()).toHaveLength(250);
	});

	test('hear of success only after the common commit', async () => {
		const groups = groupsOn(connection);
		const order: string[] = [];
		await Promise.all(
			['a', 'b', 'c'].map(async (name) => {
				await groups.submit(async () => {
					order.push(`runs ${name}`);
					return await write(name)();
				});
				order.push(`hears ${name} after ${connection.commits()} commit`);
			}),
		);
		expect(order).toEqual([
			'runs a',
			'runs b',
			'runs c',
			'hears a after 1 commit',
			'hears b after 1 commit',
			'hears c after 1 commit',
		]);
	});

	test('whatever fails and wherever in the group: exactly the successful ones are written, each hears its own outcome', async () => {
		await fc.assert(
			fc.asyncProperty(
				fc.array(fc.constantFrom('succeeds', 'fails before', 'fails after', 'refused'), { maxLength: 30 }),
				async (fates) => {
					const groups = groupsOn(connection);
					connection.command('delete from written');
					const outcomes = await Promise.allSettled(
						fates.map(
							async (fate, index) =>
								await groups.submit(async () => {
									const name = `w${String(index).padStart(2, '0')}`;
									if (fate === 'fails before') throw new Error('before');
									await write(name)();
									if (fate === 'fails after') throw new Error('after');
									if (fate === 'refused') await write(name)();
									return name;
								}),
						),
					);
					expect(outcomes.map((outcome) => outcome.status === 'fulfilled')).toEqual(
						fates.map((fate) => fate === 'succeeds'),
					);
					expect(await written()).toEqual(
						outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : [])),
					);
					expect(connection.inTransaction).toBe(false);
				},
			),
			{ numRuns: 60 },
		);
	});

	test('given a commit that fails, then nobody hears of success, nothing is written, and the next work succeeds', async () => {
		let failing = true;
		const command = connection.command.bind(connection);
		connection.command = (text) => {
			if (text === 'commit' && failing) throw Object.assign(new Error('disk I/O error'), { errcode: 10 });
			command(text);
		};
		const groups = groupsOn(connection);
		const outcomes = await Promise.allSettled([groups.submit(write('a')), groups.submit(write('b'))]);
		expect(outcomes).toEqual([
			{ status: 'rejected', reason: expect.objectContaining({ name: 'StoreUnavailable' }) },
			{ status: 'rejected', reason: expect.objectContaining({ name: 'StoreUnavailable' }) },
		]);
		failing = false;
		expect(await groups.submit(write('c'))).toBe('c');
		expect(await written()).toEqual(['c']);
	});

	test('given a work that waits for something that is not the store, then it is given up and the others go on', async () => {
		const scopes = new TransactionScopes();
		const scope = new (jest.requireActual<typeof import('../../nodes/shared/store/driver/transactionScope')>(
			'../../nodes/shared/store/driver/transactionScope',
		).TransactionScope)();
		await expect(scopes.run(scope, async () => await new Promise<never>(() => undefined), 20)).rejects.toThrow(
			'A transaction was given up after 0.02 seconds: only the store may be awaited inside',
		);
		expect(scope.ended).toBe(true);
	});

	test('a group does not keep the event loop for itself: a work that comes later gets its turn', async () => {
		const groups = groupsOn(connection);
		const first = groups.submit(write('first'));
		await nextRound();
		const second = groups.submit(write('second'));
		expect(await Promise.all([first, second])).toEqual(['first', 'second']);
	});
});

describe('a disk without room', () => {
	let folder: string;
	let store: Store;
	beforeEach(async () => {
		folder = await mkdtemp(join(tmpdir(), 'whatsapp-crm-full-'));
		store = await openStore({ database: 'sqlite', workspaceId: 'default', path: join(folder, 'store.sqlite') });
	});
	afterEach(async () => {
		await store.close();
		await rm(folder, { recursive: true, force: true });
	});

	test('given SQLite that rolls back by itself because the disk is full, then the error says so and later works succeed', async () => {
		const { rows } = await sql<{ page_count: number }>`pragma page_count`.execute(store.db);
		await sql`pragma max_page_count = ${sql.lit((rows[0]?.page_count ?? 0) + 2)}`.execute(store.db);
		const write = async (name: string, value: string): Promise<void> => {
			await store.transaction(
				async (tx) =>
					await tx.insertInto('store_settings').values({ workspace_id: store.workspaceId, name, value }).execute(),
			);
		};
		const outcomes = await Promise.allSettled([
			write('small', 'x'),
			write('large', 'x'.repeat(1_000_000)),
			write('other', 'x'),
		]);
		expect(outcomes[1]).toMatchObject({
			status: 'rejected',
			reason: { name: 'StoreUnavailable', message: expect.stringContaining('no room left on the disk') },
		});
		const kept = await store.db.selectFrom('store_settings').select('name').execute();
		// Who heard of success is there; who heard of failure is not.
		for (const [index, name] of ['small', 'large', 'other'].entries()) {
			expect(kept.some((row) => row.name === name)).toBe(outcomes[index]?.status === 'fulfilled');
		}
		await sql`pragma max_page_count = 1000000`.execute(store.db);
		await write('large', 'x'.repeat(1_000_000));
	});
});
