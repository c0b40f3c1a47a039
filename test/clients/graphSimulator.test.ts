/**
 * The simulator is what every other test trusts, so it is tested itself: it must refuse what Meta refuses, deliver what
 * Meta delivers, and never lose or invent anything.
 */
import { createHmac } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import * as http from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { parse as parseYaml } from 'yaml';
import {
	startGraphSimulator,
	writeAsMeta,
	type Customer,
	type GraphSimulator,
	type GraphSimulatorOptions,
	type Json,
} from '../simulators/graph';
import { checkSend } from '../simulators/graph/sendRules';
import { PATIENCE } from '../support/patience';
import * as fc from '../support/properties';

const phoneNumberId = '300000000000001';
const wabaId = '200000000000001';
const appSecret = 'app-secret';
const accessToken = 'token';
const NOON = Date.UTC(2026, 8, 15, 17, 0, 0);
/** After which Meta gives up a receiver that is silent, ms: short, yet long enough for a busy machine to answer. */
const A_MOMENT = 1_000;

interface Received {
	readonly method: string;
	readonly url: string;
	readonly headers: http.IncomingHttpHeaders;
	readonly raw: Buffer;
}

/** A receiver that answers with the next of `answers` (200 when there is none left). */
class Receiver {
	readonly received: Received[] = [];
	answers: Array<number | 'hang' | 'reset'> = [];
	challengeAnswer: (challenge: string) => string = (challenge) => challenge;
	private readonly server = http.createServer((message, response) => {
		const chunks: Buffer[] = [];
		message.on('data', (chunk: Buffer) => chunks.push(chunk));
		message.on('end', () => {
			const url = message.url ?? '';
			this.received.push({ method: message.method ?? '', url, headers: message.headers, raw: Buffer.concat(chunks) });
			const challenge = new URL(url, 'http://localhost').searchParams.get('hub.challenge');
			const answer = challenge === null ? (this.answers.shift() ?? 200) : 200;
			if (answer === 'hang') return;
			if (answer === 'reset') message.socket.destroy();
			else response.writeHead(answer).end(challenge === null ? '' : this.challengeAnswer(challenge));
		});
	});

	async start(port = 0): Promise<this> {
		await new Promise<void>((resolve) => this.server.listen(port, '127.0.0.1', resolve));
		return this;
	}

