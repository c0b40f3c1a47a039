import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createRawServer, type AddressInfo } from 'node:net';

import { z } from 'zod';

import { RequestFailure } from '../../nodes/shared/http/failure';
import { createPace } from '../../nodes/shared/http/pace';
import { redact } from '../../nodes/shared/http/redaction';
import { retryAfterMs } from '../../nodes/shared/http/retryAfter';
import { createVendorHttp, type VendorRequest, type VendorRules } from '../../nodes/shared/http/vendorHttp';
import { PATIENCE } from '../support/patience';

type Answer = (request: IncomingMessage, response: ServerResponse, tries: number) => void;

const ACCESS = 'test-access-0123456789';
/** Long enough for a busy machine to carry the request over, ms; whoever is to answer is given all the time there is. */
const A_MOMENT = 1_200;
const running: Server[] = [];

afterEach(() => {
	for (const server of running.splice(0)) {
		server.closeAllConnections();
		server.close();
	}
});

/** A vendor on this machine that answers as told, and counts. */
async function vendor(answer: Answer) {
	let tries = 0;
	const server = createServer((request, response) => {
		request.resume();
		request.on('end', () => {
			tries += 1;
			answer(request, response, tries);
		});
	});
	running.push(server);
	await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		tries: () => tries,
	};
}

const rulesFor = (baseUrl: string, more: Partial<VendorRules> = {}): VendorRules => ({
	vendor: 'whatsapp',
	name: 'WhatsApp',
	baseUrl,
	headers: { Authorization: `Bearer ${ACCESS}` },
	secrets: [ACCESS],
	explain: () => undefined,
	firstPauseMs: 5,
	readTimeoutMs: PATIENCE,
	sendTimeoutMs: PATIENCE,
	...more,
});

const SEND: VendorRequest<{ ok: boolean }> = {
	method: 'POST',
	path: '/messages',
	body: { text: 'hola' },
	answer: z.object({ ok: z.boolean() }),
	idempotent: false,
	timeout: 'send',
	purpose: 'Send message',
};
const READ: VendorRequest<{ ok: boolean }> = {
	...SEND,
	method: 'GET',
	body: undefined,
	idempotent: true,
	timeout: 'read',
	purpose: 'List templates',
};

async function failureOf(promise: Promise<unknown>): Promise<RequestFailure> {
	const outcome = await promise.then(
		(value) => new Error(`It succeeded: ${JSON.stringify(value)}`),
		(error: unknown) => error,
	);
	if (outcome instanceof RequestFailure) return outcome;
	throw outcome;
}

const json = (response: ServerResponse, status: number, body: unknown, headers: Record<string, string> = {}) => {
	response.writeHead(status, { 'content-type': 'application/json', ...headers });
	response.end(JSON.stringify(body));
};

