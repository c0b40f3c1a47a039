import { createHash } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';

import { createWhatsAppClient, type WhatsAppClient } from '../../nodes/shared/clients/whatsapp/client';
import { readWhatsAppCredential } from '../../nodes/shared/clients/whatsapp/credential';
import { checkWhatsAppCredential } from '../../nodes/shared/clients/whatsapp/credentialCheck';
import { openGraph } from '../../nodes/shared/clients/whatsapp/graph';
import { createSendPace, sendMessage } from '../../nodes/shared/clients/whatsapp/messages';
import { ERROR_TABLE } from '../../nodes/shared/clients/whatsapp/errorTable';
import { downloadFile } from '../../nodes/shared/http/download';
import { RequestFailure } from '../../nodes/shared/http/failure';
import { startGraphSimulator, type FaultRule, type GraphSimulator } from '../simulators/graph';

const NUMBER = '3000';
const ACCOUNT = '2000';
const ACCESS = 'EAAtestaccess0123456789';
const SIGNING = 'app-signing-0123456789';
const PHOTO = Buffer.from('not really a picture, but exactly these bytes');

let simulator: GraphSimulator;
let client: WhatsAppClient;

const credentialValues = () => ({
	accessToken: ACCESS,
	appId: '1000',
	appSecret: SIGNING,
	verifyToken: 'verify-0123456789',
	businessAccountId: ACCOUNT,
	baseUrl: simulator.baseUrl,
});

beforeEach(async () => {
	simulator = await startGraphSimulator({
		appId: '1000',
		appSecret: SIGNING,
		accessToken: ACCESS,
		seed: 7,
		numbers: [
			{
				wabaId: ACCOUNT,
				phoneNumberId: NUMBER,
				displayPhoneNumber: '+57 300 111 2233',
				verifiedName: 'PROSUMINISTROS',
				country: 'CO',
			},
		],
		templates: [
			{
				name: 'order_update',
				language: 'es_CO',
				category: 'UTILITY',
				components: [{ type: 'BODY', text: 'Hola {{1}}, tu pedido {{2}} va en camino.' }],
			},
		],
	});
	client = createWhatsAppClient(readWhatsAppCredential(credentialValues()));
});

afterEach(async () => {
	await simulator.close();
});

/** Somebody who wrote, so that the 24-hour window is open. */
async function writer(waId = '573001234567') {
	const ana = simulator.customer({ waId, profileName: 'Ana' });
	await ana.text('hola').delivered;
	return ana;
}

const say = async (text: string, waId = '573001234567') =>
	await client.sendMessage({ phoneNumberId: NUMBER, to: { waId }, message: { type: 'text', text } });

async function failureOf(promise: Promise<unknown>): Promise<RequestFailure> {
	const outcome = await promise.then(
		() => new Error('It succeeded'),
		(error: unknown) => error,
	);
	if (outcome instanceof RequestFailure) return outcome;
	throw outcome;
}

