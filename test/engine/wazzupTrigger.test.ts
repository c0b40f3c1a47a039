import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { INodeParameters } from 'n8n-workflow';

import { WazzupTrigger } from '../../nodes/WazzupTrigger/WazzupTrigger.node';
import { OUTPUT_NAMES, OUTPUTS } from '../../nodes/WazzupTrigger/outputs';
import { closeIdleStores } from '../../nodes/shared/n8n/storeOfNode';
import { openStore } from '../../nodes/shared/store/open';
import type { Store } from '../../nodes/shared/store/store';
import { saveAdvisor } from '../../nodes/shared/usecases/team/saveAdvisor';
import { saveContact } from '../../nodes/shared/usecases/contacts/saveContact';
import { startWazzupSimulator, type WazzupSimulator } from '../simulators/wazzup';
import { callWebhook, callWebhookMethod, serveWebhooks, startTrigger, type ServedWebhooks } from '../support/engine';

const API_KEY = 'the-key-of-the-wazzup-test';
const SECRET = 'the-secret-of-the-address';
const KEY = 'ab'.repeat(32);
const CHANNEL = '7f3a0d54-3a4b-4c7e-9d3e-1b2c3d4e5f60';
const ELSEWHERE = 'https://elsewhere.test/hook?token=private';

const folder = mkdtempSync(path.join(tmpdir(), 'wazzup-trigger-'));
let fileNumber = 0;
let filePath = '';
let store: Store;
let wazzup: WazzupSimulator;
let n8n: ServedWebhooks;

const credentials = () => ({
	wazzupApi: { apiKey: API_KEY, baseUrl: wazzup.baseUrl, webhookSecret: SECRET },
	whatsAppCrmStoreApi: { database: 'sqlite', workspace: 'acme', filePath, encryptionKey: KEY },
});
const node = (parameters: INodeParameters = {}) => ({
	parameters,
	credentials: credentials(),
	workflowId: `workflow-${fileNumber}`,
	instanceBaseUrl: new URL(n8n.url).origin,
});
const address = () => `${n8n.url}/wazzup?secret=${SECRET}`;

beforeEach(async () => {
	fileNumber += 1;
	filePath = path.join(folder, `store-${fileNumber}.sqlite`);
	store = await openStore({ database: 'sqlite', workspaceId: 'acme', path: filePath, encryptionKey: KEY });
	wazzup = await startWazzupSimulator({
		apiKey: API_KEY,
		channels: [{ channelId: CHANNEL, transport: 'whatsapp', plainId: '573001112233' }],
		statuses: false,
	});
	n8n = await serveWebhooks(WazzupTrigger, { credentials: credentials(), workflowId: `workflow-${fileNumber}` });
});

