import { setTimeout as sleep } from 'node:timers/promises';

import type { Store } from '../../nodes/shared/store/store';
import { eventually } from '../support/eventually';
import * as fc from '../support/properties';
import { endStoreProcesses, startStoreProcess } from '../support/storeProcess';
import { eachDatabase } from '../support/stores';

async function begin(store: Store, name: string): Promise<void> {
	await store.transaction(
		async (tx) => await tx.insertInto('counters').values({ workspace_id: store.workspaceId, name, value: 0 }).execute(),
	);
}

async function countUp(store: Store, tx: Parameters<Parameters<Store['transaction']>[0]>[0], name: string) {
	const counter = await tx
		.selectFrom('counters')
		.select('value')
		.where('workspace_id', '=', store.workspaceId)
		.where('name', '=', name)
		.executeTakeFirstOrThrow();
	// Long enough for another to slip in, if nothing kept it out.
	await Promise.resolve();
	await tx
		.updateTable('counters')
		.set({ value: counter.value + 1 })
		.where('workspace_id', '=', store.workspaceId)
		.where('name', '=', name)
		.execute();
}

async function valueOf(store: Store, name: string): Promise<number | undefined> {
	const row = await store.db
		.selectFrom('counters')
		.select('value')
		.where('workspace_id', '=', store.workspaceId)
		.where('name', '=', name)
		.executeTakeFirst();
	return row?.value;
}

afterEach(endStoreProcesses);

eachDatabase((name, open, settings) => {
	test('results come in the order of the keys, whatever finishes first', async () => {
		const store = await open();
		await fc.assert(
			fc.asyncProperty(fc.array(fc.string({ minLength: 1, maxLength: 8 }), { maxLength: 20 }), async (keys) => {
				const results = await store.eachLocked(keys, async (_tx, key) => key.length);
				expect(results).toEqual(keys.map((key) => ({ key, value: key.length })));
			}),
			{ numRuns: 15 },
		);
	});

	test('given one contact whose work fails, then only its writes are undone and its error comes back', async () => {
		const store = await open();
		const keys = ['ana', 'beto', 'carla'];
		const results = await store.eachLocked(keys, async (tx, key) => {
			await tx.insertInto('counters').values({ workspace_id: store.workspaceId, name: key, value: 1 }).execute();
			if (key === 'beto') throw new Error('no such profile');
			return key;
		});
		expect(results).toEqual([
			{ key: 'ana', value: 'ana' },
			{ key: 'beto', error: expect.objectContaining({ message: 'no such profile' }) },
			{ key: 'carla', value: 'carla' },
		]);
		expect(await Promise.all(keys.map(async (key) => await valueOf(store, key)))).toEqual([1, undefined, 1]);
	});

	test('given one contact whose statement the database refuses, then the others of the batch are kept', async () => {
		const store = await open();
		await begin(store, 'taken');
		const results = await store.eachLocked(['free-1', 'taken', 'free-2'], async (tx, key) => {
			await tx.insertInto('counters').values({ workspace_id: store.workspaceId, name: key, value: 1 }).execute();
		});
		expect(results.map((result) => 'error' in result)).toEqual([false, true, false]);
		expect(await valueOf(store, 'free-2')).toBe(1);
	});

	test('given two messages of one contact at once, then no update is lost', async () => {
		const store = await open();
		await begin(store, 'turns');
		await Promise.all(
			Array.from({ length: 40 }, async () => {
				await store.eachLocked(['same contact'], async (tx) => await countUp(store, tx, 'turns'));
			}),
		);
		expect(await valueOf(store, 'turns')).toBe(40);
	});

	test('given three processes that work on one contact, then no update is lost', async () => {
		const store = await open();
		await begin(store, 'shared');
		const processes = [1, 2].map(() =>
			startStoreProcess({ act: 'count up', settings: settings(), name: 'shared', times: 25 }),
		);
		await Promise.all(processes.map(async (other) => await other.ready));
		for (let time = 0; time < 25; time += 1) {
			const [result] = await store.eachLocked(['shared'], async (tx) => await countUp(store, tx, 'shared'));
			expect(result).toEqual({ key: 'shared', value: undefined });
		}
		await Promise.all(processes.map(async (other) => await other.ended));
		expect(await valueOf(store, 'shared')).toBe(75);
	});

	test('a lock taken inside a transaction keeps the same key out until the commit', async () => {
		const store = await open();
		const order: string[] = [];
		const secondWaited = Promise.withResolvers<void>();
		const first = store.transaction(async (tx) => {
			await store.lock(tx, 'ana');
			order.push('first begins');
			await secondWaited.promise;
			order.push('first ends');
		});
		await eventually('the first has the lock', () => order.length > 0);
		const second = store.eachLocked(['ana'], async () => {
			order.push('second');
		});
		await sleep(30);
		secondWaited.resolve();
		await Promise.all([first, second]);
		expect(order).toEqual(['first begins', 'first ends', 'second']);
	});

	if (name === 'PostgreSQL') {
		test('different contacts work at the same time, eight at most, in one workspace and in two', async () => {
			const [store, other] = [await open(), await open({ workspaceId: 'another-client' })];
			let now = 0;
			let most = 0;
			const work = async (): Promise<void> => {
				now += 1;
				most = Math.max(most, now);
				await eventually('eight at work', () => most >= 8);
				await sleep(15);
				now -= 1;
			};
			const keys = Array.from({ length: 20 }, (_, index) => `contact-${index}`);
			await Promise.all([store.eachLocked(keys, work), other.eachLocked(keys, work)]);
			expect(most).toBe(8);
		});

		test('the same key in two workspaces is two locks', async () => {
			const [store, other] = [await open(), await open({ workspaceId: 'another-client' })];
			let inside = 0;
			const both = new Promise<void>((resolve) => {
				const check = (): void => {
					if (inside === 2) resolve();
				};
				const work = async (): Promise<void> => {
					inside += 1;
					check();
					await both;
				};
				void store.eachLocked(['ana'], work);
				void other.eachLocked(['ana'], work);
			});
			await both;
			expect(inside).toBe(2);
		});
	}
});