describe('sending', () => {
	it('a text arrives once, with our id and the id of the person', async () => {
		const ana = await writer();
		const sent = await client.sendMessage({
			phoneNumberId: NUMBER,
			to: { waId: '573001234567' },
			message: { type: 'text', text: 'Hola Ana' },
			callbackData: 'outbox-1',
		});
		expect(sent).toMatchObject({ wamid: expect.stringMatching(/^wamid\./) as string, waId: '573001234567' });
		expect(ana.received.map(({ text }) => text)).toEqual(['Hola Ana']);
		expect(simulator.ledger.sends).toMatchObject([{ callbackData: 'outbox-1', to: '+573001234567' }]);
	});

	it('B4: a person without a phone is reached by the user id', async () => {
		const hidden = simulator.customer({ userId: 'CO.13491208655302741918', profileName: 'Luis' });
		await hidden.text('hola').delivered;
		const sent = await client.sendMessage({
			phoneNumberId: NUMBER,
			to: { userId: 'CO.13491208655302741918' },
			message: { type: 'text', text: 'Hola' },
		});
		expect(sent.userId).toBe('CO.13491208655302741918');
		expect(hidden.received).toHaveLength(1);
	});

	it.each<{ given: FaultRule; kind: string; requests: number; delivered: number }>([
		{ given: { on: 'send', kind: 'reset', applied: true }, kind: 'unknown_outcome', requests: 1, delivered: 1 },
		{ given: { on: 'send', kind: 'malformed', applied: true }, kind: 'unknown_outcome', requests: 1, delivered: 1 },
		{ given: { on: 'send', kind: 131000 }, kind: 'temporary', requests: 1, delivered: 0 },
		{ given: { on: 'send', kind: 131016 }, kind: 'temporary', requests: 1, delivered: 0 },
		{ given: { on: 'send', kind: 190 }, kind: 'unauthorized', requests: 1, delivered: 0 },
		{ given: { on: 'send', kind: 131042 }, kind: 'rejected', requests: 1, delivered: 0 },
		{
			given: { on: 'send', kind: '429', retryAfterSeconds: 60 },
			kind: 'rate_limited',
			requests: 1,
			delivered: 0,
		},
	])('kill: never repeated where it may have gone out: $given.kind → $kind', async ({ given, ...expected }) => {
		const ana = await writer();
		simulator.faults.inject(given);
		const { kind } = await failureOf(say('Hola'));
		const requests = simulator.ledger.requests.filter(({ operation }) => operation === 'send').length;
		expect({ kind, requests, delivered: ana.received.length }).toEqual(expected);
	});

	it('O4: what was refused for speed goes out at the second try, once', async () => {
		const ana = await writer();
		simulator.faults.inject({ on: 'send', kind: 130429 });
		await say('Hola');
		expect(ana.received).toHaveLength(1);
	});

	it('131056: after its tries the person waits, nobody else does', async () => {
		const ana = await writer();
		const luis = await writer('573009999999');
		simulator.faults.inject({ on: 'send', kind: 131056, times: 3 });
		const failure = await failureOf(say('Hola'));
		expect(failure).toMatchObject({ kind: 'rate_limited', code: '131056', retryAfterMs: 16_000 });
		// 4^0 and 4^1 seconds were waited; the person's own allowance is used up until 6 s later.
		expect(simulator.ledger.requests.filter(({ operation }) => operation === 'send')).toHaveLength(3);
		await say('Hola', '573009999999');
		expect([ana.received.length, luis.received.length]).toEqual([0, 1]);
	});

	it('more than 45 at once to one person are not even tried: the queue is told when to come back', async () => {
		const ana = await writer();
		const graph = openGraph(readWhatsAppCredential(credentialValues()));
		const pace = createSendPace(1_000, 1_000);
		const input = {
			phoneNumberId: NUMBER,
			to: { waId: '573001234567' },
			message: { type: 'text', text: 'Hola' },
		} as const;
		// The pace's clock stands still: on a slow machine 45 sends take longer than the 6 s after which one more may go.
		const clock = jest.spyOn(performance, 'now').mockReturnValue(performance.now());
		for (let count = 0; count < 45; count += 1) await sendMessage(graph, pace, input);
		const failure = await failureOf(sendMessage(graph, pace, input));
		clock.mockRestore();
		expect(failure).toMatchObject({ kind: 'rate_limited', retryAfterMs: 6_000 });
		expect(ana.received).toHaveLength(45);
		expect(simulator.ledger.requests.some(({ errorCode }) => errorCode === 131056)).toBe(false);
	});
});

