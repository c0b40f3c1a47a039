import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { INodeParameters } from 'n8n-workflow';

import { WhatsAppCloudTrigger } from '../../nodes/WhatsAppCloudTrigger/WhatsAppCloudTrigger.node';
import { OUTPUT_NAMES, OUTPUTS } from '../../nodes/WhatsAppCloudTrigger/outputs';
import { closeIdleStores } from '../../nodes/shared/n8n/storeOfNode';
import { openStore } from '../../nodes/shared/store/open';
import type { Store } from '../../nodes/shared/store/store';
import { startGraphSimulator, type GraphSimulator } from '../simulators/graph';
import {
	callWebhook,
	callWebhookMethod,
	loadOptions,
	pressNode,
	startTrigger,
	type WebhookAnswer,
} from '../support/engine';

const SECRET = 'the-app-secret-of-the-test';
const VERIFY = 'the-verify-token-of-the-test';
const TOKEN = 'the-access-token-of-the-test';
const KEY = 'ab'.repeat(32);

const folder = mkdtempSync(path.join(tmpdir(), 'trigger-'));
let fileNumber = 0;
let filePath = '';
let store: Store;

const credentials = (changes: Record<string, string> = {}) => ({
	whatsAppCloudApi: {
		accessToken: TOKEN,
		appId: '1000',
		appSecret: SECRET,
		verifyToken: VERIFY,
		businessAccountId: '2000',
		baseUrl: 'http://127.0.0.1:9',
		apiVersion: 'v25.0',
		messagesPerSecond: 80,
		...changes,
	},
	whatsAppCrmStoreApi: { database: 'sqlite', workspace: 'acme', filePath, encryptionKey: KEY },
});

beforeEach(async () => {
	fileNumber += 1;
	filePath = path.join(folder, `store-${fileNumber}.sqlite`);
	store = await openStore({ database: 'sqlite', workspaceId: 'acme', path: filePath, encryptionKey: KEY });
});

