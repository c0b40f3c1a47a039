import { hostname } from 'node:os';

import { HEARTBEAT_EVERY, HEARTBEAT_GOOD_FOR } from '../../nodes/shared/store/instances';
import type { Store } from '../../nodes/shared/store/store';
import { eventually } from '../support/eventually';
import { endStoreProcesses, startStoreProcess } from '../support/storeProcess';
import { eachDatabase } from '../support/stores';

afterEach(endStoreProcesses);

/** A row that another process would have left. */
async function heartbeatOf(store: Store, row: { bootId: string; age: number; host?: string; pid?: number }) {
	await store.db
		.insertInto('instances')
		.values({
			boot_id: row.bootId,
			started_at: 0,
			heartbeat_at: store.now() - row.age,
			host: row.host ?? 'another-machine',
			pid: row.pid ?? 1,
		})
		.execute();
}

eachDatabase((name, open, settings) => {
	test('a store that opens lives at once, and when it closes its claims are free', async () => {
		const [watcher, worker] = [await open({ bootId: 'watcher' }), await open({ bootId: 'worker' })];
		expect(await watcher.livingOwners()).toEqual(expect.arrayContaining(['watcher', 'worker']));
		await worker.close();
		expect(await watcher.livingOwners()).not.toContain('worker');
	});

	test('a process on another machine lives until its heartbeat is older than 15 seconds', async () => {
		const store = await open();
		const [just, past] = [`just-${store.newId()}`, `past-${store.newId()}`];
		await heartbeatOf(store, { bootId: just, age: HEARTBEAT_GOOD_FOR - 2_000 });
		await heartbeatOf(store, { bootId: past, age: HEARTBEAT_GOOD_FOR + 1 });
		const living = await store.livingOwners();
		expect(living).toContain(just);
		expect(living).not.toContain(past);
	});

	test('a process says that it lives every five seconds, until its last store is closed', async () => {
		jest.useFakeTimers({
			doNotFake: ['nextTick', 'queueMicrotask', 'setImmediate', 'setTimeout', 'clearTimeout', 'Date'],
		});
		try {
			let now = 1_795_308_000_000;
			const watcher = await open({ bootId: 'watcher' });
			const store = await open({ bootId: `beating-${watcher.newId()}`, clock: () => now });
			const lastBeat = async (): Promise<number | undefined> =>
				(
					await watcher.db
						.selectFrom('instances')
						.select('heartbeat_at')
						.where('boot_id', '=', store.bootId)
						.executeTakeFirst()
				)?.heartbeat_at;
			expect(await lastBeat()).toBe(now);
			for (let beat = 0; beat < 3; beat += 1) {
				now += HEARTBEAT_EVERY;
				jest.advanceTimersByTime(HEARTBEAT_EVERY);
				const expected = now;
				await eventually('the heartbeat', async () => (await lastBeat()) === expected);
			}
			await store.close();
			jest.advanceTimersByTime(HEARTBEAT_EVERY * 2);
			expect(await lastBeat()).toBeUndefined();
		} finally {
			jest.useRealTimers();
		}
	});

	test('a store that nobody closed does not keep its process alive', async () => {
		await startStoreProcess({ act: 'forget to close', settings: settings() }).ended;
	});

	test('our own claims are good even when our heartbeat came late', async () => {
		let late = 0;
		const store = await open({ bootId: 'slow', clock: () => Date.now() + late });
		late = HEARTBEAT_GOOD_FOR * 2;
		expect(await store.livingOwners()).toContain('slow');
	});

	test('a process killed with -9 loses its claims, and one that runs keeps them', async () => {
		const store = await open();
		const bootId = `other-${store.newId()}`;
		const other = startStoreProcess({ act: 'live', settings: settings(), bootId });
		await other.ready;
		expect(await store.livingOwners()).toContain(bootId);
		await other.kill9();
		// SQLite: one machine, so the process is seen to be gone. PostgreSQL: its heartbeat must grow old.
		const later = await open({ bootId: 'later', clock: () => Date.now() + (name === 'SQLite' ? 0 : 16_000) });
		expect(await later.livingOwners()).not.toContain(bootId);
	});

	if (name === 'SQLite') {
		test('a row with our process id from before a restart is dead at once: containers give every start the same id', async () => {
			const store = await open();
			await heartbeatOf(store, { bootId: 'before-restart', age: 100, host: hostname(), pid: process.pid });
			expect(await store.livingOwners()).not.toContain('before-restart');
		});
	}

	test('the same process on the same database is one owner, however often it opens', async () => {
		const [first, second] = [await open(), await open({ workspaceId: 'another-client' })];
		expect(second.bootId).toBe(first.bootId);
		await second.close();
		expect(await first.livingOwners()).toContain(first.bootId);
	});

	test('now() is the clock that a test gives', async () => {
		const store = await open({ clock: () => 1_795_308_431_374, bootId: 'fixed' });
		expect(store.now()).toBe(1_795_308_431_374);
	});

	test('ids sort by the time and the order in which they were made, even within one millisecond', async () => {
		let now = 1_795_308_431_374;
		const store = await open({ clock: () => now, bootId: 'ids' });
		const ids: string[] = [];
		for (let count = 0; count < 2_000; count += 1) {
			// A clock that is set back must not make later ids sort earlier.
			if (count % 500 === 0) now += count === 1_000 ? -5 : 1;
			ids.push(store.newId());
		}
		expect(ids).toEqual([...ids].sort());
		expect(new Set(ids).size).toBe(2_000);
		expect(ids[0]).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7/);
	});

	if (name === 'PostgreSQL') {
		test('given a machine whose clock is an hour slow, then now() is still the clock of the database', async () => {
			const store = await open({ machineClock: () => Date.now() - 3_600_000, bootId: 'slow-clock' });
			// As near as a busy machine's question and answer tell it; an hour is far.
			expect(Math.abs(store.now() - Date.now())).toBeLessThan(60_000);
		});
	}
});