describe('errors speak to people', () => {
	it.each(Object.entries(ERROR_TABLE))(
		'%s has a sentence and a way out, in the words of n8n',
		(_, { message, description, kind }) => {
			expect(message).toMatch(/^[A-Z]/);
			expect(description).toMatch(/\.$/);
			expect(`${message} ${description}`).not.toMatch(/\b(error|problem|failure|mistake)\b/i);
			expect(['temporary', 'rate_limited', 'unauthorized', 'rejected']).toContain(kind);
		},
	);

	it('131047 outside the window tells about templates', async () => {
		simulator.faults.inject({ on: 'send', kind: 131047 });
		const failure = await failureOf(say('Hola'));
		expect(failure.message).toContain('24 hours');
		expect(failure.description).toContain('template');
		expect(failure.traceId).toBeTruthy();
	});

	it('kill: no secret in any part of a failure', async () => {
		const wrong = createWhatsAppClient(
			readWhatsAppCredential({ ...credentialValues(), accessToken: 'EAAwrongaccess0123456789' }),
		);
		const failure = await failureOf(
			wrong.sendMessage({ phoneNumberId: NUMBER, to: { waId: '573001234567' }, message: { type: 'text', text: 'x' } }),
		);
		expect(failure).toMatchObject({ kind: 'unauthorized', code: '190' });
		expect(JSON.stringify({ ...failure, text: failure.message, stack: failure.stack })).not.toContain('EAAwrong');
	});
});

describe('read receipts', () => {
	it('shows that it was read and that somebody is typing', async () => {
		const ana = simulator.customer({ waId: '573001234567' });
		const question = ana.text('hola');
		await question.delivered;
		await client.markAsRead({ phoneNumberId: NUMBER, messageId: question.wamid, typing: true });
		expect(ana.chat[0]?.status).toBe('read');
		expect(ana.typing).toBe(true);
	});
});

describe('media', () => {
	const upload = async (bytes: Buffer | Readable) =>
		await client.uploadMedia({
			phoneNumberId: NUMBER,
			bytes,
			size: PHOTO.length,
			mimeType: 'image/jpeg',
			filename: 'foto ñandú.jpg',
		});

	it.each([
		['bytes', () => PHOTO],
		['a stream', () => Readable.from([PHOTO.subarray(0, 10), PHOTO.subarray(10)])],
	])('%s go up and come back the same', async (_, make) => {
		const { mediaId } = await upload(make());
		const file = await client.downloadMedia({ mediaId });
		expect(file.bytes.equals(PHOTO)).toBe(true);
		expect(file).toMatchObject({ mimeType: 'image/jpeg', size: PHOTO.length, mediaId });
	});

	it.each(['hex', 'base64'] as const)('a digest in %s is checked', async (encoding) => {
		const { mediaId } = await upload(PHOTO);
		const sha256 = createHash('sha256').update(PHOTO).digest(encoding);
		await expect(client.downloadMedia({ mediaId, sha256 })).resolves.toMatchObject({ size: PHOTO.length });
		const other = createHash('sha256').update('other').digest(encoding);
		const failure = await failureOf(client.downloadMedia({ mediaId, sha256: other }));
		expect(failure.message).toContain('SHA-256');
	});

	it('an expired link is asked for once more', async () => {
		let links = 0;
		const server = createServer((request, response) => {
			if (request.url?.startsWith('/v25.0/') === true) {
				links += 1;
				response.setHeader('content-type', 'application/json');
				response.end(
					JSON.stringify({ id: '55', url: `http://${request.headers.host}/file/${links}`, mime_type: 'image/jpeg' }),
				);
				return;
			}
			response.writeHead(request.url === '/file/2' ? 200 : 404);
			response.end(PHOTO);
		});
		await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
		const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
		const expiring = createWhatsAppClient(readWhatsAppCredential({ ...credentialValues(), baseUrl }));
		const file = await expiring.downloadMedia({ mediaId: '55' });
		server.closeAllConnections();
		server.close();
		expect(file.bytes.equals(PHOTO)).toBe(true);
		expect(links).toBe(2);
	});

	it('a file that is larger than allowed is not fetched', async () => {
		const { mediaId } = await upload(PHOTO);
		const failure = await failureOf(client.downloadMedia({ mediaId, maxBytes: 10 }));
		expect(failure.message).toContain('10 are allowed');
		expect(simulator.ledger.requests.some(({ operation }) => operation === 'media_download')).toBe(false);
	});

	it('is deleted', async () => {
		const { mediaId } = await upload(PHOTO);
		await client.deleteMedia(mediaId);
		await expect(client.getMedia(mediaId)).rejects.toThrow(RequestFailure);
	});
});