afterEach(async () => {
	await store.close();
	await closeIdleStores();
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

const sign = (body: Buffer | string, secret = SECRET) =>
	`sha256=${createHmac('sha256', secret).update(body).digest('hex')}`;

const message = (id: string, text = 'hola', phoneNumberId = '3000') => ({
	object: 'whatsapp_business_account',
	entry: [
		{
			id: '2000',
			changes: [
				{
					field: 'messages',
					value: {
						messaging_product: 'whatsapp',
						metadata: { display_phone_number: '573009998877', phone_number_id: phoneNumberId },
						contacts: [{ profile: { name: 'Ana' }, wa_id: '573001234567' }],
						messages: [{ from: '573001234567', id, timestamp: '1749416383', type: 'text', text: { body: text } }],
					},
				},
			],
		},
	],
});

interface Delivery {
	readonly body: Buffer | string;
	readonly headers?: Record<string, string>;
	readonly signature?: string | null;
	readonly parameters?: INodeParameters;
	readonly mode?: 'webhook' | 'manual';
	readonly using?: ReturnType<typeof credentials>;
}

const deliver = async ({ body, headers, signature, parameters, mode, using }: Delivery): Promise<WebhookAnswer> =>
	await callWebhook(WhatsAppCloudTrigger, {
		body,
		parameters,
		mode,
		workflowId: `workflow-${fileNumber}`,
		credentials: using ?? credentials(),
		headers: {
			...(headers ?? { 'content-type': 'application/json' }),
			...(signature === null ? {} : { 'x-hub-signature-256': signature ?? sign(body) }),
		},
	});

/** As Meta writes it: what is outside ASCII is escaped, so that serialising again gives other bytes. */
const asMeta = (body: unknown) =>
	JSON.stringify(body).replace(
		/[\u0080-\uffff]/g,
		(letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`,
	);

const storedRows = async () => ({
	messages: (await store.db.selectFrom('messages').select('vendor_id').execute()).length,
	journal: (await store.db.selectFrom('journal').select('output').execute()).map(({ output }) => output),
});

const NOTHING = { messages: 0, journal: [] };

const noSecretIn = (answer: WebhookAnswer) => {
	const told = `${answer.body} ${JSON.stringify(answer.headers)}`;
	for (const secret of [SECRET, VERIFY, TOKEN, KEY, sign('')]) expect(told).not.toContain(secret);
	expect(told).not.toMatch(/\bat .*\.ts:|stack/i);
};

describe('WhatsApp Cloud Trigger: handshake (GET)', () => {
	const ask = async (query: Record<string, string>) =>
		await callWebhook(WhatsAppCloudTrigger, { method: 'GET', query, credentials: credentials() });

	test('given the verify token, echoes the challenge as plain text that no browser takes for a page', async () => {
		const answer = await ask({ 'hub.mode': 'subscribe', 'hub.verify_token': VERIFY, 'hub.challenge': '<b>115</b>' });
		expect(answer).toMatchObject({ status: 200, body: '<b>115</b>' });
		expect(answer.headers['content-type']).toMatch(/^text\/plain/);
		expect(answer.headers['x-content-type-options']).toBe('nosniff');
		expect(answer.workflowData).toBeUndefined();
	});

	test.each<[string, Record<string, string>]>([
		['a wrong token', { 'hub.mode': 'subscribe', 'hub.verify_token': 'guess', 'hub.challenge': '1' }],
		['no token', { 'hub.mode': 'subscribe', 'hub.challenge': '1' }],
		['no challenge', { 'hub.mode': 'subscribe', 'hub.verify_token': VERIFY }],
		['another mode', { 'hub.mode': 'unsubscribe', 'hub.verify_token': VERIFY, 'hub.challenge': '1' }],
		['nothing', {}],
	])('given %s, answers 403 and tells no secret', async (_case, query) => {
		const answer = await ask(query);
		expect(answer.status).toBe(403);
		noSecretIn(answer);
	});
});

describe('WhatsApp Cloud Trigger: hostile deliveries (P1)', () => {
	const good = asMeta(message('wamid.1', '¿Cuánto?'));
	const nested = (body: string) => body.replace(/\}$/, `,"deep":${'['.repeat(10_000)}${']'.repeat(10_000)}}`);
	const large = asMeta({ ...message('wamid.5mb'), padding: 'x'.repeat(5 * 1024 * 1024) });

	test.each<[string, Delivery]>([
		['unsigned', { body: good, signature: null }],
		['signed with another secret', { body: good, signature: sign(good, 'other') }],
		['signed for another body', { body: good, signature: sign('{}') }],
		['with the signature cut short', { body: good, signature: sign(good).slice(0, 40) }],
		['empty and unsigned', { body: '', signature: null }],
		['[] and unsigned', { body: '[]', signature: null }],
		['null and unsigned', { body: 'null', signature: null }],
		['of 5 MB and unsigned', { body: large, signature: null }],
		['without a content type and unsigned', { body: good, signature: null, headers: {} }],
	])('given one %s: 401, no execution, nothing stored, no secret told', async (_case, delivery) => {
		const answer = await deliver(delivery);
		expect(answer).toMatchObject({ status: 401, body: '' });
		expect(answer.error).toBeUndefined();
		expect(answer.workflowData).toBeUndefined();
		noSecretIn(answer);
		expect(await storedRows()).toEqual(NOTHING);
	});

	test.each<[string, Delivery]>([
		['empty', { body: '' }],
		['[]', { body: '[]' }],
		['null', { body: 'null' }],
		['"x"', { body: '"x"' }],
		['no JSON at all, without a content type', { body: 'hola', headers: {} }],
		['deeper than anything that Meta writes', { body: nested(good) }],
		['that deep, without a content type', { body: nested(good), headers: {} }],
	])('given a signed one that is %s: 200, nothing to store', async (_case, delivery) => {
		expect(await deliver(delivery)).toMatchObject({ status: 200, body: '' });
		expect(await storedRows()).toEqual(NOTHING);
	});

	test('given a signed one that is truncated: the answer of n8n itself, 422, and the next message works', async () => {
		expect((await deliver({ body: good.slice(0, -5) })).status).toBe(422);
		expect((await deliver({ body: good })).status).toBe(200);
		expect(await storedRows()).toEqual({ messages: 1, journal: ['messages'] });
	});

	test('given an unknown field, signed: 200 and kept as account news', async () => {
		const body = asMeta({
			object: 'whatsapp_business_account',
			entry: [{ id: '2000', changes: [{ field: 'telepathy', value: {} }] }],
		});
		expect((await deliver({ body })).status).toBe(200);
		expect(await storedRows()).toEqual({ messages: 0, journal: ['account'] });
	});

	test('given 5 MB, signed: 200 and stored', async () => {
		expect((await deliver({ body: large })).status).toBe(200);
		expect((await storedRows()).messages).toBe(1);
	});

	test('given no content type, signed: the raw bytes are read and stored', async () => {
		expect((await deliver({ body: good, headers: {} })).status).toBe(200);
		expect((await storedRows()).messages).toBe(1);
	});

	test('given a credential without its app secret: 503 and nothing is trusted (missing secret accepted)', async () => {
		const answer = await deliver({ body: good, signature: sign(good, ''), using: credentials({ appSecret: '' }) });
		expect(answer).toMatchObject({ status: 503, body: '' });
		expect(answer.error).toBeUndefined();
		expect(await storedRows()).toEqual(NOTHING);
	});

	test('given a store that cannot be opened: 503 without a trace, so that Meta delivers again', async () => {
		const using = credentials();
		// A file where a folder should be.
		using.whatsAppCrmStoreApi.filePath = path.join(filePath, 'store.sqlite');
		const answer = await deliver({ body: good, using });
		expect(answer).toMatchObject({ status: 503, body: '' });
		expect(answer.headers['retry-after']).toBe('5');
		expect(answer.error).toBeUndefined();
		noSecretIn(answer);
	});
});

describe('WhatsApp Cloud Trigger: what is received (B1)', () => {
	const status = {
		object: 'whatsapp_business_account',
		entry: [
			{
				id: '2000',
				changes: [
					{
						field: 'messages',
						value: {
							metadata: { phone_number_id: '3000' },
							statuses: [{ id: 'wamid.S', status: 'delivered', timestamp: '1749416383', recipient_id: '573001234567' }],
						},
					},
				],
			},
		],
	};

	test('given a message, it is in the store before Meta has its answer, and no execution starts', async () => {
		const answer = await deliver({ body: asMeta(message('wamid.1')) });
		expect(answer).toMatchObject({ status: 200, body: '' });
		expect(answer.workflowData).toBeUndefined();
		expect(await storedRows()).toEqual({ messages: 1, journal: ['messages'] });
	});

	test('given the same message three times at once, stores it once (duplicate wamid handled twice)', async () => {
		const body = asMeta(message('wamid.1'));
		const answers = await Promise.all([deliver({ body }), deliver({ body }), deliver({ body })]);
		expect(answers.map((answer) => answer.status)).toEqual([200, 200, 200]);
		expect(await storedRows()).toEqual({ messages: 1, journal: ['messages'] });
	});

	test('given a number that the node does not listen to, stores nothing of it', async () => {
		const parameters = { phoneNumberIds: ['3000'] };
		await deliver({ body: asMeta(message('wamid.1', 'a', '3000')), parameters });
		await deliver({ body: asMeta(message('wamid.2', 'b', '3001')), parameters });
		expect((await storedRows()).messages).toBe(1);
	});

	test('given statuses, which are off by default, starts nothing with them unless asked', async () => {
		await deliver({ body: asMeta(status) });
		expect((await storedRows()).journal).toEqual([]);
	});

	test('given a message while active, emits it on Messages with a done promise', async () => {
		const trigger = await startTrigger(WhatsAppCloudTrigger, { credentials: credentials() });
		try {
			await deliver({ body: asMeta(message('wamid.1', '¿Precio? 😊')) });
			const emission = await trigger.next();
			expect(emission.outputs.map((items) => items.length)).toEqual([1, 0, 0, 0, 0]);
			expect(emission.outputs[0][0].json).toMatchObject({
				text: '¿Precio? 😊',
				from: { phone: '+573001234567' },
				crm: { workspaceId: 'acme', channelId: '3000', webhookId: 'webhook-of-the-test' },
			});
			emission.finish();
		} finally {
			await trigger.close();
		}
	});
});

describe('WhatsApp Cloud Trigger: listening in the editor (manual)', () => {
	test('given a message while somebody listens, it goes to the editor and production stays untouched', async () => {
		const answer = await deliver({ body: asMeta(message('wamid.1')), mode: 'manual' });
		expect(answer.status).toBe(200);
		expect(answer.workflowData?.map((items) => items.length)).toEqual([1, 0, 0, 0, 0]);
		expect(answer.workflowData?.[0][0].json).toMatchObject({
			text: 'hola',
			crm: { workspaceId: 'acme', channelId: '3000' },
		});
		expect(await storedRows()).toEqual(NOTHING);
	});

	test('given what was heard, the execution by hand gets exactly that, once', async () => {
		const workflowId = `workflow-${fileNumber}`;
		const press = async () =>
			await pressNode({ node: WhatsAppCloudTrigger, workflowId, credentials: credentials(), inputItems: [] });
		await deliver({ body: asMeta(message('wamid.1', 'probando')), mode: 'manual' });
		const heard = await press();
		expect(heard.outputs.map((items) => items.length)).toEqual([1, 0, 0, 0, 0]);
		expect(heard.outputs[0][0].json).toMatchObject({ text: 'probando' });
		expect((await press()).outputs.flat()).toEqual([]);
		expect(await storedRows()).toEqual(NOTHING);
	});

	test('given only what the node does not emit, goes on listening', async () => {
		const answer = await deliver({
			body: asMeta(message('wamid.1')),
			mode: 'manual',
			parameters: { triggerOn: ['statuses'] },
		});
		expect(answer.status).toBe(200);
		expect(answer.workflowData).toBeUndefined();
	});

	test('given a wrong signature while somebody listens: 401 as ever', async () => {
		const answer = await deliver({ body: asMeta(message('wamid.1')), signature: sign('x'), mode: 'manual' });
		expect(answer.status).toBe(401);
		expect(answer.workflowData).toBeUndefined();
	});
});

describe('WhatsApp Cloud Trigger: subscription at Meta (issue 2.4)', () => {
	let simulator: GraphSimulator;
	let n8n: Server;
	let instanceBaseUrl: string;

	beforeAll(async () => {
		simulator = await startGraphSimulator({
			appId: '1000',
			appSecret: SECRET,
			accessToken: TOKEN,
			verifyToken: VERIFY,
			numbers: [
				{
					wabaId: '2000',
					phoneNumberId: '3000',
					displayPhoneNumber: '+57 300 999 8877',
					verifiedName: 'PROSUMINISTROS',
					country: 'CO',
				},
				{
					wabaId: '2000',
					phoneNumberId: '3001',
					displayPhoneNumber: '+57 300 999 8878',
					verifiedName: 'Bodega',
					country: 'CO',
				},
			],
		});
		n8n = createServer((request, response) => {
			const query = new URL(request.url ?? '/', 'http://x').searchParams;
			const known = query.get('hub.verify_token') === VERIFY;
			response.writeHead(known ? 200 : 403).end(known ? query.get('hub.challenge') : '');
		}).listen(0, '127.0.0.1');
		await once(n8n, 'listening');
		instanceBaseUrl = `http://127.0.0.1:${(n8n.address() as AddressInfo).port}`;
	});

	afterAll(async () => {
		await simulator.close();
		n8n.closeAllConnections();
		n8n.close();
	});

	const node = (parameters: INodeParameters, staticData = {}, mode: 'trigger' | 'manual' = 'trigger') => ({
		parameters,
		staticData,
		mode,
		instanceBaseUrl,
		credentials: credentials({ baseUrl: simulator.baseUrl }),
	});

	const goesHere = () => simulator.callbackOf('3000') ?? '';

	test.each<[string, INodeParameters]>([
		['account', { subscription: 'businessAccount' }],
		['number', { subscription: 'phoneNumber', phoneNumberIds: ['3000'] }],
		['app', { subscription: 'app' }],
	])(
		'given the %s, activating subscribes, activating twice changes nothing, deactivating leaves nothing',
		async (_case, parameters) => {
			const before = goesHere();
			expect((await callWebhookMethod(WhatsAppCloudTrigger, 'checkExists', node(parameters))).result).toBe(false);
			const { staticData } = await callWebhookMethod(WhatsAppCloudTrigger, 'create', node(parameters));
			expect(goesHere()).toMatch(/webhook-of-the-test\/whatsapp$/);
			expect((await callWebhookMethod(WhatsAppCloudTrigger, 'checkExists', node(parameters, staticData))).result).toBe(
				true,
			);
			for (const secret of [SECRET, VERIFY, TOKEN]) expect(JSON.stringify(staticData)).not.toContain(secret);
			const deleted = await callWebhookMethod(WhatsAppCloudTrigger, 'delete', node(parameters, staticData));
			expect(goesHere()).toBe(before);
			expect(JSON.stringify(deleted.staticData)).not.toContain('targets');
		},
	);

	test('given somebody else at the account, refuses in words and leaves them alone', async () => {
		const other = node({ subscription: 'businessAccount' });
		const theirs = { ...other, staticData: {}, webhookId: 'somebody-else' };
		const { staticData } = await callWebhookMethod(WhatsAppCloudTrigger, 'create', theirs);
		const address = goesHere();
		await expect(callWebhookMethod(WhatsAppCloudTrigger, 'create', other)).rejects.toThrow(
			/already go to '.*somebody-else/,
		);
		await callWebhookMethod(WhatsAppCloudTrigger, 'delete', other);
		expect(goesHere()).toBe(address);
		await callWebhookMethod(WhatsAppCloudTrigger, 'delete', { ...theirs, staticData });
		expect(goesHere()).not.toBe(address);
	});

	test('given production, listening for a test event refuses; with permission it borrows and gives back', async () => {
		const { staticData } = await callWebhookMethod(
			WhatsAppCloudTrigger,
			'create',
			node({ subscription: 'businessAccount' }),
		);
		const production = goesHere();
		await expect(
			callWebhookMethod(WhatsAppCloudTrigger, 'create', node({ subscription: 'businessAccount' }, {}, 'manual')),
		).rejects.toThrow(/Listening now would take/);
		expect(goesHere()).toBe(production);
		const permitted = node({ subscription: 'businessAccount', options: { useTestUrl: true } }, {}, 'manual');
		const borrowed = await callWebhookMethod(WhatsAppCloudTrigger, 'create', permitted);
		expect(goesHere()).not.toBe(production);
		await callWebhookMethod(WhatsAppCloudTrigger, 'delete', { ...permitted, staticData: borrowed.staticData });
		expect(goesHere()).toBe(production);
		await callWebhookMethod(WhatsAppCloudTrigger, 'delete', node({ subscription: 'businessAccount' }, staticData));
	});

	test('given that this n8n got another address, the new one replaces the old one and nothing of it stays', async () => {
		const parameters = { subscription: 'phoneNumber', phoneNumberIds: ['3000'] };
		const moved = { ...node(parameters), instanceBaseUrl: instanceBaseUrl.replace('127.0.0.1', 'localhost') };
		const { staticData } = await callWebhookMethod(WhatsAppCloudTrigger, 'create', moved);
		expect(goesHere()).toContain('//localhost:');
		const now = node(parameters, staticData);
		expect((await callWebhookMethod(WhatsAppCloudTrigger, 'checkExists', now)).result).toBe(false);
		await callWebhookMethod(WhatsAppCloudTrigger, 'create', now);
		expect(goesHere()).toContain('//127.0.0.1:');
		await callWebhookMethod(WhatsAppCloudTrigger, 'delete', now);
		expect(goesHere()).toBe('');
	});

	test('given one number of two that is refused, what was done until then is undone', async () => {
		const parameters = { subscription: 'phoneNumber', phoneNumberIds: ['3000', '9999'] };
		await expect(callWebhookMethod(WhatsAppCloudTrigger, 'create', node(parameters))).rejects.toThrow(/./);
		expect(goesHere()).toBe('');
	});

	test('given a Meta that does not answer, a workflow that is registered is activated all the same (after a restart)', async () => {
		const parameters = { subscription: 'businessAccount' };
		const { staticData } = await callWebhookMethod(WhatsAppCloudTrigger, 'create', node(parameters));
		const unreachable = {
			...node(parameters, staticData),
			credentials: credentials({ baseUrl: 'http://127.0.0.1:9' }),
		};
		expect((await callWebhookMethod(WhatsAppCloudTrigger, 'checkExists', unreachable)).result).toBe(true);
		await expect(
			callWebhookMethod(WhatsAppCloudTrigger, 'checkExists', { ...unreachable, staticData: {} }),
		).rejects.toThrow(/./);
		await callWebhookMethod(WhatsAppCloudTrigger, 'delete', node(parameters, staticData));
	});

	test('given an address that Meta cannot reach, says so before anything is registered', async () => {
		const real = {
			...node({ subscription: 'businessAccount' }),
			credentials: credentials({ baseUrl: simulator.baseUrl }),
			instanceBaseUrl: 'http://n8n.example.com',
		};
		await expect(callWebhookMethod(WhatsAppCloudTrigger, 'create', real)).rejects.toThrow(/only https/);
	});

	test('given manual subscription, asks Meta nothing', async () => {
		const requests = simulator.ledger.requests.length;
		expect((await callWebhookMethod(WhatsAppCloudTrigger, 'checkExists', node({}))).result).toBe(true);
		expect((await callWebhookMethod(WhatsAppCloudTrigger, 'delete', node({}))).result).toBe(true);
		expect(simulator.ledger.requests).toHaveLength(requests);
	});

	test('given the list of numbers, shows them; given an error of Meta, shows the error (option list empty on an API error)', async () => {
		const given = { credentials: credentials({ baseUrl: simulator.baseUrl }) };
		expect(await loadOptions(WhatsAppCloudTrigger, 'getPhoneNumbers', given)).toEqual([
			expect.objectContaining({ value: '3000', name: expect.stringContaining('PROSUMINISTROS') }),
			expect.objectContaining({ value: '3001' }),
		]);
		const wrong = { credentials: credentials({ baseUrl: simulator.baseUrl, accessToken: 'wrong' }) };
		await expect(loadOptions(WhatsAppCloudTrigger, 'getPhoneNumbers', wrong)).rejects.toThrow(/./);
	});
});

describe('WhatsApp Cloud Trigger: description', () => {
	test('given workflows that were saved, outputs keep their order for ever', () => {
		expect(OUTPUTS).toEqual(['messages', 'statuses', 'echoes', 'account', 'due']);
		expect(new WhatsAppCloudTrigger().description.outputNames).toEqual(OUTPUT_NAMES);
	});
});