	get url(): string {
		return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/webhook`;
	}

	/** Bodies of the POSTs, parsed. */
	get bodies(): Envelope[] {
		return this.received
			.filter(({ method }) => method === 'POST')
			.map(({ raw }) => JSON.parse(raw.toString('utf8')) as Envelope);
	}

	get values(): Value[] {
		return this.bodies.flatMap(({ entry }) => entry.flatMap(({ changes }) => changes.map(({ value }) => value)));
	}

	get messages(): Json[] {
		return this.values.flatMap(({ messages = [] }) => messages);
	}

	get statuses(): Json[] {
		return this.values.flatMap(({ statuses = [] }) => statuses);
	}

	async stop(): Promise<void> {
		this.server.closeAllConnections();
		await new Promise<void>((resolve) => this.server.close(() => resolve()));
	}
}

interface Value extends Json {
	readonly contacts?: Json[];
	readonly messages?: Json[];
	readonly statuses?: Json[];
}

interface Envelope {
	readonly object: string;
	readonly entry: ReadonlyArray<{
		readonly id: string;
		readonly time?: number;
		readonly changes: ReadonlyArray<{ readonly field: string; readonly value: Value }>;
	}>;
}

let clock = NOON;
let simulator: GraphSimulator;
let receiver: Receiver;
let ana: Customer;

async function begin(options: Partial<GraphSimulatorOptions> = {}): Promise<void> {
	clock = NOON;
	receiver = await new Receiver().start();
	simulator = await startGraphSimulator({
		appId: '100000000000001',
		appSecret,
		accessToken,
		verifyToken: 'verify',
		seed: 7,
		now: () => clock,
		redeliver: { delaysMs: [5], timeoutMs: PATIENCE },
		numbers: [
			{ wabaId, phoneNumberId, displayPhoneNumber: '+57 300 111 2233', verifiedName: 'PROSUMINISTROS', country: 'CO' },
		],
		...options,
	});
	await simulator.setCallback(receiver.url);
	ana = simulator.customer({ waId: '573001234567', profileName: 'Ana Pérez' });
}

afterEach(async () => {
	await simulator?.close();
	await receiver?.stop();
});

interface Answer {
	readonly status: number;
	readonly json: Json;
	readonly code?: number;
}

async function call(method: string, path: string, body?: unknown, token = accessToken): Promise<Answer> {
	const form = body instanceof FormData;
	const response = await fetch(`${simulator.baseUrl}/${path}`, {
		method,
		headers: {
			Authorization: `Bearer ${token}`,
			...(body === undefined || form ? {} : { 'Content-Type': 'application/json' }),
		},
		body: body === undefined ? undefined : form ? body : JSON.stringify(body),
	});
	const json = (await response.json()) as Json;
	const error = json.error as Json | undefined;
	return { status: response.status, json, code: typeof error?.code === 'number' ? error.code : undefined };
}

const send = (message: Json, version = 'v25.0', token = accessToken): Promise<Answer> =>
	call(
		'POST',
		`${version}/${phoneNumberId}/messages`,
		{ messaging_product: 'whatsapp', to: '+573001234567', ...message },
		token,
	);
const text = (body: string): Json => ({ type: 'text', text: { body } });
const buttons = (...titles: string[]): Json => ({
	type: 'interactive',
	interactive: {
		type: 'button',
		body: { text: 'Elige' },
		action: { buttons: titles.map((title, index) => ({ type: 'reply', reply: { id: `b${index}`, title } })) },
	},
});
const listOf = (rows: number, extra: Json = {}): Json => ({
	type: 'interactive',
	interactive: {
		type: 'list',
		body: { text: 'Elige' },
		action: {
			button: 'Ver',
			sections: [
				{ rows: Array.from({ length: rows }, (_row, index) => ({ id: `r${index}`, title: `Fila ${index}` })) },
			],
		},
		...extra,
	},
});
const wamidOf = (answer: Answer): string => (answer.json.messages as Json[])[0].id as string;

describe('Webhooks that customers cause', () => {
	it('O1: signs the raw bytes and escapes what is not ASCII, so that re-written JSON does not match', async () => {
		await begin();
		const report = await ana.text('señal / 😊').delivered;
		const [post] = receiver.received;
		const digest = (bytes: string | Buffer): string =>
			`sha256=${createHmac('sha256', appSecret).update(bytes).digest('hex')}`;
		expect(report).toMatchObject({ acknowledged: true, attempts: 1 });
		expect(post.headers['x-hub-signature-256']).toBe(digest(post.raw));
		expect(post.raw.toString('latin1')).toContain('se\\u00f1al \\/ \\ud83d\\ude0a');
		expect(post.headers['x-hub-signature-256']).not.toBe(digest(JSON.stringify(JSON.parse(post.raw.toString('utf8')))));
	});

	it('escaping loses nothing, whatever is written', () => {
		fc.assert(
			fc.property(fc.string({ unit: 'binary' }), (words) => {
				const written = writeAsMeta({ body: words });
				expect(written).toMatch(/^[\x20-\x7e]*$/);
				expect(JSON.parse(written)).toEqual({ body: words });
			}),
		);
	});

	it('writes the envelope of the documentation, strings where Meta has strings', async () => {
		await begin();
		const { wamid, delivered } = ana.text('hola');
		await delivered;
		expect(receiver.bodies[0]).toEqual({
			object: 'whatsapp_business_account',
			entry: [
				{
					id: wabaId,
					changes: [
						{
							field: 'messages',
							value: {
								messaging_product: 'whatsapp',
								metadata: { display_phone_number: '573001112233', phone_number_id: phoneNumberId },
								contacts: [{ profile: { name: 'Ana Pérez' }, wa_id: '573001234567', user_id: ana.userId }],
								messages: [
									{
										from: '573001234567',
										from_user_id: ana.userId,
										id: wamid,
										timestamp: String(NOON / 1000),
										type: 'text',
										text: { body: 'hola' },
									},
								],
							},
						},
					],
				},
			],
		});
	});

	it.each<[string, (customer: Customer) => { delivered: Promise<unknown> }, string, Json]>([
		[
			'an image with a caption',
			(c) => c.image('foto.jpg', 'mi equipo'),
			'image',
			{ caption: 'mi equipo', mime_type: 'image/jpeg' },
		],
		['a document', (c) => c.document('lista.pdf'), 'document', { filename: 'lista.pdf', mime_type: 'application/pdf' }],
		['a voice note', (c) => c.voice(), 'audio', { voice: true, mime_type: 'audio/ogg; codecs=opus' }],
		['a music file', (c) => c.audio('tema.mp3'), 'audio', { voice: false, mime_type: 'audio/mpeg' }],
		['a sticker', (c) => c.sticker(), 'sticker', { animated: false, mime_type: 'image/webp' }],
		[
			'a place',
			(c) => c.location({ latitude: 4.6, longitude: -74.1, name: 'Oficina' }),
			'location',
			{ latitude: 4.6, name: 'Oficina' },
		],
		['a reaction taken back', (c) => c.reaction('wamid.X'), 'reaction', { message_id: 'wamid.X' }],
		['a deletion', (c) => c.revoke('wamid.X'), 'revoke', { original_message_id: 'wamid.X' }],
		['an edit', (c) => c.edit('wamid.X', 'nuevo'), 'edit', { original_message_id: 'wamid.X' }],
		['something unsupported', (c) => c.unsupported('poll_creation'), 'unsupported', { type: 'poll_creation' }],
	])('sends %s as Meta does', async (_name, speak, type, content) => {
		await begin();
		await speak(ana).delivered;
		expect(receiver.messages[0]).toMatchObject({ type, [type]: content, from: '573001234567' });
	});

	it('taps and choices carry what the business gave as id and answer the message that offered them', async () => {
		await begin();
		ana.text('hola');
		const offered = wamidOf(await send(buttons('Sí', 'No')));
		await send(listOf(3));
		await ana.tapButton('No').delivered;
		await ana.chooseRow('Fila 2').delivered;
		expect(receiver.messages.slice(-2)).toMatchObject([
			{ interactive: { type: 'button_reply', button_reply: { id: 'b1', title: 'No' } }, context: { id: offered } },
			{ interactive: { type: 'list_reply', list_reply: { id: 'r2', title: 'Fila 2' } } },
		]);
		expect(() => ana.tapButton('Quizás')).toThrow("There is no button 'Quizás' to tap. Buttons so far: 'Sí', 'No'.");
	});

	it('shows a person in the four ways of 2026; what is unknown is left out, never empty', async () => {
		await begin();
		const people = simulator.identityScenarios();
		for (const person of Object.values(people)) await (person as Customer).text('hola').delivered;
		const [plain, hidden, named, parent] = receiver.values.map(({ contacts, messages }) => ({
			...contacts?.[0],
			...messages?.[0],
		}));
		expect(plain).toMatchObject({ wa_id: '573001110001', from: '573001110001' });
		expect(hidden).toMatchObject({
			profile: { username: 'beto.compras' },
			from_user_id: people.usernameWithoutPhone.userId,
		});
		expect(hidden).not.toHaveProperty('wa_id');
		expect(hidden).not.toHaveProperty('from');
		expect(named).toMatchObject({ profile: { username: 'carla.it' }, wa_id: '573001110003' });
		expect(parent).toMatchObject({
			parent_user_id: expect.stringMatching(/^US\.ENT\.\d+$/),
			from_parent_user_id: expect.any(String),
		});
	});

	it('answers a person without a phone by `recipient`, and Meta shows the id instead of a wa_id', async () => {
		await begin();
		const { usernameWithoutPhone: beto } = simulator.identityScenarios();
		await beto.text('hola').delivered;
		const answer = await send({ to: undefined, recipient: beto.userId, ...text('Hola, Beto') });
		await simulator.settled();
		expect(answer.json.contacts).toEqual([{ input: beto.userId, user_id: beto.userId }]);
		expect(beto.received.map((bubble) => bubble.text)).toEqual(['Hola, Beto']);
		expect(receiver.statuses[0]).not.toHaveProperty('recipient_id');
		expect(receiver.statuses[0]).toMatchObject({ recipient_user_id: beto.userId });
	});
});

describe('Delivery', () => {
	it.each<[string, Array<number | 'hang' | 'reset'>]>([
		['an error', [500, 503]],
		['a redirect', [302]],
		['an answer other than 200', [204]],
		['a cut connection', ['reset']],
		['silence', ['hang']],
	])('redelivers after %s, the same bytes, until a 200 comes', async (_name, answers) => {
		const timeoutMs = answers.includes('hang') ? A_MOMENT : PATIENCE;
		await begin({ redeliver: { delaysMs: [5], timeoutMs } });
		receiver.answers = [...answers];
		const report = await ana.text('no me pierdas').delivered;
		expect(report).toMatchObject({ acknowledged: true, attempts: answers.length + 1 });
		expect(new Set(receiver.received.map(({ raw }) => raw.toString('utf8'))).size).toBe(1);
	});

	it('goes on while the receiver is down and delivers when it is back', async () => {
		await begin();
		const port = Number(new URL(receiver.url).port);
		await receiver.stop();
		const { delivered } = ana.text('¿hay alguien?');
		await new Promise((resolve) => setTimeout(resolve, 40));
		receiver = await new Receiver().start(port);
		expect(await delivered).toMatchObject({ acknowledged: true });
		expect(receiver.messages).toMatchObject([{ text: { body: '¿hay alguien?' } }]);
	});

	it('drops what nobody is subscribed to, as Meta does', async () => {
		await begin();
		await simulator.setCallback(undefined);
		expect(await ana.text('hola').delivered).toEqual({ acknowledged: false, attempts: 0, reason: 'no_subscriber' });
		expect(simulator.ledger.counters.webhooksUnheard).toBe(1);
	});

	it('holds a burst and lets it go swapped, together and three times', async () => {
		await begin();
		simulator.hold();
		ana.text('uno');
		ana.text('dos');
		const beto = simulator.customer({ waId: '573009999999', profileName: 'Beto' });
		beto.text('tres');
		expect(receiver.received).toHaveLength(0);
		await simulator.release({ as: 'together', order: [1, 0, 2], copies: 3, concurrently: true });
		expect(receiver.bodies).toHaveLength(3);
		expect(
			receiver.bodies[0].entry[0].changes.map(({ value }) =>
				value.messages?.map((message) => (message.text as Json).body),
			),
		).toEqual([['dos', 'uno'], ['tres']]);
	});

	it('duplicates and reorders webhooks when asked', async () => {
		await begin();
		simulator.faults.webhooks({ copies: 2 });
		await ana.text('doble').delivered;
		simulator.faults.webhooks({ reorder: true });
		await Promise.all([ana.text('primero').delivered, ana.text('segundo').delivered]);
		expect(receiver.messages.map((message) => (message.text as Json).body)).toEqual([
			'doble',
			'doble',
			'segundo',
			'primero',
		]);
	});

	it.each([
		['valid', true],
		['invalid', false],
	] as const)('posts hostile bodies once with a %s signature and tells the answer', async (signature, matches) => {
		await begin();
		receiver.answers = [418];
		const answer = await simulator.deliverRaw({ body: '[]', signature, contentType: null });
		const [post] = receiver.received;
		const expected = `sha256=${createHmac('sha256', appSecret).update('[]').digest('hex')}`;
		expect(answer.status).toBe(418);
		expect(post.headers).not.toHaveProperty('content-type');
		expect(post.headers['x-hub-signature-256'] === expected).toBe(matches);
		expect(receiver.received).toHaveLength(1);
	});
});

describe('Sending', () => {
	it('accepts with the documented answer and shows the bubble to the person', async () => {
		await begin();
		ana.text('hola');
		const answer = await send({ ...text('Hola, *Ana*'), biz_opaque_callback_data: 'outbox-1' });
		expect(answer).toMatchObject({
			status: 200,
			json: {
				messaging_product: 'whatsapp',
				contacts: [{ input: '+573001234567', wa_id: '573001234567' }],
				messages: [{ id: expect.stringMatching(/^wamid\./) }],
			},
		});
		expect(ana.received.map((bubble) => bubble.text)).toEqual(['Hola, *Ana*']);
		expect(simulator.ledger.sends).toMatchObject([
			{ phoneNumberId, to: '+573001234567', callbackData: 'outbox-1', bubbleText: 'Hola, *Ana*' },
		]);
		expect(simulator.ledger.textsTo('573001234567')).toEqual(['Hola, *Ana*']);
	});

	it('reports sent, delivered and read with our own id, and pricing on the first two only', async () => {
		await begin({ statuses: { read: true } });
		ana.text('hola');
		const wamid = wamidOf(await send({ ...text('hola'), biz_opaque_callback_data: 'outbox-1' }));
		await simulator.settled();
		// Each travels by itself, as with Meta: the last may overtake the others on the way.
		const told = new Map(receiver.statuses.map((status) => [status.status, status]));
		expect(
			['sent', 'delivered', 'read'].map((name) => {
				const { id, biz_opaque_callback_data: ours, pricing } = told.get(name) ?? {};
				return [name, id, ours, pricing !== undefined];
			}),
		).toEqual([
			['sent', wamid, 'outbox-1', true],
			['delivered', wamid, 'outbox-1', true],
			['read', wamid, 'outbox-1', false],
		]);
		expect(receiver.statuses).toHaveLength(3);
		expect(told.get('sent')?.pricing).toMatchObject({
			billable: false,
			type: 'free_customer_service',
			category: 'service',
		});
	});

	it('puts up to ten statuses in one POST', async () => {
		await begin({ statuses: { batch: 10 } });
		ana.text('hola');
		await Promise.all(Array.from({ length: 10 }, (_value, index) => send(text(`n.º ${index}`))));
		await simulator.settled();
		const batches = receiver.values.filter(({ statuses }) => statuses).map(({ statuses }) => statuses?.length ?? 0);
		expect(batches.reduce((sum, size) => sum + size, 0)).toBe(20);
		expect(Math.max(...batches)).toBeLessThanOrEqual(10);
		expect(batches.length).toBeLessThan(20);
	});

	it('lets the first status overtake the answer when asked', async () => {
		await begin({ statuses: { beforeAnswer: true } });
		await ana.text('hola').delivered;
		const wamid = wamidOf(await send(text('rápido')));
		expect(receiver.statuses).toMatchObject([{ id: wamid, status: 'sent' }]);
	});

	const long = (length: number): string => 'x'.repeat(length);
	it.each<[string, Json, number | undefined]>([
		['a text of 4,096 characters', text(long(4096)), undefined],
		['a text of 4,096 emoji', text('😊'.repeat(4096)), undefined],
		['a text of 4,097', text(long(4097)), 100],
		['an empty text', text('  '), 100],
		['a misspelt key', { type: 'text', text: { body: 'x', previewUrl: true } }, 100],
		['a key of another type', { ...text('x'), image: { id: '1' } }, 100],
		['no content for the type', { type: 'image' }, 131008],
		['no body', { type: 'text', text: {} }, 131008],
		['an unknown type', { type: 'poll', poll: {} }, 131051],
		['another product', { ...text('x'), messaging_product: 'messenger' }, 100],
		['a callback text of 513 characters', { ...text('x'), biz_opaque_callback_data: long(513) }, 100],
		['three buttons', buttons('a', 'b', 'c'), undefined],
		['four buttons', buttons('a', 'b', 'c', 'd'), 131009],
		['a button title of 20', buttons(long(20)), undefined],
		['a button title of 21', buttons(long(21)), 131009],
		['an empty button title', buttons(' '), 131009],
		['two equal button titles', buttons('a', 'a'), 131009],
		['ten rows', listOf(10), undefined],
		['eleven rows', listOf(11), 131009],
		['a list with an image header', listOf(1, { header: { type: 'image', image: { id: '1' } } }), 131009],
		['a footer of 61', listOf(1, { footer: { text: long(61) } }), 131009],
		['a list body of 4,096', listOf(1, { body: { text: long(4096) } }), undefined],
		['a list body of 4,097', listOf(1, { body: { text: long(4097) } }), 131009],
		[
			'a caption of 1,025',
			{ type: 'image', image: { link: 'https://example.com/a.jpg', caption: long(1025) } },
			131009,
		],
		['id and link together', { type: 'image', image: { id: '1', link: 'https://example.com/a.jpg' } }, 131009],
		['a link that is none', { type: 'image', image: { link: 'ftp://example.com/a.jpg' } }, 131009],
		['a media id that nobody has', { type: 'image', image: { id: '404' } }, 131009],
		[
			'six contacts',
			{
				type: 'contacts',
				contacts: Array.from({ length: 6 }, () => ({ name: { formatted_name: 'A', first_name: 'A' } })),
			},
			131009,
		],
		['a latitude of 91', { type: 'location', location: { latitude: '91', longitude: '0' } }, 131009],
		['a recipient without digits', { ...text('x'), to: 'Ana' }, 131009],
		['no recipient', { ...text('x'), to: undefined }, 100],
		['the own number', { ...text('x'), to: '+573001112233' }, 131021],
		['a user id of somebody else', { ...text('x'), to: undefined, recipient: 'CO.123' }, 131009],
		[
			'a template that does not exist',
			{ type: 'template', template: { name: 'nada', language: { code: 'es' } } },
			132001,
		],
		[
			'a payment link button',
			{
				type: 'interactive',
				interactive: {
					type: 'cta_url',
					body: { text: 'Paga' },
					action: { name: 'cta_url', parameters: { display_text: 'Pagar', url: 'https://example.com' } },
				},
			},
			undefined,
		],
		[
			'a payment link with a label of 21',
			{
				type: 'interactive',
				interactive: {
					type: 'cta_url',
					body: { text: 'Paga' },
					action: { name: 'cta_url', parameters: { display_text: long(21), url: 'https://example.com' } },
				},
			},
			131009,
		],
		[
			'a location request',
			{
				type: 'interactive',
				interactive: { type: 'location_request_message', body: { text: '¿Dónde?' }, action: { name: 'send_location' } },
			},
			undefined,
		],
		[
			'a contact request',
			{
				type: 'interactive',
				interactive: {
					type: 'request_contact_info',
					body: { text: '¿Tu número?' },
					action: { name: 'request_contact_info' },
				},
			},
			undefined,
		],
	])('takes or refuses %s', async (_name, message, code) => {
		await begin();
		await ana.text('hola').delivered;
		const answer = await send(message);
		expect([answer.status === 200, answer.code]).toEqual([code === undefined, code]);
		expect(simulator.ledger.sends).toHaveLength(code === undefined ? 1 : 0);
	});

	it('writes errors in the envelope of the documentation', async () => {
		await begin();
		const { status, json } = await send(buttons('x'.repeat(21)));
		expect(status).toBe(400);
		expect(json).toEqual({
			error: {
				message: '(#131009) Parameter value is not valid',
				type: 'OAuthException',
				code: 131009,
				error_data: {
					messaging_product: 'whatsapp',
					details: 'Button title length invalid. Min length: 1, Max length: 20',
				},
				fbtrace_id: expect.any(String),
			},
		});
	});

	it.each([
		['+57 (300) 123-4567', '573001234567'],
		['3001234567', '573001234567'],
		['573001234567', '573001234567'],
		// Without + the country code of the business is put in front: MD/messages/send-messages.
		['16505551234', '5716505551234'],
		['+16505551234', '16505551234'],
		['+525512345678', '5215512345678'],
	])('reads the recipient %s as %s', async (to, waId) => {
		await begin();
		const answer = await send({ ...text('hola'), to });
		expect(answer.json.contacts).toEqual([{ input: to, wa_id: waId }]);
	});

	it('outside the 24-hour window a free-form message is accepted, fails with 131047 and is never seen', async () => {
		await begin();
		await ana.text('hola').delivered;
		clock += 24 * 60 * 60 * 1000 - 1;
		expect((await send(text('a tiempo'))).status).toBe(200);
		clock += 1;
		const late = wamidOf(await send(text('tarde')));
		const template = await send({ type: 'template', template: { name: 'hello_world', language: { code: 'en_US' } } });
		await simulator.settled();
		expect(receiver.statuses.filter(({ id }) => id === late)).toMatchObject([
			{ status: 'failed', errors: [{ code: 131047 }] },
		]);
		expect(template.json.messages).toMatchObject([{ message_status: 'accepted' }]);
		expect(ana.received.map(({ type }) => type)).toEqual(['text', 'template']);
		expect(receiver.values.find(({ statuses }) => statuses?.[0].id === late)).not.toHaveProperty('contacts');
	});

	it('refuses the 46th message to one person within 6 s with 131056, and takes one more 6 s later', async () => {
		await begin();
		await ana.text('hola').delivered;
		const codes: Array<number | undefined> = [];
		for (let index = 0; index < 46; index += 1) codes.push((await send(text(`${index}`))).code);
		clock += 6_000;
		codes.push((await send(text('otra vez'))).code);
		expect(codes.filter((code) => code !== undefined)).toEqual([131056]);
		expect(codes[45]).toBe(131056);
		expect(codes[46]).toBeUndefined();
	});

	it('refuses more than the throughput of a number with 130429, inbound messages included', async () => {
		await begin({
			numbers: [
				{
					wabaId,
					phoneNumberId,
					displayPhoneNumber: '+57 300 111 2233',
					verifiedName: 'P',
					country: 'CO',
					throughput: 5,
				},
			],
		});
		await ana.text('hola').delivered;
		const codes = [];
		for (let index = 0; index < 5; index += 1)
			codes.push((await send({ ...text('x'), to: `+57300000000${index}` })).code);
		expect(codes).toEqual([undefined, undefined, undefined, undefined, 130429]);
	});

	it.each([
		['a wrong token', () => send(text('x'), 'v25.0', 'other'), 401, 190],
		['a revoked token', () => (simulator.revokeToken(), send(text('x'))), 401, 190],
		[
			'a number that is not ours',
			() => call('POST', 'v25.0/999/messages', { messaging_product: 'whatsapp' }),
			400,
			100,
		],
	])('refuses %s', async (_name, attempt, status, code) => {
		await begin();
		expect(await attempt()).toMatchObject({ status, code });
		expect(simulator.ledger.sends).toHaveLength(0);
		expect(simulator.ledger.requests.at(-1)).toMatchObject({ operation: 'send', errorCode: code });
	});

	it.each([131026, 131049, 131050])(
		'accepts and then fails with %d for a person who cannot be reached',
		async (code) => {
			await begin();
			await ana.text('hola').delivered;
			ana.failsWith = code;
			expect((await send(text('x'))).status).toBe(200);
			await simulator.settled();
			expect(receiver.statuses).toMatchObject([{ status: 'failed', errors: [{ code }] }]);
			expect(receiver.statuses[0]).not.toHaveProperty('pricing');
			expect(ana.received).toHaveLength(0);
		},
	);

	it('marks as read and shows that the business is typing', async () => {
		await begin();
		const { wamid, delivered } = ana.text('hola');
		await delivered;
		const answer = await send({ to: undefined, status: 'read', message_id: wamid, typing_indicator: { type: 'text' } });
		expect(answer.json).toEqual({ success: true });
		expect([ana.typing, ana.chat[0].status]).toEqual([true, 'read']);
		clock += 25_000;
		expect(ana.typing).toBe(false);
		expect((await send({ to: undefined, status: 'read', message_id: 'wamid.other' })).code).toBe(131009);
	});
});

describe('Faults', () => {
	it.each([
		['429', 429],
		['500', 500],
		['503', 503],
		[131056, 400],
		[190, 401],
	] as const)('answers with %s once and then works', async (kind, status) => {
		await begin();
		await ana.text('hola').delivered;
		simulator.faults.inject({ on: 'send', kind, retryAfterSeconds: 3 });
		expect((await send(text('uno'))).status).toBe(status);
		expect((await send(text('dos'))).status).toBe(200);
		expect(ana.received.map((bubble) => bubble.text)).toEqual(['dos']);
	});

	it.each([
		['cut', 'reset', true, 1],
		['cut before anything happened', 'reset', false, 0],
		['answered with half a JSON', 'malformed', true, 1],
	] as const)(
		'a send whose connection is %s went out or not, as the test wants',
		async (_name, kind, applied, bubbles) => {
			await begin();
			await ana.text('hola').delivered;
			simulator.faults.inject({ on: 'send', kind, applied });
			await expect(send(text('¿salió?'))).rejects.toThrow();
			expect(ana.received).toHaveLength(bubbles);
		},
	);

	it('a send that hangs is given up by the caller, not by the server', async () => {
		await begin();
		simulator.faults.inject({ on: 'send', kind: 'hang' });
		const attempt = fetch(`${simulator.baseUrl}/v25.0/${phoneNumberId}/messages`, {
			method: 'POST',
			headers: { Authorization: `Bearer ${accessToken}` },
			body: '{}',
			signal: AbortSignal.timeout(50),
		});
		await expect(attempt).rejects.toThrow(/timeout/);
	});
});

describe('Media', () => {
	const upload = (
		bytes: Uint8Array<ArrayBuffer>,
		mimeType: string,
		fields: Record<string, string> = { messaging_product: 'whatsapp' },
	) => {
		const form = new FormData();
		for (const [key, value] of Object.entries(fields)) form.set(key, value);
		form.set('file', new Blob([bytes], { type: mimeType }), 'archivo');
		return call('POST', `v25.0/${phoneNumberId}/media`, form);
	};

	it.each<[string, number, string, number | undefined]>([
		['a PNG', 10, 'image/png', undefined],
		['an image of 5 MB', 5 * 1024 * 1024, 'image/jpeg', undefined],
		['an image over 5 MB', 5 * 1024 * 1024 + 1, 'image/jpeg', 131053],
		['a GIF', 10, 'image/gif', 100],
		['an empty file', 0, 'image/png', 100],
		['an Opus note', 10, 'audio/ogg; codecs=opus', undefined],
	])('takes or refuses %s', async (_name, size, mimeType, code) => {
		await begin();
		const answer = await upload(new Uint8Array(size), mimeType);
		expect([answer.status === 200, answer.code]).toEqual([code === undefined, code]);
	});

	it('gives an address for five minutes; afterwards 404 and a fresh one', async () => {
		await begin();
		const bytes = new Uint8Array([0x89, 0x50, 0x4e, 0x47]);
		const { json: uploaded } = await upload(bytes, 'image/png');
		const id = String(uploaded.id);
		const { json: described } = await call('GET', `v25.0/${id}?phone_number_id=${phoneNumberId}`);
		const download = (token: string) => fetch(String(described.url), { headers: { Authorization: `Bearer ${token}` } });
		expect(described).toEqual({
			messaging_product: 'whatsapp',
			url: expect.any(String),
			mime_type: 'image/png',
			sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
			file_size: '4',
			id,
		});
		expect(new Uint8Array(await (await download(accessToken)).arrayBuffer())).toEqual(bytes);
		expect((await download('other')).status).toBe(401);
		clock += 5 * 60 * 1000;
		expect((await download(accessToken)).status).toBe(404);
		const { json: again } = await call('GET', `v25.0/${id}`);
		expect((await fetch(String(again.url), { headers: { Authorization: `Bearer ${accessToken}` } })).status).toBe(200);
		expect((await call('DELETE', `v25.0/${id}`)).json).toEqual({ success: true });
		expect((await call('GET', `v25.0/${id}`)).code).toBe(100);
	});

	it('forgets what a customer sent after seven days', async () => {
		await begin();
		await ana.image('foto.jpg').delivered;
		const { id } = receiver.messages[0].image as { id: string };
		clock += 7 * 24 * 60 * 60 * 1000 - 1;
		expect((await call('GET', `v25.0/${id}`)).status).toBe(200);
		clock += 1;
		expect((await call('GET', `v25.0/${id}`)).code).toBe(100);
	});

	it('finds out late that a PDF is no image: accepted, then 131053', async () => {
		await begin();
		await ana.text('hola').delivered;
		const { json } = await upload(new Uint8Array(10), 'application/pdf');
		expect((await send({ type: 'image', image: { id: json.id } })).status).toBe(200);
		await simulator.settled();
		expect(receiver.statuses).toMatchObject([{ status: 'failed', errors: [{ code: 131053 }] }]);
	});
});

describe('Templates', () => {
	const order = {
		name: 'pedido_listo',
		language: 'es',
		category: 'UTILITY' as const,
		components: [
			{ type: 'HEADER', format: 'DOCUMENT' },
			{ type: 'BODY', text: 'Hola {{1}}, tu pedido {{2}} está listo.' },
			{
				type: 'BUTTONS',
				buttons: [
					{ type: 'URL', text: 'Ver', url: 'https://example.com/{{1}}' },
					{ type: 'QUICK_REPLY', text: 'Gracias' },
				],
			},
		],
	};
	const named = {
		name: 'saludo',
		language: 'es',
		parameter_format: 'NAMED' as const,
		components: [{ type: 'BODY', text: 'Hola {{nombre}}' }],
	};
	const parameters = (...values: string[]) => values.map((value) => ({ type: 'text', text: value }));
	const filled = (components: unknown[], name = 'pedido_listo'): Json => ({
		type: 'template',
		template: { name, language: { code: 'es' }, components },
	});
	const header = {
		type: 'header',
		parameters: [{ type: 'document', document: { link: 'https://example.com/a.pdf', filename: 'a.pdf' } }],
	};
	const link = { type: 'button', sub_type: 'url', index: '0', parameters: parameters('77') };

	it.each<[string, Json, string, number | undefined]>([
		[
			'everything in its place',
			filled([header, { type: 'body', parameters: parameters('Ana', '77') }, link]),
			'v25.0',
			undefined,
		],
		['a value too few', filled([header, { type: 'body', parameters: parameters('Ana') }, link]), 'v25.0', 132000],
		['no header file', filled([{ type: 'body', parameters: parameters('Ana', '77') }, link]), 'v25.0', 132012],
		[
			'no value for the button',
			filled([header, { type: 'body', parameters: parameters('Ana', '77') }]),
			'v25.0',
			131008,
		],
		[
			'a line break in a value, new version',
			filled([header, { type: 'body', parameters: parameters('A\nna', '77') }, link]),
			'v25.0',
			132018,
		],
		[
			'a line break in a value, old version',
			filled([header, { type: 'body', parameters: parameters('A\nna', '77') }, link]),
			'v22.0',
			132012,
		],
		[
			'a named value',
			filled([{ type: 'body', parameters: [{ type: 'text', parameter_name: 'nombre', text: 'Ana' }] }], 'saludo'),
			'v25.0',
			undefined,
		],
		[
			'a wrong name',
			filled([{ type: 'body', parameters: [{ type: 'text', parameter_name: 'name', text: 'Ana' }] }], 'saludo'),
			'v25.0',
			132018,
		],
		[
			'a text longer than 1,024',
			filled(
				[{ type: 'body', parameters: [{ type: 'text', parameter_name: 'nombre', text: 'x'.repeat(1020) }] }],
				'saludo',
			),
			'v25.0',
			132005,
		],
	])('takes or refuses %s', async (_name, message, version, code) => {
		await begin({ templates: [order, named] });
		const answer = await send(message, version);
		expect([answer.status === 200, answer.code]).toEqual([code === undefined, code]);
	});

	it('shows the person the words with the values in them, and a tap on its button is of type button', async () => {
		await begin({ templates: [order] });
		await send(filled([header, { type: 'body', parameters: parameters('Ana', '77') }, link]));
		expect(ana.received).toMatchObject([
			{
				text: 'Hola Ana, tu pedido 77 está listo.',
				media: { kind: 'document', filename: 'a.pdf' },
				buttons: [{ url: 'https://example.com/77' }, { title: 'Gracias' }],
			},
		]);
		await ana.tapButton('Gracias').delivered;
		expect(receiver.messages.at(-1)).toMatchObject({ type: 'button', button: { payload: 'Gracias', text: 'Gracias' } });
	});

	it('creates, announces, lists in pages, edits and deletes', async () => {
		await begin();
		const create = (name: string) =>
			call('POST', `v25.0/${wabaId}/message_templates`, {
				name,
				language: 'es',
				category: 'utility',
				components: [{ type: 'BODY', text: 'Hola' }],
			});
		const { json: created } = await create('uno');
		expect(created).toEqual({ id: expect.any(String), status: 'PENDING', category: 'UTILITY' });
		expect((await send(filled([], 'uno'))).code).toBe(132001);
		await simulator.events.templateStatus(wabaId, { name: 'uno', language: 'es' }, 'APPROVED');
		expect(receiver.bodies.at(-1)?.entry[0].changes[0]).toMatchObject({
			field: 'message_template_status_update',
			value: { event: 'APPROVED', message_template_id: Number(created.id) },
		});
		expect((await send(filled([], 'uno'))).status).toBe(200);
		await create('dos');
		expect((await create('dos')).code).toBe(100);
		expect((await create('Con Mayúsculas')).code).toBe(100);
		const names: unknown[] = [];
		let next: string | undefined = `v25.0/${wabaId}/message_templates?limit=2&fields=name,status`;
		while (next !== undefined) {
			const page: Answer = await call('GET', next);
			names.push(...(page.json.data as Json[]).map(({ name }) => name));
			const address = (page.json.paging as Json | undefined)?.next as string | undefined;
			next = address?.slice(simulator.baseUrl.length + 1);
		}
		expect(names).toEqual(['hello_world', 'uno', 'dos']);
		expect(
			(await call('POST', `v25.0/${String(created.id)}`, { components: [{ type: 'BODY', text: 'Hola de nuevo' }] }))
				.json,
		).toMatchObject({ success: true });
		expect((await call('DELETE', `v25.0/${wabaId}/message_templates?name=uno`)).json).toEqual({ success: true });
		expect((await call('GET', `v25.0/${wabaId}/message_templates?name=uno`)).json).toEqual({ data: [] });
	});
});

describe('Subscriptions', () => {
	const override = (url: string, token = 'verify'): Json => ({ override_callback_uri: url, verify_token: token });

	it('number override beats account override beats the app; account webhooks always go to the app', async () => {
		await begin();
		const account = await new Receiver().start();
		const number = await new Receiver().start();
		try {
			await ana.text('uno').delivered;
			await call('POST', `v25.0/${wabaId}/subscribed_apps`, override(account.url));
			await ana.text('dos').delivered;
			await call('POST', `v25.0/${phoneNumberId}`, { webhook_configuration: override(number.url) });
			await ana.text('tres').delivered;
			await simulator.events.accountUpdate(wabaId, { event: 'PARTNER_REMOVED' });
			const texts = (one: Receiver) => one.messages.map((message) => (message.text as Json).body);
			expect([texts(receiver), texts(account), texts(number)]).toEqual([['uno'], ['dos'], ['tres']]);
			expect(receiver.bodies.at(-1)?.entry[0]).toMatchObject({
				id: wabaId,
				time: NOON / 1000,
				changes: [{ field: 'account_update' }],
			});
			expect((await call('GET', `v25.0/${wabaId}/subscribed_apps`)).json).toMatchObject({
				data: [{ override_callback_uri: account.url, whatsapp_business_api_data: { id: '100000000000001' } }],
			});
			await call('POST', `v25.0/${phoneNumberId}`, { webhook_configuration: { override_callback_uri: '' } });
			await call('POST', `v25.0/${wabaId}/subscribed_apps`, {});
			await ana.text('cuatro').delivered;
			expect(texts(receiver)).toEqual(['uno', 'cuatro']);
		} finally {
			await account.stop();
			await number.stop();
		}
	});

	it('really performs the handshake and keeps the old address when it fails', async () => {
		await begin();
		const wrong = await new Receiver().start();
		wrong.challengeAnswer = () => 'something else';
		try {
			const answer = await call('POST', `v25.0/${wabaId}/subscribed_apps`, override(wrong.url));
			expect(answer).toMatchObject({ status: 400, code: 2200 });
			expect(new URL(wrong.received[0].url, 'http://x').searchParams.get('hub.verify_token')).toBe('verify');
			expect(simulator.callbackOf(phoneNumberId)).toBe(receiver.url);
		} finally {
			await wrong.stop();
		}
	});

	it.each([
		['plain http to the world', 'http://example.com/hook'],
		['more than 200 characters', `https://example.com/${'x'.repeat(200)}`],
		['no address at all', 'not a url'],
	])('refuses a callback of %s', async (_name, url) => {
		await begin();
		expect((await call('POST', `v25.0/${wabaId}/subscribed_apps`, override(url))).code).toBe(100);
	});

	it('an override needs the account to be subscribed first, and unsubscribing silences it', async () => {
		await begin();
		await call('DELETE', `v25.0/${wabaId}/subscribed_apps`);
		expect((await call('POST', `v25.0/${wabaId}/subscribed_apps`, override(receiver.url))).code).toBe(100);
		expect(await ana.text('hola').delivered).toMatchObject({ reason: 'no_subscriber' });
		expect((await call('GET', `v25.0/${wabaId}/subscribed_apps`)).json).toEqual({ data: [] });
	});

	it('the app subscription wants the app token', async () => {
		await begin();
		const path = 'v25.0/100000000000001/subscriptions';
		const body = {
			object: 'whatsapp_business_account',
			callback_url: receiver.url,
			verify_token: 'verify',
			fields: 'messages,account_update',
		};
		expect((await call('POST', path, body)).code).toBe(15);
		const appToken = `100000000000001|${appSecret}`;
		expect((await call('POST', path, body, appToken)).json).toEqual({ success: true });
		expect((await call('GET', path, undefined, appToken)).json).toMatchObject({
			data: [{ callback_url: receiver.url, active: true, fields: [{ name: 'messages' }, { name: 'account_update' }] }],
		});
		expect((await call('DELETE', path, undefined, appToken)).json).toEqual({ success: true });
	});

	it('a token tells what it may do', async () => {
		await begin();
		const { json } = await call(
			'GET',
			`v25.0/debug_token?input_token=${accessToken}`,
			undefined,
			`100000000000001|${appSecret}`,
		);
		expect(json).toMatchObject({
			data: { is_valid: true, granular_scopes: [{ scope: 'whatsapp_business_management', target_ids: [wabaId] }, {}] },
		});
		const code = simulator.issueSignupCode();
		const exchange = `v25.0/oauth/access_token?client_id=100000000000001&client_secret=${appSecret}&code=${code}`;
		expect((await call('GET', exchange)).json).toMatchObject({ access_token: accessToken });
		expect((await call('GET', exchange)).code).toBe(100);
	});
});