describe('downloads trust no link', () => {
	const servers: Server[] = [];
	afterEach(() => {
		for (const server of servers.splice(0)) {
			server.closeAllConnections();
			server.close();
		}
	});

	async function host(
		answer: (headers: Record<string, unknown>) => { status: number; headers?: Record<string, string>; body?: Buffer },
	) {
		const heard: Array<string | undefined> = [];
		const server = createServer((request, response) => {
			heard.push(request.headers.authorization);
			const { status, headers, body } = answer(request.headers);
			response.writeHead(status, headers);
			response.end(body);
		});
		servers.push(server);
		await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
		const address = `127.0.0.1:${(server.address() as AddressInfo).port}`;
		return { address, url: `http://${address}/file`, heard };
	}

	const fetchFrom = async (url: string, allowedHosts: readonly string[], maxBytes = 1_000) =>
		await downloadFile({
			vendor: 'whatsapp',
			vendorName: 'WhatsApp',
			url,
			allowedHosts,
			authorization: `Bearer ${ACCESS}`,
			maxBytes,
			secrets: [ACCESS],
		});

	it('the token never follows to another host, even an allowed one', async () => {
		const storage = await host(() => ({ status: 200, body: PHOTO }));
		const front = await host(() => ({ status: 302, headers: { location: storage.url } }));
		const file = await fetchFrom(front.url, [front.address, storage.address]);
		expect(file.bytes.equals(PHOTO)).toBe(true);
		expect(front.heard).toEqual([`Bearer ${ACCESS}`]);
		expect(storage.heard).toEqual([undefined]);
	});

	it('every hop must lead to an allowed host', async () => {
		const inside = await host(() => ({ status: 200, body: PHOTO }));
		const front = await host(() => ({ status: 302, headers: { location: inside.url } }));
		const failure = await failureOf(fetchFrom(front.url, [front.address]));
		expect(failure.message).toContain('not a host of WhatsApp');
		expect(inside.heard).toEqual([]);
	});

	it.each([
		'https://evilfbsbx.com/x',
		'https://fbsbx.com.evil.com/x',
		'http://lookaside.fbsbx.com/x',
		'file:///etc/passwd',
	])('%s is refused without a call', async (url) => {
		expect((await failureOf(fetchFrom(url, ['.fbsbx.com']))).kind).toBe('rejected');
	});

	it('is cut while it streams when it turns out larger than it said', async () => {
		const endless = await host(() => ({
			status: 200,
			headers: { 'transfer-encoding': 'chunked' },
			body: Buffer.alloc(100_000),
		}));
		expect((await failureOf(fetchFrom(endless.url, [endless.address]))).message).toContain('larger than 1000');
	});

	it('a circle of links ends', async () => {
		const circle = await host(() => ({ status: 302, headers: { location: '/file' } }));
		expect((await failureOf(fetchFrom(circle.url, [circle.address]))).message).toContain('too many times');
		expect(circle.heard.length).toBeLessThan(8);
	});
});

