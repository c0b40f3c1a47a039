import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import { createRequestPace } from '../../nodes/shared/clients/wazzup/requestPace';
import { REQUEST_WINDOW_MS, REQUESTS_PER_WINDOW } from '../../nodes/shared/domain/wazzup/requestWindow';
import { countRequests } from '../../nodes/shared/usecases/send/countRequests';
import { endStoreProcesses, startStoreProcess } from '../support/storeProcess';
import { eachDatabase } from '../support/stores';

const START = Date.parse('2026-09-14T15:00:00.000Z');

afterEach(endStoreProcesses);

eachDatabase((_name, open, settings) => {
	it('W1: no more than 9 of one account leave in a tenth of a second, of another as many', async () => {
		let now = START;
		const store = await open({ clock: () => now });
		const [one, other] = [countRequests(store, 'one'), countRequests(store, 'other')];
		expect(await one.claim(6)).toMatchObject({ granted: 6, waitMs: 0 });
		expect(await one.claim(6)).toMatchObject({ granted: REQUESTS_PER_WINDOW - 6, waitMs: REQUEST_WINDOW_MS });
		expect(await one.claim(1)).toMatchObject({ granted: 0 });
		expect(await other.claim(1)).toMatchObject({ granted: 1 });
		now += REQUEST_WINDOW_MS;
		expect(await one.claim(1)).toMatchObject({ granted: 1, waitMs: 0 });
	});

	it('O2: two workspaces on one database with the same account share its limit', async () => {
		const clock = () => START;
		const [first, second] = [await open({ clock }), await open({ clock, workspaceId: 'another' })];
		expect((await countRequests(first, 'shared').claim(5)).granted).toBe(5);
		expect((await countRequests(second, 'shared').claim(5)).granted).toBe(REQUESTS_PER_WINDOW - 5);
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

	it('W1: many workspaces that ask at the same moment are granted one window together', async () => {
		const clock = () => START + 15_000_000;
		const stores = await Promise.all(
			Array.from({ length: 6 }, (_, place) => open({ clock, workspaceId: `at-once-${place}` })),
		);
		const claims = await Promise.all(
			stores.flatMap((store) => [1, 2, 3, 4].map(async () => await countRequests(store, 'at once').claim(1))),
		);
		expect(claims.reduce((sum, { granted }) => sum + granted, 0)).toBe(REQUESTS_PER_WINDOW);
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
			// 250 at 9 in a tenth of a second take 2.7 s, less what a busy machine is late; each counting for itself 1.1 s.
			const sorted = [...departures].sort((one, other) => one - other);
			expect((sorted.at(-1) ?? 0) - (sorted[0] ?? 0)).toBeGreaterThan(1_500);
		});
	});
});
