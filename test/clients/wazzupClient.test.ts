import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import { createWazzupClient, type WazzupClient } from '../../nodes/shared/clients/wazzup/client';
import { accountFingerprint, readWazzupCredential } from '../../nodes/shared/clients/wazzup/credential';
import {
	createExplain,
	ERROR_TABLE,
	explainUndelivered,
	normalizeCode,
} from '../../nodes/shared/clients/wazzup/errorTable';
import { createRequestPace } from '../../nodes/shared/clients/wazzup/requestPace';
import type { WazzupMessage } from '../../nodes/shared/clients/wazzup/messageRequest';
import { claimRequests } from '../../nodes/shared/domain/wazzup/requestWindow';
import { startWazzupSimulator, type WazzupSimulator } from '../simulators/wazzup';

const KEY = 'key-0123456789abcdef';
const CHANNEL = '7f3a0d54-3a4b-4c7e-9d3e-000000000001';

let wazzup: WazzupSimulator;
let client: WazzupClient;
let now: number;

const clientWith = (apiKey: string, settings: Parameters<typeof createWazzupClient>[1] = {}): WazzupClient =>
	createWazzupClient(readWazzupCredential({ apiKey, baseUrl: wazzup.baseUrl }), {
		rateResetMs: 50,
		firstPauseMs: 5,
		...settings,
	});

beforeEach(async () => {
	now = Date.parse('2026-09-14T15:00:00Z');
	wazzup = await startWazzupSimulator({
		apiKey: KEY,
		channels: [{ channelId: CHANNEL, transport: 'whatsapp', plainId: '573001112233' }],
		now: () => now,
	});
	wazzup.account.users.set('17', { id: '17', name: 'Laura' });
	client = clientWith(KEY);
});
afterEach(async () => {
	await wazzup.settled();
	await wazzup.close();
});

const contact = (id: string, more: object = {}) => ({
	id,
	name: `Cliente ${id}`,
	responsibleUserId: '17',
	contactData: [{ chatType: 'whatsapp', chatId: '573001234567' }],
	...more,
});
const contacts = (count: number) => Array.from({ length: count }, (_, index) => contact(`C-${index}`));

const message = (more: Partial<WazzupMessage> = {}): WazzupMessage => ({
	channelId: CHANNEL,
	chatType: 'whatsapp',
	chatId: '573001234567',
	content: { type: 'text', text: 'Hola' },
	clearUnanswered: false,
	...more,
});

describe('what Wazzup refuses, in words', () => {
	const explain = createExplain(5_000);

	it.each([
		['flat', { error: 'INVALID_DEALS_DATA', description: 'Some are invalid', data: [{ index: 0, fields: ['uri'] }] }],
		[
			'of a message route',
			{ status: 400, requestId: 'r-1', error: 'INVALID_DEALS_DATA', data: [{ index: 0, fields: ['uri'] }] },
		],
		['nested', { error: { code: 'INVALID_DEALS_DATA', data: [{ index: 0, fields: ['uri'] }] } }],
	])('a body that is %s gives one form', (_shape, body) => {
		expect(explain({ status: 400, body })).toMatchObject({
			code: 'INVALID_DEALS_DATA',
			kind: 'rejected',
			details: '[{"index":0,"fields":["uri"]}]',
			description: expect.stringContaining('Fields: uri.') as string,
		});
	});

	it.each([
		[401, 'unauthorized', 'UNAUTHORIZED'],
		[403, 'unauthorized', 'FORBIDDEN'],
		[429, 'rate_limited', 'TOO_MANY_REQUESTS'],
	])('an empty %d is told too', (status, kind, code) => {
		expect(explain({ status, body: '' })).toMatchObject({ kind, code });
	});

	it('a page of a gateway is not read as an answer of Wazzup', () => {
		expect(explain({ status: 502, body: '<html>Bad Gateway</html>' })).toBeUndefined();
	});

	it.each([
		['repeatedCrmMessageId', 'REPEATED_CRM_MESSAGE_ID'],
		['REPEATED_CRM_MESSAGE_ID', 'REPEATED_CRM_MESSAGE_ID'],
		['testPostNotPassed', 'TEST_POST_NOT_PASSED'],
		['uriNotValid', 'URI_NOT_VALID'],
		['24_HOURS_EXCEEDED', '24_HOURS_EXCEEDED'],
	])('%s is %s', (written, code) => {
		expect(normalizeCode(written)).toBe(code);
		expect([...ERROR_TABLE.keys()]).toContain(code);
	});

	it('a message that did not arrive: why, and whether another try may help', () => {
		expect(explainUndelivered({ error: '24_HOURS_EXCEEDED' })).toMatchObject({ again: false });
		expect(explainUndelivered({ error: 'GENERAL_ERROR' })).toMatchObject({ again: true });
		expect(explainUndelivered({ error: 'newCode', description: 'Something' })).toEqual({
			code: 'NEW_CODE',
			reason: 'The message was not delivered (NEW_CODE). Something',
			again: true,
		});
	});
});