describe('what may be repeated is decided by whether the request was written', () => {
	const cut: Answer = (request) => request.socket.destroy();
	const hang: Answer = () => undefined;

	it.each<{
		given: string;
		answer: Answer;
		timeoutMs?: number;
		sendKind: string;
		sendTries: number;
		readKind: string;
		readTries: number;
	}>([
		{
			given: 'the connection is cut after the request was read',
			answer: cut,
			sendKind: 'unknown_outcome',
			sendTries: 1,
			readKind: 'unknown_outcome',
			readTries: 2,
		},
		{
			given: 'no answer comes in time',
			answer: hang,
			timeoutMs: A_MOMENT,
			sendKind: 'unknown_outcome',
			sendTries: 1,
			readKind: 'unknown_outcome',
			readTries: 2,
		},
		{
			given: 'a gateway answers 502 with a page of its own',
			answer: (_, response) => response.writeHead(502, { 'content-type': 'text/html' }).end('<h1>Bad gateway</h1>'),
			sendKind: 'unknown_outcome',
			sendTries: 1,
			readKind: 'temporary',
			readTries: 2,
		},
		{
			given: '429 without a wish',
			answer: (_, response) => json(response, 429, {}),
			sendKind: 'rate_limited',
			sendTries: 2,
			readKind: 'rate_limited',
			readTries: 2,
		},
		{
			given: '429 with a wish longer than an execution waits',
			answer: (_, response) => json(response, 429, {}, { 'retry-after': '60' }),
			sendKind: 'rate_limited',
			sendTries: 1,
			readKind: 'rate_limited',
			readTries: 1,
		},
		{
			given: '401',
			answer: (_, response) => json(response, 401, {}),
			sendKind: 'unauthorized',
			sendTries: 1,
			readKind: 'unauthorized',
			readTries: 1,
		},
		{
			given: '400',
			answer: (_, response) => json(response, 400, {}),
			sendKind: 'rejected',
			sendTries: 1,
			readKind: 'rejected',
			readTries: 1,
		},
		{
			given: 'a 200 that is no JSON',
			answer: (_, response) => response.writeHead(200).end('OK'),
			sendKind: 'unknown_outcome',
			sendTries: 1,
			readKind: 'temporary',
			readTries: 1,
		},
		{
			given: 'a 200 of another form',
			answer: (_, response) => json(response, 200, { ok: 'yes' }),
			sendKind: 'unknown_outcome',
			sendTries: 1,
			readKind: 'temporary',
			readTries: 1,
		},
		{
			given: 'a 200 that breaks off',
			answer: (_, response) => {
				response.writeHead(200, { 'content-length': '100' });
				response.write('{"ok":');
				setTimeout(() => response.destroy(), 5);
			},
			sendKind: 'unknown_outcome',
			sendTries: 1,
			readKind: 'temporary',
			readTries: 2,
		},
		{
			given: 'an answer that drips without an end',
			answer: (_, response) => {
				response.writeHead(200).flushHeaders();
				const drip = setInterval(() => response.write(' '), 40);
				response.on('close', () => clearInterval(drip));
			},
			timeoutMs: A_MOMENT,
			sendKind: 'unknown_outcome',
			sendTries: 1,
			readKind: 'unknown_outcome',
			readTries: 1,
		},
	])('$given: a send is $sendKind after $sendTries, a read $readKind after $readTries', async (row) => {
		const timeouts = row.timeoutMs === undefined ? {} : { readTimeoutMs: row.timeoutMs, sendTimeoutMs: row.timeoutMs };
		const [sending, reading] = [await vendor(row.answer), await vendor(row.answer)];
		const [send, read] = await Promise.all([
			failureOf(createVendorHttp(rulesFor(sending.url, timeouts)).request(SEND)),
			failureOf(createVendorHttp(rulesFor(reading.url, timeouts)).request(READ)),
		]);
		expect({ kind: send.kind, tries: sending.tries() }).toEqual({ kind: row.sendKind, tries: row.sendTries });
		expect({ kind: read.kind, tries: reading.tries() }).toEqual({ kind: row.readKind, tries: row.readTries });
	});

	it.each([
		['nobody listens', 'http://127.0.0.1:1', 'ECONNREFUSED'],
		['the name does not exist', 'https://nobody.invalid', 'ENOTFOUND'],
	])('when %s nothing was sent', async (_, baseUrl, code) => {
		const failure = await failureOf(createVendorHttp(rulesFor(baseUrl)).request(SEND));
		expect(failure.kind).toBe('not_sent');
		expect([code, 'EAI_AGAIN']).toContain(failure.code);
		expect(failure.description).toContain('Nothing was sent');
	});

	it('when the encryption cannot be agreed on nothing was sent', async () => {
		const raw = createRawServer((socket) => socket.end('HTTP/1.1 200 OK\r\n\r\n'));
		await new Promise<void>((listening) => raw.listen(0, '127.0.0.1', listening));
		const { port } = raw.address() as AddressInfo;
		const failure = await failureOf(createVendorHttp(rulesFor(`https://127.0.0.1:${port}`)).request(SEND));
		raw.close();
		expect(failure.kind).toBe('not_sent');
	});

	it('when the connection is cut before the encryption is agreed on nothing was sent', async () => {
		const raw = createRawServer((socket) => socket.destroy());
		await new Promise<void>((listening) => raw.listen(0, '127.0.0.1', listening));
		const { port } = raw.address() as AddressInfo;
		const failure = await failureOf(createVendorHttp(rulesFor(`https://127.0.0.1:${port}`)).request(SEND));
		raw.close();
		expect(failure.kind).toBe('not_sent');
	});

	it('a refused send is tried again once and then succeeds, with the same body', async () => {
		const bodies: string[] = [];
		const server = createServer((request, response) => {
			let body = '';
			request.on('data', (chunk) => (body += String(chunk)));
			request.on('end', () => {
				bodies.push(body);
				json(response, bodies.length === 1 ? 429 : 200, { ok: true });
			});
		});
		running.push(server);
		await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
		const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
		await expect(createVendorHttp(rulesFor(baseUrl)).request(SEND)).resolves.toEqual({ ok: true });
		expect(bodies).toEqual(['{"text":"hola"}', '{"text":"hola"}']);
	});

	it('waits as long as the vendor documents for its own series, then leaves the rest to the queue', async () => {
		const paused = await vendor((_, response) => json(response, 400, {}));
		const http = createVendorHttp(
			rulesFor(paused.url, {
				explain: () => ({ kind: 'rate_limited', message: 'Too many to this person', pausesMs: [2, 4] }),
			}),
		);
		await failureOf(http.request(SEND));
		expect(paused.tries()).toBe(3);
	});
});

