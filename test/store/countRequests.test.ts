import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import { createRequestPace } from '../../nodes/shared/clients/wazzup/requestPace';
import { REQUESTS_PER_WINDOW } from '../../nodes/shared/domain/wazzup/requestWindow';
import { countRequests } from '../../nodes/shared/usecases/send/countRequests';
import { endStoreProcesses, startStoreProcess } from '../support/storeProcess';
import { eachDatabase } from '../support/stores';

const START = Date.parse('2026-09-14T15:00:00.000Z');

afterEach(endStoreProcesses);

eachDatabase((_name, open, settings) => {
	it('W1: no more than 44 of one account leave in half a second, of another as many', async () => {
		let now = START;
		const store = await open({ clock: () => now });
		const [one, other] = [countRequests(store, 'one'), countRequests(store, 'other')];
		expect(await one.claim(30)).toMatchObject({ granted: 30, waitMs: 0 });
		expect(await one.claim(30)).toMatchObject({ granted: REQUESTS_PER_WINDOW - 30, waitMs: 500 });
		expect(await one.claim(1)).toMatchObject({ granted: 0 });
		expect(await other.claim(1)).toMatchObject({ granted: 1 });
		now += 500;
		expect(await one.claim(1)).toMatchObject({ granted: 1, waitMs: 0 });
	});

	it('O2: two workspaces on one database with the same account share its limit', async () => {
		const clock = () => START;
		const [first, second] = [await open({ clock }), await open({ clock, workspaceId: 'another' })];
		expect((await countRequests(first, 'shared').claim(40)).granted).toBe(40);
		expect((await countRequests(second, 'shared').claim(40)).granted).toBe(4);
	});

	it('a refusal for the rate stops everybody until the counter of the account has started again', async () => {
		let now = START + 10_000_000;
		const store = await open({ clock: () => now });
		const counter = countRequests(store, 'refused');
		await counter.pause();
		expect(await counter.claim(1)).toMatchObject({ granted: 0, waitMs: 5_000 });
		now += 5_000;
		expect(await counter.claim(1)).toMatchObject({ granted: 1 });
	});

	it('a clock that was set back by an hour does not stop the sending for an hour', async () => {
		let now = START + 20_000_000;
		const store = await open({ clock: () => now });
		const counter = countRequests(store, 'clock');
		await counter.claim(REQUESTS_PER_WINDOW);
		now -= 3_600_000;
		expect(await counter.claim(1)).toMatchObject({ granted: 1 });
	});

	describe('two processes', () => {
		let server: Server;
		let departures: number[];

		beforeEach(async () => {
			departures = [];
			server = createServer((request, response) => {
				departures.push(Number(new URL(request.url ?? '/', 'http://127.0.0.1').searchParams.get('at')));
				response.end();
			});
			await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
		});
		afterEach(async () => {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		});

		it('W1: together they stay under the limit of the account and lose none', async () => {
			const store = await open();
			const account = `two-${store.newId()}`;
			const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
			const task = { act: 'make requests', settings: settings(), account, times: 100, url } as const;
			const others = [startStoreProcess(task), startStoreProcess(task)];
			await Promise.all(others.map(async ({ ready }) => await ready));
			const pace = createRequestPace(countRequests(store, account));
			await Promise.all(
				Array.from({ length: 50 }, async () => {
					await pace.take();
					departures.push(Date.now());
				}),
			);
			await Promise.all(others.map(async ({ ended }) => await ended));
			expect(departures).toHaveLength(250);
			// 250 at 44 in half a second touch six windows: whole ones for two seconds, less what a busy machine is late.
			// Each counting for itself would be done in three.
			const sorted = [...departures].sort((one, other) => one - other);
			expect((sorted.at(-1) ?? 0) - (sorted[0] ?? 0)).toBeGreaterThan(1_500);
		});
	});
});