afterEach(async () => {
	await wazzup.close();
	await n8n.close();
	await store.close();
	await closeIdleStores();
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

const activate = async (parameters: INodeParameters = {}) =>
	await callWebhookMethod(WazzupTrigger, 'create', node(parameters));
const stored = async () => ({
	messages: (await store.db.selectFrom('messages').select('vendor_id').execute()).length,
	journal: (await store.db.selectFrom('journal').select('output').execute()).map(({ output }) => output),
});
const NOTHING = { messages: 0, journal: [] };
const ana = () => wazzup.person({ channelId: CHANNEL, chatId: '573001234567', name: 'Ana' });

describe('Wazzup Trigger: the one address of the account (W1)', () => {
	test('activating sets it with its secret, after Wazzup’s test; deactivating ends it', async () => {
		expect((await callWebhookMethod(WazzupTrigger, 'checkExists', node())).result).toBe(false);
		await activate();
		expect(wazzup.account.webhooksUri).toBe(address());
		expect(wazzup.account.subscriptions).toMatchObject({ messagesAndStatuses: true, contactsAndDealsCreation: true });
		expect((await callWebhookMethod(WazzupTrigger, 'checkExists', node())).result).toBe(true);
		await callWebhookMethod(WazzupTrigger, 'delete', node());
		expect(Object.values(wazzup.account.subscriptions)).not.toContain(true);
		expect(n8n.errors).toEqual([]);
	});

	const occupy = (webhooksUri: string) => {
		wazzup.account.webhooksUri = webhooksUri;
		wazzup.account.subscriptions = { ...wazzup.account.subscriptions, messagesAndStatuses: true };
	};

	test('somebody else’s is left alone, and the error names it without its secret', async () => {
		occupy(ELSEWHERE);
		const refused = activate();
		await expect(refused).rejects.toThrow(/already tells 'https:\/\/elsewhere\.test\/hook'/);
		await expect(refused).rejects.not.toThrow(/private/);
		expect(wazzup.account.webhooksUri).toBe(ELSEWHERE);
	});

	test('with permission it is replaced, kept encrypted, and put back when the workflow is deactivated', async () => {
		const other = await serveWebhooks(WazzupTrigger, {
			credentials: credentials(),
			workflowId: 'other',
			webhookId: 'other-node',
		});
		const before = `${other.url}/wazzup?secret=${SECRET}`;
		occupy(before);
		await activate({ options: { replaceExisting: true } });
		expect(wazzup.account.webhooksUri).toBe(address());
		const settings = await store.db.selectFrom('store_settings').select('value').execute();
		expect(settings.map(({ value }) => value).join()).not.toContain('other-node');
		await callWebhookMethod(WazzupTrigger, 'delete', node());
		expect(wazzup.account.webhooksUri).toBe(before);
		expect(wazzup.account.subscriptions.messagesAndStatuses).toBe(true);
		await other.close();
	});

	test('n8n answers no more at what it deactivates: Wazzup lets go of nothing, and the next workflow takes it over', async () => {
		const settings = async () =>
			(await store.db.selectFrom('store_settings').select('name').where('name', 'like', 'wazzup_%').execute()).map(
				({ name }) => name.split('/')[0],
			);
		await activate();
		const left = wazzup.account.webhooksUri;
		await n8n.close();
		await callWebhookMethod(WazzupTrigger, 'delete', node());
		expect([wazzup.account.webhooksUri, wazzup.account.subscriptions.messagesAndStatuses]).toEqual([left, true]);
		expect(await settings()).toEqual(['wazzup_released']);

		n8n = await serveWebhooks(WazzupTrigger, {
			credentials: credentials(),
			workflowId: 'next',
			webhookId: 'next-node',
		});
		const next = { ...node(), workflowId: 'next', webhookId: 'next-node' };
		await callWebhookMethod(WazzupTrigger, 'create', next);
		expect(wazzup.account.webhooksUri).toBe(address());
		await callWebhookMethod(WazzupTrigger, 'delete', next);
		expect(Object.values(wazzup.account.subscriptions)).not.toContain(true);
	});

	test('whoever took over after us keeps it', async () => {
		await activate();
		occupy(ELSEWHERE);
		await callWebhookMethod(WazzupTrigger, 'delete', node());
		expect(wazzup.account.webhooksUri).toBe(ELSEWHERE);
		expect(wazzup.account.subscriptions.messagesAndStatuses).toBe(true);
	});

	test('listening for a test event never takes what production gets', async () => {
		await activate();
		const listening = callWebhookMethod(WazzupTrigger, 'create', { ...node(), mode: 'manual', webhookId: 'another' });
		await expect(listening).rejects.toThrow(/would take the messages/);
		expect(wazzup.account.webhooksUri).toBe(address());
	});

	test('chosen by hand, nothing is set in Wazzup', async () => {
		await activate({ subscription: 'manual' });
		expect(wazzup.account.webhooksUri).toBeUndefined();
	});
});

describe('Wazzup Trigger: hostile deliveries', () => {
	test.each([
		['without the secret', (url: string) => url.split('?')[0]],
		['with another secret', (url: string) => url.replace(SECRET, 'guess')],
		['with a part of it', (url: string) => url.slice(0, -3)],
	])('given one %s: 401 and nothing stored', async (_case, change) => {
		const body = JSON.stringify({
			messages: [{ messageId: 'm', channelId: CHANNEL, chatType: 'whatsapp', chatId: '573001234567' }],
		});
		const { status, text } = await wazzup.deliverRaw(body, change(address()));
		expect({ status, text }).toEqual({ status: 401, text: '' });
		expect(await stored()).toEqual(NOTHING);
		expect(n8n.errors).toEqual([]);
	});

	test.each([
		['[]', '[]'],
		['null', 'null'],
		['"x"', '"x"'],
		['{}', '{}'],
		['a list that is none', '{"messages":null}'],
		['more levels than Wazzup writes', `{"messages":${'['.repeat(10_000)}${']'.repeat(10_000)}}`],
	])('given %s with the secret: 200, nothing to store', async (_case, body) => {
		expect((await wazzup.deliverRaw(body, address())).status).toBe(200);
		expect(await stored()).toEqual(NOTHING);
	});

	test('given what is newer than this package: 200, kept, and told on Channels', async () => {
		expect((await wazzup.deliverRaw('{"telepathy":{"thought":1}}', address())).status).toBe(200);
		expect(await stored()).toEqual({ messages: 0, journal: ['channels'] });
	});

	test('given a store that cannot be opened: 503 without a trace', async () => {
		const using = credentials();
		using.whatsAppCrmStoreApi.filePath = path.join(filePath, 'store.sqlite');
		const answer = await callWebhook(WazzupTrigger, {
			credentials: using,
			body: { test: true },
			query: { secret: SECRET },
		});
		expect(answer).toMatchObject({ status: 503, body: '' });
		expect(answer.error).toBeUndefined();
	});
});

describe('Wazzup Trigger: what is received (W2, W12)', () => {
	test('the outputs never change their order', () => {
		expect(OUTPUTS).toEqual(['messages', 'statuses', 'createContact', 'createDeal', 'channels', 'templates', 'due']);
		expect(OUTPUT_NAMES).toHaveLength(OUTPUTS.length);
	});

	test('a message is stored before Wazzup has its answer, once, and emitted on Messages', async () => {
		await activate();
		wazzup.faults.webhooks({ copies: 3 });
		const trigger = await startTrigger(WazzupTrigger, { ...node(), parameters: { triggerOn: ['messages'] } });
		try {
			expect(await ana().text('¿Precio? 😊').delivered).toMatchObject({ delivered: true, status: 200 });
			const emission = await trigger.next();
			expect(emission.outputs.map((items) => items.length)).toEqual([1, 0, 0, 0, 0, 0, 0]);
			expect(emission.outputs[0][0].json).toMatchObject({
				text: '¿Precio? 😊',
				from: { phone: '+573001234567' },
				crm: { workspaceId: 'acme', channelId: CHANNEL, webhookId: 'webhook-of-the-test' },
			});
			emission.finish();
			expect((await stored()).messages).toBe(1);
		} finally {
			await trigger.close();
		}
	});

	test('D33: an advisor who writes in Wazzup silences the bot', async () => {
		await activate();
		const person = ana();
		await person.text('hola').delivered;
		await wazzup.advisorWrites(person.chat, 'Soy Laura').delivered;
		const { mode } = await store.db.selectFrom('conversations').select('mode').executeTakeFirstOrThrow();
		expect(mode).toBe('human');
		expect((await stored()).journal).toEqual(['messages']);
	});

	test('while somebody listens, it goes to the editor and nothing is stored', async () => {
		const answer = await callWebhook(WazzupTrigger, {
			...node(),
			mode: 'manual',
			parameters: { triggerOn: ['messages'] },
			query: { secret: SECRET },
			body: {
				messages: [
					{
						messageId: 'm',
						channelId: CHANNEL,
						chatType: 'whatsapp',
						chatId: '573001234567',
						text: 'hola',
						type: 'text',
					},
				],
			},
		});
		expect(answer.status).toBe(200);
		expect(answer.workflowData?.map((items) => items.length)).toEqual([1, 0, 0, 0, 0, 0, 0]);
		expect(await stored()).toEqual(NOTHING);
	});
});

/** What the workflow gets, in the order of its coming. */
const told = async (): Promise<unknown[]> =>
	(await store.db.selectFrom('journal').select('payload').orderBy('id').execute()).map(
		({ payload }) => JSON.parse(payload) as unknown,
	);

describe('Wazzup Trigger: channels and templates (W7)', () => {
	beforeEach(async () => {
		await activate();
	});

	test.each([
		['qr', 'Un canal de Wazzup pide leer el código QR'],
		['openElsewhere', 'Un canal de Wazzup está abierto en otra cuenta'],
		['constructor', 'Un canal de Wazzup cambió de estado: constructor'],
	])('a channel in the state %s says so to the team', async (state, text) => {
		await wazzup.events.channel(CHANNEL, state);
		expect(await told()).toEqual([expect.objectContaining({ kind: 'account', event: state, text })]);
	});

	test('what is newer than this package is told in words, once for all of its kind', async () => {
		await wazzup.deliverRaw('{"telepathy":{"thought":1}}');
		await wazzup.deliverRaw('{"telepathy":{"thought":2}}');
		const text = 'Wazzup envió algo que esta versión aún no conoce: telepathy. Quedó guardado.';
		const news = expect.objectContaining({ text, requestId: 'wazzup:unknown:telepathy' }) as unknown;
		expect(await told()).toEqual([news, news]);
	});

	test('a rejected template is named', async () => {
		const templateGuid = '5f1b7c2e-0000-4000-8000-000000000001';
		wazzup.account.templates.set(templateGuid, {
			templateGuid,
			name: 'pedido',
			body: 'Hola',
			channelId: CHANNEL,
			status: 'approved',
		});
		await wazzup.events.template(templateGuid, 'REJECTED');
		const [news] = await told();
		expect(news).toMatchObject({
			field: 'templateStatus',
			text: 'Plantilla «pedido» en Wazzup: rechazada',
			requestId: expect.stringMatching(/^wazzup:/) as string,
		});
	});
});

describe('Wazzup Trigger: contacts and deals that Wazzup asks for (W4, W5)', () => {
	const laura = async () => (await saveAdvisor(store, { name: 'Laura Pérez', phone: '+573005550001' }, 'test')).advisor;
	const contactData = [{ chatType: 'whatsapp', chatId: '573001234567' }];

	beforeEach(async () => {
		await activate();
		wazzup.account.pipelines.set('leads', { id: 'leads', name: 'Leads' });
	});

	test('a contact is made at once and answered inside the request; asked again it is the same', async () => {
		const { id: responsibleUserId } = await laura();
		wazzup.account.users.set(responsibleUserId, { id: responsibleUserId, name: 'Laura' });
		const ask = async () =>
			await wazzup.events.createContact({ responsibleUserId, name: 'Ana', contactData, source: 'auto' });
		const first = await ask();
		expect(first).toMatchObject({
			delivered: true,
			status: 200,
			answer: { name: 'Ana', responsibleUserId, contactData },
		});
		expect(await ask()).toEqual(first);
		const contacts = await store.db.selectFrom('contacts').select(['id', 'name', 'owner_advisor_id']).execute();
		expect(contacts).toEqual([
			{ id: (first.answer as { id: string }).id, name: 'Ana', owner_advisor_id: responsibleUserId },
		]);
		expect((await stored()).journal).toEqual(['createContact']);
		expect(await told()).toEqual([
			expect.objectContaining({
				advisorId: responsibleUserId,
				text: 'Contacto nuevo desde Wazzup: Ana',
				requestId: `wazzup:create_contact:${contacts[0]?.id}`,
			}),
		]);
	});

	test('our name and our responsible person win over Wazzup’s', async () => {
		const { id } = await laura();
		wazzup.account.users.set(id, { id, name: 'Laura' });
		wazzup.account.users.set('7', { id: '7', name: 'Otro' });
		await saveContact(store, { person: { name: 'Ana María', phone: '+573001234567' }, ownerAdvisorId: id });
		const report = await wazzup.events.createContact({
			responsibleUserId: '7',
			name: 'anita',
			contactData,
			source: 'auto',
		});
		expect(report.answer).toMatchObject({ name: 'Ana María', responsibleUserId: id });
	});

	test('"+" in the Deals menu makes a lead that is answered as a deal, one however often it is pressed', async () => {
		const { id: responsibleUserId } = await laura();
		wazzup.account.users.set(responsibleUserId, { id: responsibleUserId, name: 'Laura' });
		const { answer: contact } = await wazzup.events.createContact({
			responsibleUserId,
			name: 'Ana',
			contactData,
			source: 'auto',
		});
		const contacts = [(contact as { id: string }).id];
		const reports = await Promise.all(
			[1, 2, 3].map(async () => await wazzup.events.createDeal({ responsibleUserId, contacts, source: 'byUser' })),
		);
		const leads = await store.db.selectFrom('leads').select(['id', 'stage', 'advisor_id', 'phone']).execute();
		expect(leads).toEqual([{ id: leads[0].id, stage: 'Lead', advisor_id: responsibleUserId, phone: '+573001234567' }]);
		for (const report of reports) {
			expect(report).toMatchObject({
				delivered: true,
				answer: { id: leads[0].id, closed: false, contacts, responsibleUserId },
			});
		}
		expect((await stored()).journal.sort()).toEqual(['createContact', 'createDeal']);
		expect((await told()).at(-1)).toMatchObject({
			kind: 'create_deal',
			advisorId: responsibleUserId,
			text: 'Negocio nuevo desde Wazzup: Ana',
			requestId: `wazzup:create_deal:${leads[0].id}`,
		});
	});

	test('a deal of nobody we know is answered 404, and nothing is made', async () => {
		const report = await wazzup.events.createDeal({ responsibleUserId: '7', contacts: ['foreign'], source: 'byUser' });
		expect(report).toMatchObject({ delivered: false, status: 404 });
		expect(await store.db.selectFrom('leads').select('id').execute()).toEqual([]);
	});
});