describe('secrets stay secret', () => {
	it('a token is not in any part of a failure, whatever the vendor repeats', async () => {
		const echoing = await vendor((request, response) =>
			json(response, 400, { error: `Bad header ${request.headers.authorization}` }),
		);
		const failure = await failureOf(
			createVendorHttp(
				rulesFor(echoing.url, {
					explain: ({ body }) => ({
						message: `Refused: ${JSON.stringify(body)}`,
						description: JSON.stringify(body),
						details: JSON.stringify(body),
					}),
				}),
			).request(SEND),
		);
		const everything = JSON.stringify({ ...failure, message: failure.message, stack: failure.stack });
		expect(everything).not.toContain(ACCESS);
		expect(failure.message).toContain('[hidden]');
		expect(failure.cause).toBeUndefined();
	});

	it('a redirect is not followed with the token', async () => {
		const thief = await vendor((_, response) => json(response, 200, { ok: true }));
		const redirecting = await vendor((_, response) => response.writeHead(302, { location: `${thief.url}/take` }).end());
		const failure = await failureOf(createVendorHttp(rulesFor(redirecting.url)).request(READ));
		expect(failure.kind).toBe('rejected');
		expect(thief.tries()).toBe(0);
	});

	it.each(['http://example.com', 'ftp://example.com', 'no address', 'https://user:pass@example.com'])(
		'a token is never sent to %s',
		(baseUrl) => {
			expect(() => createVendorHttp(rulesFor(baseUrl))).toThrow(RequestFailure);
		},
	);

	it.each([
		['a known secret', `x ${ACCESS} y`, [ACCESS]],
		['a known secret in an address', `?t=${encodeURIComponent('a|b c d e')}`, ['a|b c d e']],
		["a token of Meta's", 'got EAAGm0PX4ZCpsBAKsecretsecret', []],
		['a bearer header', 'Authorization: Bearer abcdefghijkl', []],
		['a token in an address', 'GET /x?access_token=abc123def&b=1', []],
		["a key of Stripe's", 'sk_live_abcdefgh12345', []],
	])('redaction hides %s', (_, text, secrets) => {
		const clean = redact(text, secrets);
		expect(clean).toContain('[hidden]');
		for (const hidden of [...secrets, 'EAAGm0', 'abcdefghijkl', 'abc123def', 'sk_live_abcdefgh']) {
			expect(clean).not.toContain(hidden);
		}
	});
});

describe('Retry-After is read in both forms', () => {
	const now = Date.parse('2026-09-14T10:00:00Z');
	it.each([
		['7', 7_000],
		['0.5', 500],
		['Mon, 14 Sep 2026 10:00:30 GMT', 30_000],
		['Mon, 14 Sep 2026 09:59:00 GMT', undefined],
		['0', undefined],
		['soon', undefined],
		['', undefined],
		[undefined, undefined],
	])('%p means %p ms', (header, expected) => {
		expect(retryAfterMs(header, now)).toBe(expected);
	});

	it('and told to the caller', async () => {
		const slow = await vendor((_, response) => json(response, 503, {}, { 'retry-after': '120' }));
		const failure = await failureOf(createVendorHttp(rulesFor(slow.url)).request(READ));
		expect(failure).toMatchObject({ kind: 'temporary', retryAfterMs: 120_000 });
		expect(slow.tries()).toBe(1);
	});
});

describe('proxy variables are honoured', () => {
	const before = { ...process.env };
	afterEach(() => {
		process.env = { ...before };
	});

	it('calls go through HTTP_PROXY', async () => {
		const asked: string[] = [];
		const proxy = await vendor((request, response) => {
			asked.push(String(request.url));
			json(response, 200, { ok: true });
		});
		process.env.HTTP_PROXY = proxy.url;
		process.env.NO_PROXY = '';
		await createVendorHttp(rulesFor('http://127.0.0.1:9')).request(READ);
		expect(asked).toEqual(['http://127.0.0.1:9/messages']);
	});
});

describe('pace', () => {
	beforeEach(() => jest.useFakeTimers({ now: 0 }));
	afterEach(() => jest.useRealTimers());

	it('lets a burst through at once and then one every interval, each key by itself', async () => {
		const pace = createPace({ burst: 3, everyMs: 6_000, longestWaitMs: 15_000 });
		const passed: number[] = [];
		const take = async () => {
			if ((await pace.take('ana')) === 0) passed.push(Date.now());
		};
		const all = [take(), take(), take(), take(), take()];
		await jest.advanceTimersByTimeAsync(0);
		expect(passed).toEqual([0, 0, 0]);
		await expect(pace.take('luis')).resolves.toBe(0);
		await jest.advanceTimersByTimeAsync(6_050);
		expect(passed).toHaveLength(4);
		await jest.advanceTimersByTimeAsync(6_050);
		await Promise.all(all);
		expect(passed).toHaveLength(5);
	});

	it('answers how long it would take instead of waiting longer than allowed', async () => {
		const pace = createPace({ burst: 1, everyMs: 60_000, longestWaitMs: 15_000 });
		await expect(pace.take('ana')).resolves.toBe(0);
		await expect(pace.take('ana')).resolves.toBe(60_000);
	});

	it('starts from nothing when the vendor says that the limit was passed', async () => {
		const pace = createPace({ burst: 45, everyMs: 6_000, longestWaitMs: 1_000 });
		pace.exhaust('ana');
		await expect(pace.take('ana')).resolves.toBe(6_000);
		await jest.advanceTimersByTimeAsync(6_000);
		await expect(pace.take('ana')).resolves.toBe(0);
	});
});