describe('repeats', () => {
	it('O5: with an id of ours a lost answer is asked for again, and the message is there once', async () => {
		wazzup.faults.inject({ on: 'POST /message', kind: 'reset', applied: true });
		expect(await client.sendMessage(message({ crmMessageId: 'm-1' }))).toEqual({ alreadySent: true });
		expect(wazzup.account.chat(CHANNEL, 'whatsapp', '573001234567').bubbles).toHaveLength(1);
	});

	it('O5: without one it is never repeated, and its outcome is unknown', async () => {
		wazzup.faults.inject({ on: 'POST /message', kind: 'reset', applied: true });
		await expect(client.sendMessage(message())).rejects.toMatchObject({ kind: 'unknown_outcome' });
		expect(wazzup.requestsTo('POST /message')).toHaveLength(1);
	});

	it('after 60 s the same id is another message', async () => {
		await client.sendMessage(message({ crmMessageId: 'm-1' }));
		now += 60_000;
		expect(await client.sendMessage(message({ crmMessageId: 'm-1' }))).toMatchObject({ alreadySent: false });
	});

	it('a Wazzup that never answers ends in time', async () => {
		wazzup.faults.inject({ on: 'POST /message', kind: 'hang', times: 5 });
		const quick = clientWith(KEY, { sendTimeoutMs: 80 });
		await expect(quick.sendMessage(message({ crmMessageId: 'm-1' }))).rejects.toMatchObject({ vendor: 'wazzup' });
	});

	it('429 is waited for; when it does not end, it is told as such', async () => {
		wazzup.faults.inject({ on: 'GET /channels', kind: 429, times: 2 });
		expect(await client.listChannels()).toHaveLength(1);
		wazzup.faults.inject({ on: 'GET /channels', kind: 429, times: 10 });
		await expect(client.listChannels()).rejects.toMatchObject({ kind: 'rate_limited', code: 'TOO_MANY_REQUESTS' });
	});

	it('the 501st request in five seconds is refused', async () => {
		const free = clientWith(KEY, {
			counter: {
				claim: async (wanted) => await Promise.resolve({ granted: wanted, waitMs: 0 }),
				pause: async () => {},
			},
			rateResetMs: 10_000,
		});
		const answers = await Promise.allSettled(Array.from({ length: 501 }, async () => await free.listChannels()));
		expect(answers.filter(({ status }) => status === 'rejected')).toHaveLength(1);
	});
});