describe('Coexistence', () => {
	it('echoes, history, contacts and a declined history come as their own fields', async () => {
		await begin();
		await ana.text('hola').delivered;
		await simulator.events.echo(ana, { type: 'text', text: { body: 'Te escribo desde el celular' } }).delivered;
		await simulator.events.history(phoneNumberId, {
			phase: 0,
			chunkOrder: 1,
			progress: 55,
			threads: [{ id: '573001234567', messages: [] }],
		});
		await simulator.events.historyDeclined(phoneNumberId);
		await simulator.events.contactSync(phoneNumberId, [{ action: 'remove', phoneNumber: '573001234567' }]);
		const changes = receiver.bodies.slice(1).map(({ entry }) => entry[0].changes[0]);
		expect(changes).toMatchObject([
			{
				field: 'smb_message_echoes',
				value: { message_echoes: [{ from: '573001112233', to: '573001234567', to_user_id: ana.userId, type: 'text' }] },
			},
			{ field: 'history', value: { history: [{ metadata: { phase: 0, chunk_order: 1, progress: 55 } }] } },
			{ field: 'history', value: { history: [{ errors: [{ code: 2593109 }] }] } },
			{
				field: 'smb_app_state_sync',
				value: { state_sync: [{ type: 'contact', action: 'remove', contact: { phone_number: '573001234567' } }] },
			},
		]);
		expect(ana.received.map((bubble) => bubble.text)).toEqual(['Te escribo desde el celular']);
	});

	it('a new number gives a new user id, told in a system message without contacts', async () => {
		await begin();
		const before = ana.userId;
		await ana.changeNumber('573007777777').delivered;
		await simulator.settled();
		const system = receiver.values.find(({ messages }) => messages?.[0].type === 'system');
		expect(system).not.toHaveProperty('contacts');
		expect(system?.messages).toMatchObject([
			{ from: '573001234567', from_user_id: before, system: { type: 'user_changed_number', wa_id: '573007777777' } },
		]);
		expect(receiver.values.find((value) => value.user_id_update)).toMatchObject({
			user_id_update: [{ user_id: { previous: before, current: ana.userId } }],
		});
	});
});