describe('numbers and templates', () => {
	it('numbers of the account, and one of them', async () => {
		const { rows } = await client.listPhoneNumbers();
		expect(rows).toMatchObject([
			{ id: NUMBER, displayPhoneNumber: '+57 300 111 2233', verifiedName: 'PROSUMINISTROS' },
		]);
		await expect(client.getPhoneNumber(NUMBER)).resolves.toMatchObject({ throughputLevel: 'STANDARD' });
	});

	it('templates are paged to their end', async () => {
		for (let index = 0; index < 5; index += 1) {
			await client.createTemplate({
				name: `notice_${index}`,
				languageCode: 'es_CO',
				category: 'UTILITY',
				components: [{ type: 'BODY', text: 'Tu pedido va en camino.' }],
			});
		}
		const names: string[] = [];
		let after: string | undefined;
		do {
			const page = await client.listTemplates({ limit: 2, after });
			names.push(...page.rows.map(({ name }) => name));
			after = page.nextCursor;
		} while (after !== undefined);
		expect(new Set(names).size).toBe(names.length);
		expect(names).toEqual(expect.arrayContaining(['order_update', 'notice_0', 'notice_4']));
	});

	it('a template is created, read, deleted', async () => {
		const { id } = await client.createTemplate({
			name: 'pickup_ready',
			languageCode: 'es_CO',
			category: 'UTILITY',
			components: [{ type: 'BODY', text: 'Tu pedido está listo para recoger.' }],
		});
		await expect(client.getTemplate(id)).resolves.toMatchObject({ name: 'pickup_ready', language: 'es_CO' });
		await client.deleteTemplate({ name: 'pickup_ready', templateId: id });
		await expect(client.getTemplate(id)).rejects.toThrow(RequestFailure);
	});

	it('an unknown template is refused with advice', async () => {
		await writer();
		const failure = await failureOf(
			client.sendMessage({
				phoneNumberId: NUMBER,
				to: { waId: '573001234567' },
				message: { type: 'template', name: 'nothing_here', languageCode: 'es_CO' },
			}),
		);
		expect(failure).toMatchObject({ code: '132001', kind: 'rejected' });
		expect(failure.description).toContain("'Template'");
	});
});

describe('subscriptions', () => {
	it('an account is subscribed, sees who else is, and is unsubscribed', async () => {
		await client.subscribeAccount(ACCOUNT);
		await expect(client.listSubscribedApps(ACCOUNT)).resolves.toMatchObject([{ appId: '1000' }]);
		await client.unsubscribeAccount(ACCOUNT);
		await expect(client.listSubscribedApps(ACCOUNT)).resolves.toEqual([]);
	});

	it('an address of more than 200 characters is refused before the call', async () => {
		await expect(
			client.setPhoneNumberWebhook(NUMBER, { callbackUrl: `https://example.com/${'x'.repeat(200)}`, verifyToken: 'v' }),
		).rejects.toThrow('200 at most');
	});

	it('the token is described with the app token in a header, not in an address', async () => {
		await expect(client.inspectToken()).resolves.toMatchObject({ valid: true, appId: '1000' });
		expect(JSON.stringify(simulator.ledger.requests)).not.toContain(SIGNING);
	});
});

describe('the credential tests every part of itself', () => {
	it('says which numbers it found', async () => {
		await expect(checkWhatsAppCredential(credentialValues())).resolves.toEqual({
			ok: true,
			message: expect.stringContaining('+57 300 111 2233') as string,
		});
	});

	it.each([
		['the app secret is wrong', { appSecret: 'another-signing-012' }, "'App ID' and 'App Secret'"],
		['the token is not valid', { accessToken: 'EAAotheraccess0123456789' }, "'Access Token' is not valid"],
		['the account is another', { businessAccountId: '9999' }, "'WhatsApp Business Account ID'"],
		['a field is missing', { verifyToken: '' }, "'Verify Token' is empty"],
		['the address is not encrypted', { baseUrl: 'http://graph.example.com' }, "'Base URL'"],
		['the address does not answer', { baseUrl: 'http://127.0.0.1:1' }, 'could not be reached'],
	])('when %s it says so', async (_, change, words) => {
		const { ok, message } = await checkWhatsAppCredential({ ...credentialValues(), ...change });
		expect(ok).toBe(false);
		expect(message).toContain(words);
		expect(message).not.toContain('EAAother');
	});
});

describe('one client for one credential', () => {
	it('is kept, so that its limits count everything that is sent', () => {
		expect(createWhatsAppClient(readWhatsAppCredential(credentialValues()))).toBe(client);
	});

	it('is another one as soon as anything in the credential changed', () => {
		expect(createWhatsAppClient(readWhatsAppCredential({ ...credentialValues(), messagesPerSecond: 20 }))).not.toBe(
			client,
		);
	});
});
