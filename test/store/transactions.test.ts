import { setTimeout as sleep } from 'node:timers/promises';

import type { Store } from '../../nodes/shared/store/store';
import { eventually } from '../support/eventually';
import { eachDatabase } from '../support/stores';

const put = async (store: Store, tx: Parameters<Parameters<Store['transaction']>[0]>[0], name: string, value = 1) =>
	await tx.insertInto('counters').values({ workspace_id: store.workspaceId, name, value }).execute();

const names = async (store: Store): Promise<string[]> =>
	(
		await store.db
			.selectFrom('counters')
			.select('name')
			.where('workspace_id', '=', store.workspaceId)
			.orderBy('name')
			.execute()
	).map((row) => row.name);

eachDatabase((name, open) => {
	test('given a work that succeeds, then all it wrote is there and its value comes back', async () => {
		const store = await open();
		const value = await store.transaction(async (tx) => {
			await put(store, tx, 'first');
			await put(store, tx, 'second');
			return 'done';
		});
		expect(value).toBe('done');
		expect(await names(store)).toEqual(['first', 'second']);
	});

	test('given an exception between BEGIN and COMMIT, then nothing it wrote is there and the next transaction works', async () => {
		const store = await open();
		await expect(
			store.transaction(async (tx) => {
				await put(store, tx, 'lost');
				throw new Error('the work gave up');
			}),
		).rejects.toThrow('the work gave up');
		await store.transaction(async (tx) => await put(store, tx, 'kept'));
		expect(await names(store)).toEqual(['kept']);
	});

	test('given a statement that the database refuses, then the work is undone and the next transaction works', async () => {
		const store = await open();
		await expect(
			store.transaction(async (tx) => {
				await put(store, tx, 'same');
				await put(store, tx, 'same');
			}),
		).rejects.toThrow(/unique|duplicate/i);
		await store.transaction(async (tx) => await put(store, tx, 'kept'));
		expect(await names(store)).toEqual(['kept']);
	});

	test('given many works at the same moment of which every third fails, then exactly the others are kept', async () => {
		const store = await open();
		const outcomes = await Promise.allSettled(
			Array.from({ length: 60 }, async (_, index) =>
				store.transaction(async (tx) => {
					await put(store, tx, `work-${String(index).padStart(2, '0')}`);
					if (index % 3 === 0) throw new Error('this one fails');
					return index;
				}),
			),
		);
		const succeeded = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []));
		expect(succeeded).toEqual(Array.from({ length: 60 }, (_, index) => index).filter((index) => index % 3 !== 0));
		expect(await names(store)).toEqual(succeeded.map((index) => `work-${String(index).padStart(2, '0')}`));
	});

	test('given a transaction under way, then a reader outside does not see what is not committed', async () => {
		const store = await open();
		let reading: Promise<string[]> = Promise.resolve([]);
		let answered = false;
		await store
			.transaction(async (tx) => {
				await put(store, tx, 'unfinished');
				// Begun outside of the transaction's context, as another request would.
				reading = outside(async () => await names(store));
				void reading.then(() => {
					answered = true;
				});
				await sleep(20);
				throw new Error('undone');
			})
			.catch((error: Error) => expect(error.message).toBe('undone'));
		expect(await reading).toEqual([]);
		expect(answered).toBe(true);
	});

	test('given a query to the store itself inside its transaction, then it is refused in words instead of waiting for ever', async () => {
		const store = await open();
		await expect(store.transaction(async () => await names(store))).rejects.toThrow(
			'The store was used directly inside one of its transactions',
		);
		await expect(store.transaction(async () => await store.transaction(async () => 1))).rejects.toThrow(
			'The store was used directly inside one of its transactions',
		);
		expect(await names(store)).toEqual([]);
	});

	test('given a query that comes after the end of its transaction, then it is refused in words', async () => {
		const store = await open();
		let late: (() => Promise<unknown>) | undefined;
		await store.transaction(async (tx) => {
			late = async () => await put(store, tx, 'late');
		});
		await expect(late?.()).rejects.toThrow('A query came after the end of its transaction');
		expect(await names(store)).toEqual([]);
	});

	test('given a signal inside a transaction, then who waits for it hears it after the commit, and never when it is undone', async () => {
		const store = await open();
		const heard: string[][] = [];
		const stop = store.onSignal('journal', () => {
			void names(store).then((found) => heard.push(found));
		});
		await store
			.transaction(async (tx) => {
				await put(store, tx, 'undone');
				store.signal('journal');
				throw new Error('undone');
			})
			.catch((error: Error) => expect(error.message).toBe('undone'));
		await store.transaction(async (tx) => {
			await put(store, tx, 'committed');
			store.signal('journal');
			store.signal('something else');
		});
		await eventually('the signal was heard', () => heard.length > 0);
		stop();
		store.signal('journal');
		await sleep(20);
		expect(heard).toEqual([['committed']]);
	});

	test('given two workspaces on one database, then a signal of one does not wake the other', async () => {
		const [one, other] = [await open({ workspaceId: 'one' }), await open({ workspaceId: 'other' })];
		const heard: string[] = [];
		one.onSignal('journal', () => heard.push('one'));
		other.onSignal('journal', () => heard.push('other'));
		one.signal('journal');
		await eventually('the signal was heard', () => heard.length > 0);
		await sleep(20);
		expect(heard).toEqual(['one']);
	});

	test('numbers come back as numbers, rows as plain objects, on both databases', async () => {
		const store = await open();
		const now = 1_795_308_431_374;
		await store.transaction(async (tx) => await put(store, tx, 'time', now));
		const row = await store.db
			.selectFrom('counters')
			.select((columns) => [
				'value',
				columns.fn.countAll<number>().as('count'),
				columns.fn.sum<number>('value').as('sum'),
			])
			.where('workspace_id', '=', store.workspaceId)
			.groupBy('value')
			.executeTakeFirstOrThrow();
		expect(row).toStrictEqual({ value: now, count: 1, sum: now });
	});

	test('a write says how many rows it changed', async () => {
		const store = await open();
		await store.transaction(async (tx) => {
			await put(store, tx, 'a');
			await put(store, tx, 'b');
			const result = await tx
				.updateTable('counters')
				.set({ value: 2 })
				.where('workspace_id', '=', store.workspaceId)
				.executeTakeFirst();
			expect(result.numUpdatedRows).toBe(2n);
		});
	});

	test(`${name} orders text by code points, so that pages by key agree on both databases`, async () => {
		const store = await open();
		await store.transaction(async (tx) => {
			for (const key of ['b', 'á', 'B', 'a', '-', '_']) await put(store, tx, key);
		});
		expect(await names(store)).toEqual(['-', 'B', '_', 'a', 'b', 'á']);
	});
});

/** Runs `work` in the context that this module was loaded in, not in the caller's. */
const outside = (() => {
	const { AsyncLocalStorage } = jest.requireActual<typeof import('node:async_hooks')>('node:async_hooks');
	return AsyncLocalStorage.snapshot() as <T>(work: () => T) => T;
})();