describe('Driven from another process', () => {
	const drive = (
		method: string,
		command: string,
		body?: unknown,
		headers: Record<string, string> = {},
	): Promise<Response> =>
		fetch(`${simulator.baseUrl}/simulator/${command}`, {
			method,
			headers,
			body: body === undefined ? undefined : JSON.stringify(body),
		});
	interface Counters {
		readonly webhooksAcknowledged: number;
		readonly acknowledgementMs: { readonly count: number; readonly p50: number; readonly p99: number };
		readonly load?: { readonly said: number; readonly running: boolean };
	}
	const counters = async (): Promise<Counters> => (await (await drive('GET', 'counters')).json()) as Counters;

	it('customers write, take turns at a steady rate, and the acknowledgements are timed', async () => {
		await begin({ record: 'sends' });
		await drive('POST', 'say', [{ waId: '573001234567', text: 'hola', profileName: 'Ana' }]);
		await drive('POST', 'load', { customers: 3, messagesPerSecond: 100, seconds: 0.1, texts: ['uno', 'dos'] });
		while ((await counters()).load?.running !== false) await new Promise((resolve) => setTimeout(resolve, 10));
		await simulator.settled();
		const { webhooksAcknowledged, acknowledgementMs, load } = await counters();
		expect([webhooksAcknowledged, acknowledgementMs.count, load?.said]).toEqual([11, 11, 10]);
		expect(acknowledgementMs.p50).toBeLessThanOrEqual(acknowledgementMs.p99);
		const first = simulator.customer({ waId: '573100000000' });
		expect(first.chat.map((bubble) => bubble.text)).toEqual(['uno', 'dos', 'uno', 'dos']);
		expect([simulator.ledger.webhooks, simulator.ledger.requests]).toEqual([[], []]);
	});

	it("another site's page cannot drive it", async () => {
		await begin();
		expect(
			(await drive('POST', 'say', { waId: '573001234567', text: 'x' }, { 'Sec-Fetch-Site': 'cross-site' })).status,
		).toBe(403);
		expect(ana.chat).toEqual([]);
	});
});