describe('batches', () => {
	it('W2: 250 rows are three requests', async () => {
		const { saved, refused } = await client.contacts.saveAll(contacts(250));
		expect([saved.length, refused.length]).toEqual([250, 0]);
		expect(wazzup.requestsTo('POST /contacts')).toHaveLength(3);
	});

	it('rows that Wazzup names are taken out at once: one request more', async () => {
		const rows = contacts(100).map((row, index) => (index % 40 === 3 ? { ...row, responsibleUserId: 'nobody' } : row));
		const { saved, refused } = await client.contacts.saveAll(rows);
		expect(saved).toHaveLength(97);
		expect(refused.map(({ row: { id }, fields }) => [id, fields])).toEqual([
			['C-3', ['responsibleUserId']],
			['C-43', ['responsibleUserId']],
			['C-83', ['responsibleUserId']],
		]);
		expect(wazzup.requestsTo('POST /contacts')).toHaveLength(2);
	});

	it('rows that Wazzup does not name are found by halves', async () => {
		wazzup.account.users.set('18', { id: '18', name: 'Pedro', phone: '573009998877' });
		const users = Array.from({ length: 64 }, (_, index) => ({
			id: `U-${index}`,
			name: `Asesor ${index}`,
			...(index === 37 ? { phone: '573009998877' } : {}),
		}));
		const { saved, refused } = await client.users.saveAll(users);
		expect(saved).toHaveLength(63);
		expect(refused.map(({ row, failure }) => [row.id, failure.code])).toEqual([['U-37', 'DUPLICATE_PHONE_NUMBER']]);
		expect(wazzup.requestsTo('POST /users').length).toBeLessThanOrEqual(13);
	});

	it('W4: pipelines leave together or not at all, without the one that Wazzup names', async () => {
		const all = ['a', 'b', 'c'].map((id) => ({ id, name: id === 'b' ? 'x'.repeat(101) : id }));
		const { saved, refused } = await client.pipelines.saveAll(all);
		expect([saved.map(({ id }) => id), refused.map(({ row }) => row.id)]).toEqual([['a', 'c'], ['b']]);
		wazzup.faults.inject({ on: 'POST /pipelines', kind: 403 });
		expect((await client.pipelines.saveAll(all.slice(0, 1))).saved).toEqual([]);
		expect(wazzup.requestsTo('POST /pipelines').map(({ body }) => (body as unknown[]).length)).toEqual([3, 2, 1]);
	});

	it('a wrong key ends it after one request; every row says why', async () => {
		const { saved, refused } = await clientWith('wrong-0123456789').contacts.saveAll(contacts(250));
		expect([saved.length, refused.length]).toEqual([0, 250]);
		expect(refused[0]?.failure.kind).toBe('unauthorized');
		expect(wazzup.account.requests).toHaveLength(1);
	});

	it('what was saved before Wazzup went away counts as saved', async () => {
		wazzup.faults.inject({ on: 'POST /contacts', kind: 500, skip: 1, times: 90 });
		const { saved, refused } = await client.contacts.saveAll(contacts(250));
		expect([saved.length, refused.length]).toEqual([100, 150]);
		expect(refused.every(({ failure }) => failure.kind === 'temporary')).toBe(true);
		// Once broken, Wazzup is not asked row by row.
		expect(wazzup.requestsTo('POST /contacts').length).toBeLessThanOrEqual(21);
	});

	it('W2: rows at which Wazzup itself fails are found by halves, and hold back nobody', async () => {
		const rows = contacts(250);
		for (const id of ['C-3', 'C-77', 'C-249']) wazzup.account.poisoned.add(id);
		const { saved, refused } = await client.contacts.saveAll(rows);
		expect(saved).toHaveLength(247);
		expect(refused.map(({ row, failure }) => [row.id, failure.kind])).toEqual([
			['C-3', 'rejected'],
			['C-77', 'rejected'],
			['C-249', 'rejected'],
		]);
		expect(refused[0]?.failure.description).toContain('fails at this row and takes others');
	});

	it('W2: a single row that fails while Wazzup answers is refused; while it does not, it is unsent', async () => {
		wazzup.account.poisoned.add('C-0');
		expect((await client.contacts.saveAll(contacts(1))).refused[0]?.failure.kind).toBe('rejected');
		wazzup.faults.inject({ on: 'GET /contacts', kind: 500, times: 9 });
		expect((await client.contacts.saveAll(contacts(1))).refused[0]?.failure.kind).toBe('temporary');
	});

	it('W2: what Wazzup does not let go keeps nothing else', async () => {
		await client.contacts.saveAll(contacts(150));
		wazzup.account.undeletable.add('C-42').add('C-149');
		const { deleted, failed } = await client.contacts.deleteAll(contacts(150).map(({ id }) => id));
		expect(deleted).toHaveLength(148);
		expect(failed.map(({ id, failure }) => [id, failure.kind])).toEqual([
			['C-42', 'rejected'],
			['C-149', 'rejected'],
		]);
		expect([...wazzup.account.contacts.keys()]).toEqual(['C-42', 'C-149']);
	});

	it('delete by the hundred tells what was not there', async () => {
		await client.contacts.saveAll(contacts(150));
		const ids = [...contacts(150).map(({ id }) => id), 'C-never', 'C-0'];
		const { deleted, notFound, failed } = await client.contacts.deleteAll(ids);
		expect([deleted.length, notFound, failed]).toEqual([150, ['C-never'], []]);
		expect(wazzup.account.contacts.size).toBe(0);
	});
});

describe('answers in several forms', () => {
	it.each([true, false])('webhooks are read the same as texts and as truth values (%s)', async (textBooleans) => {
		await wazzup.close();
		wazzup = await startWazzupSimulator({ apiKey: KEY, textBooleans });
		wazzup.account.webhooksUri = 'https://n8n.example.com/hook';
		wazzup.account.subscriptions = {
			messagesAndStatuses: true,
			contactsAndDealsCreation: false,
			channelsUpdates: false,
			templateStatus: true,
		};
		expect(await clientWith(KEY).getWebhooks()).toEqual({
			webhooksUri: 'https://n8n.example.com/hook',
			subscriptions: wazzup.account.subscriptions,
		});
	});
});

