import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import { startWazzupSimulator, type WazzupSimulator } from '../simulators/wazzup';

const KEY = 'key-0123456789abcdef';
const CHANNEL = '7f3a0d54-3a4b-4c7e-9d3e-000000000001';

let wazzup: WazzupSimulator;
let receiver: Server;
let address: string;
let heard: unknown[];
let answer: (body: Record<string, unknown>) => { status: number; json?: unknown };

const api = async (method: string, path: string, body?: unknown): Promise<{ status: number; json: unknown }> => {
	const response = await fetch(`${wazzup.baseUrl}${path}`, {
		method,
		headers: { Authorization: `Bearer ${KEY}`, 'Content-Type': 'application/json' },
		body: body === undefined ? undefined : JSON.stringify(body),
	});
	const text = await response.text();
	return { status: response.status, json: text === '' ? undefined : JSON.parse(text) };
};

const subscriptions = {
	messagesAndStatuses: true,
	contactsAndDealsCreation: true,
	channelsUpdates: true,
	templateStatus: true,
};

beforeEach(async () => {
	heard = [];
	answer = () => ({ status: 200 });
	receiver = createServer((request, response) => {
		const chunks: Buffer[] = [];
		request.on('data', (chunk: Buffer) => chunks.push(chunk));
		request.on('end', () => {
			const body = JSON.parse(Buffer.concat(chunks).toString('utf8')) as Record<string, unknown>;
			heard.push(body);
			const { status, json } = answer(body);
			response.writeHead(status).end(json === undefined ? '' : JSON.stringify(json));
		});
	});
	await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
	address = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/`;
	wazzup = await startWazzupSimulator({
		apiKey: KEY,
		channels: [{ channelId: CHANNEL, transport: 'whatsapp', plainId: '573001112233' }],
	});
	wazzup.account.users.set('17', { id: '17', name: 'Laura' });
});
afterEach(async () => {
	await wazzup.settled();
	await wazzup.close();
	receiver.closeAllConnections();
	await new Promise((resolve) => receiver.close(resolve));
});

const listen = async () => await api('PATCH', '/webhooks', { webhooksUri: address, subscriptions });
const ana = () => wazzup.person({ channelId: CHANNEL, chatId: '573001234567', name: 'Ana' });

test('the address is taken only when it answers 200 to the test', async () => {
	answer = () => ({ status: 404 });
	expect(await listen()).toEqual({
		status: 400,
		json: { error: 'testPostNotPassed', description: 'URL verification failed', data: 404 },
	});
	answer = () => ({ status: 200 });
	expect(await listen()).toEqual({ status: 200, json: { ok: true } });
	expect(heard).toEqual([{ test: true }, { test: true }]);
	expect((await api('GET', '/webhooks')).json).toMatchObject({ subscriptions: { wabaTemplatesStatus: true } });
});

test('news are told until they are answered; nothing is told that nobody subscribed to', async () => {
	expect(await ana().text('nobody listens').delivered).toEqual({ delivered: false });
	await listen();
	let tries = 0;
	answer = () => ({ status: (tries += 1) < 3 ? 500 : 200 });
	expect(await ana().text('hola').delivered).toMatchObject({ delivered: true, status: 200 });
	expect(heard.slice(1)).toHaveLength(3);
	expect(heard.at(-1)).toMatchObject({ messages: [{ text: 'hola', status: 'inbound', isEcho: false }] });
});

test('a contact and a deal are asked for only when pipelines were saved, once, and kept from the answer', async () => {
	await listen();
	const wanted = {
		responsibleUserId: '17',
		name: 'Ana',
		contactData: [{ chatType: 'whatsapp', chatId: '573001234567' }],
		source: 'auto',
	} as const;
	expect(await wazzup.events.createContact(wanted)).toEqual({ delivered: false });
	await api('POST', '/pipelines', [{ id: 'sales', name: 'Ventas' }]);
	answer = () => ({ status: 500 });
	expect(await wazzup.events.createContact(wanted)).toMatchObject({ delivered: false, status: 500 });
	expect(heard).toHaveLength(2);
	answer = (body) =>
		'createContact' in body
			? { status: 200, json: { id: 'C-1', name: 'Ana', responsibleUserId: '17', contactData: wanted.contactData } }
			: {
					status: 200,
					json: {
						id: 'D-1',
						name: 'Negocio',
						responsibleUserId: '17',
						contacts: ['C-1'],
						closed: false,
						uri: 'https://crm.example.com/1',
					},
				};
	expect(await wazzup.events.createContact(wanted)).toMatchObject({ delivered: true });
	await wazzup.events.createDeal({ responsibleUserId: '17', contacts: ['C-1'], source: 'byUser' });
	expect([...wazzup.account.contacts.keys(), ...wazzup.account.deals.keys()]).toEqual(['C-1', 'D-1']);
});

test('an answer that the API would refuse keeps nothing', async () => {
	await listen();
	await api('POST', '/pipelines', [{ id: 'sales', name: 'Ventas' }]);
	answer = () => ({ status: 200, json: { id: 'D-1', name: 'Negocio' } });
	const { delivered } = await wazzup.events.createDeal({ responsibleUserId: '17', contacts: [], source: 'byUser' });
	expect(delivered).toBe(false);
	expect(wazzup.account.deals.size).toBe(0);
});

test('the "+" of the Deals menu asks for the contact first, then for the deal', async () => {
	await listen();
	await api('POST', '/pipelines', [{ id: 'sales', name: 'Ventas' }]);
	await ana().text('hola').delivered;
	heard.length = 0;
	answer = (body) =>
		'createContact' in body
			? { status: 200, json: { ...(body.createContact as object), id: 'C-1', source: undefined } }
			: {
					status: 200,
					json: {
						...(body.createDeal as object),
						id: 'D-1',
						name: 'Negocio',
						closed: false,
						uri: 'https://crm.example.com/d/1',
					},
				};
	const { json } = await api('POST', '/iframe', { user: { id: '17' }, scope: 'global' });
	const { url } = json as { url: string };
	const made = await fetch(`${url}/deal`, {
		method: 'POST',
		body: JSON.stringify({ channelId: CHANNEL, chatType: 'whatsapp', chatId: '573001234567' }),
	});
	expect(await made.json()).toEqual({ uri: 'https://crm.example.com/d/1' });
	expect(heard).toEqual([
		{ createContact: expect.objectContaining({ name: 'Ana', source: 'byUser' }) as object },
		{ createDeal: { responsibleUserId: '17', contacts: ['C-1'], source: 'byUser' } },
	]);
});

describe('the page around the chat window', () => {
	const say = async (body: object, headers: Record<string, string> = {}) =>
		await fetch(`${wazzup.origin}/team/say`, {
			method: 'POST',
			headers: { 'Content-Type': 'application/json', ...headers },
			body: JSON.stringify(body),
		});

	test('shows the window of the chosen user, and says what is in the account', async () => {
		wazzup.account.users.set('17', { id: '17', name: 'Laura' });
		const text = await (await fetch(`${wazzup.origin}/?user=17&events=1`)).text();
		const token = /\/chat-window\/([\w-]+)/.exec(text)?.[1] ?? '';
		expect(text).toContain('<option value="17" selected>Laura</option>');
		expect(wazzup.account.windows.get(token)?.request).toMatchObject({
			user: { id: '17' },
			scope: 'global',
			options: { useDealsEvents: true },
		});
		expect(await (await fetch(`${wazzup.origin}/team/state`)).json()).toMatchObject({
			facts: { Usuarios: 1, Contactos: 0 },
			webhooks: 'sin dirección',
		});
	});

	test('what is written there as a customer reaches the webhook as from a customer', async () => {
		await listen();
		const order = { channelId: CHANNEL, name: 'Ana', phone: '+57 300 123 4567', text: 'hola' };
		expect(await (await say(order)).json()).toMatchObject({ delivered: true });
		expect(heard.at(-1)).toMatchObject({ messages: [{ chatId: '573001234567', text: 'hola', isEcho: false }] });
	});

	test('another site’s page may not write, and a customer needs a telephone', async () => {
		const order = { channelId: CHANNEL, name: 'Ana', phone: '57', text: 'hola' };
		expect((await say(order)).status).toBe(400);
		expect((await say({ ...order, phone: '573001234567' }, { 'Sec-Fetch-Site': 'cross-site' })).status).toBe(403);
		expect(wazzup.account.chats.size).toBe(0);
	});
});

test('what a channel and a template become is told, as it was written', async () => {
	await listen();
	await wazzup.events.channel(CHANNEL, 'openelsewhere');
	await wazzup.events.template('guid', 'PAUSED');
	expect(heard.slice(1)).toEqual([
		{ channelsUpdates: [expect.objectContaining({ channelId: CHANNEL, state: 'openelsewhere' })] },
		{ templateStatus: { templateGuid: 'guid', name: '', status: 'PAUSED' } },
	]);
});

test('webhooks come twice, and in another order, when told to', async () => {
	await listen();
	heard.length = 0;
	wazzup.faults.webhooks({ copies: 2 });
	await ana().text('uno').delivered;
	expect(heard).toHaveLength(2);
	heard.length = 0;
	wazzup.faults.webhooks({ reorder: true });
	const both = [ana().text('dos').delivered, ana().text('tres').delivered];
	await Promise.all(both);
	expect(heard.map((body) => (body as { messages: Array<{ text: string }> }).messages[0]?.text)).toEqual([
		'tres',
		'dos',
	]);
});

test('a batch is taken as a whole or not at all', async () => {
	const row = {
		id: 'C-1',
		name: 'Ana',
		responsibleUserId: '17',
		contactData: [{ chatType: 'whatsapp', chatId: '573001234567' }],
	};
	expect(await api('POST', '/contacts', [row, { ...row, id: 'C-2', responsibleUserId: 'x' }])).toMatchObject({
		status: 400,
		json: { error: 'INVALID_CONTACTS_DATA', data: [{ index: 1, fields: ['responsibleUserId'] }] },
	});
	expect((await api('POST', '/contacts', [row, row])).status).toBe(500);
	expect(
		(
			await api(
				'POST',
				'/contacts',
				Array.from({ length: 101 }, () => row),
			)
		).json,
	).toMatchObject({
		error: 'TOO_MANY_ENTITIES',
	});
	expect((await api('POST', '/pipelines', [{ id: 'p', name: 'P', stages: [] }])).status).toBe(400);
	expect(wazzup.account.contacts.size).toBe(0);
});