const contractPath = join(__dirname, '../../../shared/contracts/whatsapp-business-messaging-v23.yaml');
const withContract = existsSync(contractPath) ? describe : describe.skip;

withContract("Meta's own contract", () => {
	type Examples = Record<string, { readonly value: Json }>;
	interface Contract {
		readonly paths: Record<
			string,
			{
				readonly post: {
					readonly requestBody: { readonly content: { readonly 'application/json': { readonly examples: Examples } } };
				};
			}
		>;
	}
	const contract = existsSync(contractPath)
		? (parseYaml(readFileSync(contractPath, 'utf8')) as Contract)
		: { paths: {} };
	const examplesOf = (path: string): Examples =>
		contract.paths[path]?.post.requestBody.content['application/json'].examples ?? {};

	/** Not sold in Colombia, or wrong in the contract itself (a list without a `type`, so of type text). */
	const exceptions = new Set(['Send Order Details Message', 'Send Order Status Message', 'Send Reply to List Message']);
	const sends = Object.entries(examplesOf('/{Version}/{Phone-Number-ID}/messages')).filter(
		([name, { value }]) => !exceptions.has(name) && value.status === undefined,
	);

	it.each(sends)('accepts its example "%s"', (_name, { value }) => {
		const withRealLinks = JSON.parse(
			JSON.stringify(value).replace(/<?http\(s\):[^">]*>?/g, 'https://example.com/file'),
		) as Json;
		expect(checkSend(withRealLinks).type).toBe(value.type ?? 'text');
	});

	/** Paths of a value with the kind of what is there: `messages[].text.body: string`. */
	function shapeOf(value: unknown, path = ''): string[] {
		if (Array.isArray(value)) return value.flatMap((entry) => shapeOf(entry, `${path}[]`));
		if (typeof value === 'object' && value !== null)
			return Object.entries(value).flatMap(([key, entry]) => shapeOf(entry, `${path}.${key}`));
		return [`${path}: ${typeof value}`];
	}

	it.each<[string, (customer: Customer) => void]>([
		['Text Message', (customer) => void customer.text('hola')],
		[
			'Text Message with Context (Product Inquiry)',
			(customer) =>
				void customer.text('hola', { replyTo: 'wamid.X', referredProduct: { catalogId: '1', productRetailerId: '2' } }),
		],
		['Reaction Message', (customer) => void customer.reaction('wamid.X', '👍')],
		['Image Message', (customer) => void customer.image('foto.jpg', 'Mi equipo')],
		[
			'Location Message',
			(customer) => void customer.location({ latitude: 4.6, longitude: -74.1, name: 'Oficina', address: 'Calle 26' }),
		],
		['Unsupported Message', (customer) => void customer.unsupported()],
		[
			'Order Message',
			(customer) =>
				void customer.order([{ productRetailerId: 'x', quantity: 2, itemPrice: 10.5, currency: 'COP' }], 'gracias'),
		],
		['System Message', (customer) => void customer.changeNumber('573007777777')],
	])('its webhook example "%s" has nothing that ours lacks', async (name, speak) => {
		await begin();
		const example = examplesOf('/whatsapp/webhooks')[name]?.value;
		speak(ana);
		await simulator.settled();
		const ours = new Set(shapeOf(receiver.bodies.find(({ entry }) => entry[0].changes[0].field === 'messages')));
		// `url` of a location is the person's own addition, not something every location has.
		const missing = shapeOf(example).filter((path) => !ours.has(path) && !path.includes('.location.url'));
		expect(missing).toEqual([]);
	});
});