describe('W1 giving the address back', () => {
	const GONE = 'http://127.0.0.1:9/hook';

	it.each([true, false])(
		'without the address where Wazzup takes that (%s), with it where it does not',
		async (alone) => {
			await wazzup.close();
			wazzup = await startWazzupSimulator({ apiKey: KEY, subscriptionsAlone: alone });
			wazzup.account.webhooksUri = GONE;
			wazzup.account.subscriptions = { ...wazzup.account.subscriptions, messagesAndStatuses: true };
			const released = clientWith(KEY).releaseWebhooks(GONE);
			await (alone
				? released
				: expect(released).rejects.toMatchObject({ kind: 'rejected', code: 'TEST_POST_NOT_PASSED' }));
			expect(wazzup.account.subscriptions.messagesAndStatuses).toBe(!alone);
			expect(wazzup.requestsTo('PATCH /webhooks')).toHaveLength(alone ? 1 : 2);
		},
	);
});

describe('W6 the unanswered counter', () => {
	const answered = async (answer: unknown) => {
		const server = createServer((_request, response) => {
			response.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify(answer));
		});
		await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
		const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v3`;
		try {
			return await createWazzupClient(readWazzupCredential({ apiKey: KEY, baseUrl })).getUnanswered('17');
		} finally {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		}
	};

	it.each([
		[{ counter: 5, type: 'red' }],
		[{ counter: '5', type: 'red' }],
		[{ data: { counter: 5, type: 'red' }, meta: {} }],
	])('%j is five', async (answer) => {
		expect(await answered(answer)).toMatchObject({ count: 5, type: 'red' });
	});

	it('an answer without a counter is not taken for zero', async () => {
		await expect(answered({ unread: 5 })).rejects.toThrow('answered in a form that is not documented');
	});
});

describe('the pace of an account', () => {
	it('any five seconds of Wazzup hold 500 requests at most, wherever they begin', () => {
		const departures: number[] = [];
		let window: Parameters<typeof claimRequests>[0];
		for (let at = 0; at < 20_000; at += 1) {
			const claim = claimRequests(window, at, 1_000);
			window = claim.window;
			departures.push(...Array.from({ length: claim.granted }, () => at));
		}
		for (let start = 0; start <= 15_000; start += 1) {
			const inWindow = departures.filter((at) => at >= start && at < start + 5_000).length;
			expect(inWindow).toBeLessThanOrEqual(500);
		}
		// At most an eighth below what Wazzup allows.
		expect(departures.length).toBeGreaterThanOrEqual(1_750);
	});

	it('who waits longer than allowed is told how long it would have taken; the others go in their order', async () => {
		let clock = 0;
		let free = 1;
		const pace = createRequestPace(
			{
				claim: async (wanted) => {
					const granted = Math.min(free, wanted);
					free -= granted;
					return await Promise.resolve({ granted, waitMs: granted === wanted ? 0 : 5 });
				},
				pause: async () => {},
			},
			() => clock,
			3,
		);
		const waits = await Promise.all([pace.take(), pace.take()]);
		expect(waits).toEqual([0, 5]);
		clock += 1;
		free = 1;
		expect(await pace.take()).toBe(0);
	});

	it('a counter that cannot be asked fails those who wait, and the next ones go', async () => {
		let broken = true;
		const pace = createRequestPace({
			claim: async (wanted) => {
				await Promise.resolve();
				if (broken) throw new Error('The store is gone');
				return { granted: wanted, waitMs: 0 };
			},
			pause: async () => {},
		});
		await expect(Promise.allSettled([pace.take(), pace.take()])).resolves.toMatchObject([
			{ status: 'rejected' },
			{ status: 'rejected' },
		]);
		broken = false;
		await expect(pace.take()).resolves.toBe(0);
	});

	it('two credentials of one account count together, and their name tells nothing of the key', () => {
		const [one, other] = ['', 'a secret of 16 characters'].map((webhookSecret) =>
			accountFingerprint(readWazzupCredential({ apiKey: KEY, webhookSecret })),
		);
		expect(one).toBe(other);
		expect(one).not.toContain(KEY);
	});
});
