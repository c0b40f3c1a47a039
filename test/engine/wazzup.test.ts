import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { INodeExecutionData, INodeParameters } from 'n8n-workflow';

import { wazzupResources } from '../../nodes/Wazzup/resources';
import { Wazzup } from '../../nodes/Wazzup/Wazzup.node';
import { closeIdleStores } from '../../nodes/shared/n8n/storeOfNode';
import { openStore } from '../../nodes/shared/store/open';
import { settingsFromCredential } from '../../nodes/shared/store/settings';
import { receiveEvents } from '../../nodes/shared/usecases/receive/receiveEvents';
import { listConversations } from '../../nodes/shared/store/repositories/conversations';
import { queueMessage } from '../../nodes/shared/usecases/send/queueMessage';
import { saveAdvisor } from '../../nodes/shared/usecases/team/saveAdvisor';
import { listContacts, updateContact } from '../../nodes/shared/store/repositories/contacts';
import { messageFrom, webhookId } from '../support/events';
import { pressNode, searchList, type CredentialsOfTheTest } from '../support/engine';
import { startWazzupSimulator, type WazzupSimulator } from '../simulators/wazzup';

const NODE = 'n8n-nodes-whatsapp-crm.wazzup';
const KEY = 'key-0123456789abcdef';
const SIDECAR = 'sidecar-0123456789abcdef';
const WHATSAPP = '7f3a0d54-3a4b-4c7e-9d3e-000000000001';
const WABA = '7f3a0d54-3a4b-4c7e-9d3e-000000000002';
const INSTAGRAM = '7f3a0d54-3a4b-4c7e-9d3e-000000000003';
const TEMPLATE = '5f1b7c2e-0000-4000-8000-000000000001';

let wazzup: WazzupSimulator;
let credentials: CredentialsOfTheTest;
let folder: string;
let now: number;

beforeEach(async () => {
	folder = mkdtempSync(join(tmpdir(), 'wazzup-'));
	now = Date.parse('2026-09-14T15:00:00Z');
	wazzup = await startWazzupSimulator({
		apiKey: KEY,
		sidecarKeys: [SIDECAR],
		channels: [
			{ channelId: WHATSAPP, transport: 'whatsapp', plainId: '573001112233', name: 'Ventas' },
			{ channelId: WABA, transport: 'wapi', plainId: '573001112244' },
			{ channelId: INSTAGRAM, transport: 'instagram', plainId: 'prosuministros', state: 'openElsewhere' },
		],
		templates: [
			{ templateGuid: TEMPLATE, name: 'pedido', body: 'Hola {{1}}, tu pedido {{2}} va en camino.', channelId: WABA },
			{ templateGuid: `${TEMPLATE}-old`, name: 'viejo', body: 'Hola', channelId: WABA, status: 'archived' },
		],
		now: () => now,
	});
	wazzup.account.users.set('17', { id: '17', name: 'Laura' });
	credentials = credentialsWith(KEY);
});

afterEach(async () => {
	await wazzup.settled();
	await wazzup.close();
	await closeIdleStores();
	rmSync(folder, { recursive: true, force: true });
});

const credentialsWith = (apiKey: string): CredentialsOfTheTest => ({
	wazzupApi: { apiKey, baseUrl: wazzup.baseUrl, webhookSecret: '' },
	whatsAppCrmStoreApi: { database: 'sqlite', workspace: 'default', filePath: join(folder, 'store.sqlite') },
});

type Press = Partial<Parameters<typeof pressNode>[0]>;

const press = async (resource: string, operation: string, parameters: INodeParameters = {}, more: Press = {}) =>
	await pressNode({
		node: NODE,
		mode: 'trigger',
		credentials,
		parameters: { resource, operation, ...parameters },
		...more,
	});

const chosen = (value: string) => ({ __rl: true, mode: 'id', value });
const jsons = (outputs: INodeExecutionData[][]) => (outputs[0] ?? []).map(({ json }) => json);

const contactParameters: INodeParameters = {
	id: '={{ $json.id }}',
	name: '={{ $json.name }}',
	responsibleUserId: chosen('={{ $json.user ?? "17" }}'),
	chats: { chat: [{ chatType: 'whatsapp', chatId: '={{ $json.phone }}' }] },
	additionalFields: { uri: 'https://crm.example.com/c/={{ $json.id }}' },
};

const people = (count: number, change: (index: number) => object = () => ({})): INodeExecutionData[] =>
	Array.from({ length: count }, (_, index) => ({
		json: {
			id: `C-${index}`,
			name: `Cliente ${index}`,
			phone: `5730010${String(index).padStart(5, '0')}`,
			...change(index),
		},
	}));

describe('W2 contacts: all items together, a hundred in a request', () => {
	it('250 items are three requests, every item comes back paired', async () => {
		const { status, outputs } = await press('contact', 'upsert', contactParameters, { inputItems: people(250) });
		expect(status).toBe('success');
		expect(wazzup.requestsTo('POST /contacts').map(({ body }) => (body as unknown[]).length)).toEqual([100, 100, 50]);
		expect(wazzup.account.contacts.size).toBe(250);
		expect(outputs[0]?.map(({ pairedItem }) => pairedItem)).toEqual(people(250).map((_, item) => ({ item })));
		expect(outputs[0]?.[7]?.json).toMatchObject({ id: 'C-7', saved: true, contactData: [{ chatId: '573001000007' }] });
	});

	it('3 guilty of 250: the good ones pass, the bad ones are items with their reason', async () => {
		const guilty = new Set([5, 120, 249]);
		const { status, outputs } = await press('contact', 'upsert', contactParameters, {
			inputItems: people(250, (index) => (guilty.has(index) ? { user: 'nobody' } : {})),
			onError: 'continueRegularOutput',
		});
		expect(status).toBe('success');
		expect(wazzup.account.contacts.size).toBe(247);
		const failed = (outputs[0] ?? []).filter(({ json }) => json.error !== undefined);
		expect(failed.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 5 }, { item: 120 }, { item: 249 }]);
		expect(failed[0]?.json).toEqual({
			error: "The contact 'C-5' was not accepted: responsibleUserId (INVALID_CONTACTS_DATA)",
			message: expect.stringContaining("'Responsible User'") as string,
			details: expect.objectContaining({ kind: 'rejected', code: 'INVALID_CONTACTS_DATA' }) as object,
		});
	});

	it('without On Error the node stops and names who was not taken; the others are saved', async () => {
		const { status, error } = await press('contact', 'upsert', contactParameters, {
			inputItems: people(3, (index) => (index > 0 ? { user: 'nobody' } : {})),
		});
		expect(status).toBe('error');
		expect(error?.message).toBe('2 of 3 contacts were not taken');
		expect(error?.description).toContain("Item 1: The contact 'C-1' was not accepted");
		expect([...wazzup.account.contacts.keys()]).toEqual(['C-0']);
	});

	it('of items with the same ID the last one is sent, and the others say so', async () => {
		const { outputs } = await press('contact', 'upsert', contactParameters, {
			inputItems: people(3, (index) => ({ id: index === 1 ? 'C-1' : 'C-0', name: `Nombre ${index}` })),
		});
		expect(jsons(outputs).map(({ id, saved }) => [id, saved])).toEqual([
			['C-0', false],
			['C-1', true],
			['C-0', true],
		]);
		expect(wazzup.account.contacts.get('C-0')?.name).toBe('Nombre 2');
	});

	it('what breaks a limit is refused before Wazzup is asked', async () => {
		const { outputs } = await press('contact', 'upsert', contactParameters, {
			inputItems: people(3, (index) => [{ id: '' }, { name: 'x'.repeat(201) }, { phone: 'Ana' }][index] ?? {}),
			onError: 'continueRegularOutput',
		});
		expect(jsons(outputs).map(({ error }) => error)).toEqual([
			"'ID' is empty",
			"'Name' has 201 characters; Wazzup takes 200",
			"'Chats': 'Ana' is not the ID of a chat on whatsapp",
		]);
		expect(wazzup.requestsTo('POST /contacts')).toEqual([]);
	});

	it('a save whose answer was lost is repeated and does no harm', async () => {
		wazzup.faults.inject({ on: 'POST /contacts', kind: 'reset', applied: true });
		const { status } = await press('contact', 'upsert', contactParameters, { inputItems: people(2) });
		expect(status).toBe('success');
		expect(wazzup.account.contacts.size).toBe(2);
		expect(wazzup.requestsTo('POST /contacts')).toHaveLength(2);
	});

	it('by hand nothing is saved: one item for each request, paired with all its items', async () => {
		const { outputs } = await press('contact', 'upsert', contactParameters, {
			inputItems: people(101),
			mode: 'manual',
		});
		expect(jsons(outputs).map(({ simulated }) => simulated)).toEqual([true, true]);
		expect(outputs[0]?.[1]?.pairedItem).toEqual([{ item: 100 }]);
		expect(wazzup.account.contacts.size).toBe(0);
	});

	it('get, get many and delete: pages of a hundred, and what was not there is told', async () => {
		for (const { json } of people(130)) {
			const id = String(json.id);
			wazzup.account.contacts.set(id, { id, name: String(json.name), responsibleUserId: '17', contactData: [] });
		}
		const got = await press('contact', 'get', { contactId: chosen('C-3') });
		expect(jsons(got.outputs)).toEqual([expect.objectContaining({ id: 'C-3', name: 'Cliente 3' })]);
		const many = await press('contact', 'getAll', { returnAll: true });
		expect(many.outputs[0]).toHaveLength(130);
		expect((await press('contact', 'getAll', { limit: 5 })).outputs[0]).toHaveLength(5);
		const gone = await press(
			'contact',
			'delete',
			{ contactId: chosen('={{ $json.id }}') },
			{ inputItems: [{ json: { id: 'C-3' } }, { json: { id: 'C-never' } }] },
		);
		expect(jsons(gone.outputs)).toEqual([
			{ id: 'C-3', deleted: true },
			{ id: 'C-never', deleted: false, reason: 'Wazzup knows no such contact' },
		]);
		expect(wazzup.account.contacts.has('C-3')).toBe(false);
	});
});

describe('W1, W3, W4 users, deals and pipelines', () => {
	it('a user, a contact, a deal with it, and the deal is closed', async () => {
		await press('user', 'upsert', { id: '18', name: 'Pedro', additionalFields: { phone: '+57 300 999 8877' } });
		expect(wazzup.account.users.get('18')).toEqual({ id: '18', name: 'Pedro', phone: '573009998877' });
		await press('contact', 'upsert', contactParameters, { inputItems: people(1) });
		const deal = {
			id: 'D-1',
			name: 'Cotización 1042',
			responsibleUserId: chosen('18'),
			contacts: 'C-0, C-0',
			uri: 'https://crm.example.com/d/1',
		};
		await press('deal', 'upsert', deal);
		expect(wazzup.account.deals.get('D-1')).toMatchObject({ contacts: ['C-0'], closed: false });
		await press('deal', 'upsert', { ...deal, closed: true });
		expect(jsons((await press('deal', 'get', { dealId: chosen('D-1') })).outputs)).toEqual([
			expect.objectContaining({ id: 'D-1', closed: true }),
		]);
		expect(jsons((await press('deal', 'getAll')).outputs)).toHaveLength(1);
		expect(jsons((await press('user', 'getAll')).outputs)).toHaveLength(2);
		expect(jsons((await press('user', 'get', { userId: chosen('18') })).outputs)[0]).toMatchObject({ name: 'Pedro' });
		expect(jsons((await press('deal', 'delete', { dealId: chosen('D-1') })).outputs)).toEqual([
			{ id: 'D-1', deleted: true },
		]);
		expect(jsons((await press('user', 'delete', { userId: chosen('18') })).outputs)).toEqual([
			{ id: '18', deleted: true },
		]);
	});

	it('a deal of a contact that Wazzup does not know is told in words', async () => {
		const { error } = await press('deal', 'upsert', {
			id: 'D-1',
			name: 'Cotización',
			responsibleUserId: chosen('17'),
			contacts: 'C-404',
			uri: 'https://crm.example.com/d/1',
		});
		expect(error?.message).toBe("The deal 'D-1' was not accepted: contacts (INVALID_DEALS_DATA)");
		expect(error?.description).toContain('Save the contact first');
	});

	it('a pipeline without stages is sent without the list, which Wazzup would refuse empty', async () => {
		expect((await press('pipeline', 'upsert', { id: 'sales', name: 'Ventas', stages: {} })).status).toBe('success');
		expect(wazzup.account.pipelines.get('sales')).toEqual({ id: 'sales', name: 'Ventas' });
		await press('pipeline', 'upsert', {
			id: 'sales',
			name: 'Ventas',
			stages: { stage: [{ id: 'new', name: 'Nuevo' }] },
		});
		expect(jsons((await press('pipeline', 'get', { pipelineId: chosen('sales') })).outputs)).toEqual([
			{ id: 'sales', name: 'Ventas', stages: [{ id: 'new', name: 'Nuevo' }] },
		]);
		expect(jsons((await press('pipeline', 'getAll')).outputs)).toHaveLength(1);
		expect((await press('pipeline', 'get', { pipelineId: chosen('none') })).error?.message).toBe(
			"'Pipeline' is not known to Wazzup: 'none'",
		);
	});
});

const toAna: INodeParameters = { channelId: chosen(WHATSAPP), chatType: 'whatsapp', chatId: '+57 300 123 4567' };
const ana = (channelId = WHATSAPP) => wazzup.person({ channelId, chatId: '573001234567', name: 'Ana' });

describe('W12 messages', () => {
	it('a text reaches the chat and leaves the counter of the unanswered alone', async () => {
		await ana().text('hola').delivered;
		const { outputs } = await press('message', 'sendText', { ...toAna, text: 'Hola Ana' });
		expect(ana().received).toEqual([expect.objectContaining({ text: 'Hola Ana', clearUnanswered: false })]);
		expect(ana().chat.unanswered).toBe(1);
		expect(jsons(outputs)[0]).toMatchObject({
			messageId: ana().received[0]?.messageId,
			alreadySent: false,
			chatId: '573001234567',
		});
		await press('message', 'sendText', { ...toAna, text: 'Listo', options: { clearUnanswered: true } });
		expect(ana().chat.unanswered).toBe(0);
	});

	it('O5 the same request within 60 s is sent once, and said to be sent', async () => {
		const parameters = { ...toAna, text: 'Hola', options: { requestId: 'order-1042' } };
		const first = await press('message', 'sendText', parameters);
		const second = await press('message', 'sendText', parameters);
		expect([jsons(first.outputs)[0]?.alreadySent, jsons(second.outputs)[0]?.alreadySent]).toEqual([false, true]);
		expect(ana().received).toHaveLength(1);
	});

	it('O5 an answer that was lost is asked for again: one message, not two', async () => {
		wazzup.faults.inject({ on: 'POST /message', kind: 'reset', applied: true });
		const { status, outputs } = await press('message', 'sendText', { ...toAna, text: 'Hola' });
		expect(status).toBe('success');
		expect(jsons(outputs)[0]).toMatchObject({ alreadySent: true });
		expect(ana().received).toHaveLength(1);
	});

	it('two items with the same text to the same person are two messages', async () => {
		await press('message', 'sendText', { ...toAna, text: 'Hola' }, { inputItems: [{ json: {} }, { json: {} }] });
		expect(ana().received).toHaveLength(2);
	});

	it('a file, buttons, an answer to a message', async () => {
		const asked = ana(WABA).text('hola');
		await asked.delivered;
		const toWaba = { ...toAna, channelId: chosen(WABA) };
		await press('message', 'sendFile', { ...toWaba, contentUri: 'https://example.com/a.pdf' });
		await press('message', 'sendButtons', {
			...toWaba,
			text: 'Elige',
			buttons: { button: [{ text: 'Cotización', payload: 'quote' }, { text: 'Soporte' }] },
			options: { refMessageId: asked.messageId },
		});
		expect(ana(WABA).received).toEqual([
			expect.objectContaining({ contentUri: 'https://example.com/a.pdf' }),
			expect.objectContaining({ text: 'Elige', buttons: ['Cotización', 'Soporte'], refMessageId: asked.messageId }),
		]);
		const { error } = await press('message', 'sendButtons', {
			...toWaba,
			text: 'Elige',
			buttons: { button: Array.from({ length: 11 }, (_, index) => ({ text: `Opción ${index}` })) },
		});
		expect(error?.message).toBe("'Buttons' has 11 buttons; a message has 1 to 10");
	});

	it('a template is filled in; a wrong number of values and an archived one are refused before', async () => {
		const values = { value: [{ text: 'Ana' }, { text: '1042' }] };
		const toWaba = { ...toAna, channelId: chosen(WABA), templateId: chosen(TEMPLATE), values };
		await press('message', 'sendTemplate', toWaba);
		expect(ana(WABA).received[0]?.text).toBe('Hola Ana, tu pedido 1042 va en camino.');
		const few = await press('message', 'sendTemplate', { ...toWaba, values: { value: [{ text: 'Ana' }] } });
		expect(few.error?.message).toBe("'Values' has 1 entries; 'pedido' asks for 2");
		const old = await press('message', 'sendTemplate', { ...toWaba, templateId: chosen(`${TEMPLATE}-old`) });
		expect(old.error?.message).toBe("'Template' cannot be sent: 'viejo' is archived");
		expect(wazzup.requestsTo('POST /message')).toHaveLength(1);
	});

	it('edit and delete, until it is too late', async () => {
		const sent = await press('message', 'sendText', { ...toAna, text: 'Hola' });
		const messageId = String(jsons(sent.outputs)[0]?.messageId);
		await press('message', 'edit', { messageId, change: 'text', text: 'Hola Ana' });
		expect(ana().received[0]).toMatchObject({ text: 'Hola Ana', isEdited: true });
		now += 20 * 60_000;
		const late = await press('message', 'edit', { messageId, change: 'text', text: 'Tarde' });
		expect(late.error?.message).toContain('The message is too old to be edited');
		now -= 20 * 60_000;
		await press('message', 'delete', { messageId });
		expect(ana().received[0]?.isDeleted).toBe(true);
	});

	it('each refusal says what to do, and the others are sent when the node goes on', async () => {
		const { outputs } = await press(
			'message',
			'sendText',
			{ ...toAna, chatType: '={{ $json.type }}', text: '={{ $json.text }}' },
			{
				onError: 'continueRegularOutput',
				inputItems: [
					{ json: { type: 'whatsapp', text: '' } },
					{ json: { type: 'telegram', text: 'Hola' } },
					{ json: { type: 'whatsapp', text: 'x'.repeat(10_001) } },
					{ json: { type: 'whatsapp', text: 'Hola' } },
				],
			},
		);
		expect(outputs[0]?.map(({ json, pairedItem }) => [json.error ?? 'sent', pairedItem])).toEqual([
			["'Text' is empty", { item: 0 }],
			["'Chat Type' does not belong to this channel (WRONG_TRANSPORT)", { item: 1 }],
			["'Text' has 10001 characters; this chat takes 10000", { item: 2 }],
			['sent', { item: 3 }],
		]);
	});

	it.each([
		['sendText', { ...toAna, text: 'Hola' }, 'POST', '/message'],
		['edit', { messageId: 'm-1', change: 'text', text: 'Hola' }, 'PATCH', '/message/m-1'],
		['delete', { messageId: 'm-1' }, 'DELETE', '/message/m-1'],
	])('%s by hand shows the request and changes nothing', async (operation, parameters, method, path) => {
		const { outputs } = await press('message', operation, parameters, { mode: 'manual' });
		expect(jsons(outputs)[0]).toMatchObject({
			simulated: true,
			request: { method, url: `${wazzup.baseUrl}${path}` },
		});
		expect(JSON.stringify(outputs)).not.toContain(KEY);
		expect(wazzup.account.requests).toEqual([]);
	});
});

describe('W12 Message: Send Queued on a canvas', () => {
	/** Somebody who wrote on a channel, with words that wait for them. */
	const waiting = async (
		phoneNumberId: string,
		waId: string,
		text: string,
		vendor: 'wazzup' | 'whatsapp' = 'wazzup',
	) => {
		const store = await openStore(settingsFromCredential(credentials.whatsAppCrmStoreApi ?? {}));
		try {
			await receiveEvents(store, {
				// Its own in each test: one process remembers for seconds which trigger has noted a channel.
				webhookId: folder,
				vendor,
				emit: { messages: true, statuses: false, echoes: false, account: false },
				events: [{ ...messageFrom(waId, 'hola'), channel: { phoneNumberId } }],
			});
			const conversations = await listConversations(store.db, store.workspaceId, { limit: 20 });
			const conversation = conversations.find(({ channel_id: channelId }) => channelId === phoneNumberId);
			if (conversation === undefined) throw new Error('The message opened no conversation');
			const queued = { message: { type: 'text', text }, requestId: text, sequence: 0, author: 'bot' } as const;
			await store.transaction(
				async (tx) => await queueMessage(tx, store, conversation, { ...queued, owner: store.bootId }),
			);
			const { contact_id: contactId, id: conversationId } = conversation;
			return { json: { crm: { workspaceId: 'default', channelId: phoneNumberId, contactId, conversationId } } };
		} finally {
			await store.close();
		}
	};
	const sent = () => wazzup.requestsTo('POST /message').map(({ body }) => (body as { text?: string }).text);
	const send = async (inputItems: INodeExecutionData[], more: Press = {}) =>
		await press('message', 'sendQueued', {}, { inputItems, ...more });

	it('what waits leaves once, with an id of ours, and each item says what was sent for it', async () => {
		const item = await waiting(WHATSAPP, '573001234567', 'Tu caso quedó registrado');
		const { outputs } = await send([item, item]);
		expect(sent()).toEqual(['Tu caso quedó registrado']);
		expect(wazzup.requestsTo('POST /message')[0]?.body).toMatchObject({
			channelId: WHATSAPP,
			chatType: 'whatsapp',
			chatId: '573001234567',
			crmMessageId: expect.any(String) as string,
			clearUnanswered: false,
		});
		expect(outputs[0]?.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 1 }]);
		expect(jsons(outputs).map((json) => (json.sent as unknown[]).length)).toEqual([1, 0]);
		expect(jsons(outputs)[0]).toMatchObject({ ...item.json, sent: [{ state: 'accepted' }] });
		await send([item]);
		expect(sent()).toHaveLength(1);
	});

	it('what waits on a number at Meta is left to WhatsApp Cloud', async () => {
		await send([await waiting('106540352242922', '573001234567', 'por Meta', 'whatsapp')]);
		expect(sent()).toEqual([]);
	});

	it('an item of nobody is told in words, and stops nobody else', async () => {
		const item = await waiting(WHATSAPP, '573001234567', 'hola');
		const { error } = await send([{ json: { name: 'Ana' } }]);
		expect(error?.message).toBe('The item does not come from a conversation');
		const { outputs } = await send([{ json: { name: 'Ana' } }, item], { onError: 'continueRegularOutput' });
		expect(jsons(outputs).map(({ error: reason }) => reason)).toEqual([
			'The item does not come from a conversation',
			undefined,
		]);
		expect(sent()).toEqual(['hola']);
	});

	it('what Due asks of Sync goes on to the next node as it came', async () => {
		const ask = { due: 'sync', crm: { workspaceId: 'default', webhookId, due: 'sync' } };
		expect(jsons((await send([{ json: ask }])).outputs)).toEqual([ask]);
	});

	it('a channel that is gone holds back its own customers only', async () => {
		const gone = await waiting('7f3a0d54-3a4b-4c7e-9d3e-00000000dead', '573009998877', 'nadie lo lee');
		const item = await waiting(WHATSAPP, '573001234567', 'hola');
		const { outputs } = await send([gone, item]);
		expect(sent()).toEqual(['hola']);
		expect(JSON.stringify(jsons(outputs)[0]?.sent)).toContain('Wazzup has no channel');
	});

	it('by hand, with a full queue, nothing leaves', async () => {
		const item = await waiting(WHATSAPP, '573001234567', 'hola');
		expect(jsons((await send([item], { mode: 'manual' })).outputs)).toEqual([
			{ simulated: true, requests: [], ...item.json },
		]);
		expect(sent()).toEqual([]);
	});
});

describe('W5-W7 channels, chat window, unanswered, templates, webhooks', () => {
	it('channels with their state, in any case of writing', async () => {
		const all = jsons((await press('channel', 'getAll')).outputs);
		expect(all.map(({ transportName, chatType, active }) => [transportName, chatType, active])).toEqual([
			['WhatsApp', 'whatsapp', true],
			['WhatsApp Business API', 'whatsapp', true],
			['Instagram', 'instagram', false],
		]);
		expect((await press('channel', 'getAll', { filters: { activeOnly: true } })).outputs[0]).toHaveLength(2);
	});

	it('the whole window, and that of a card with its chat', async () => {
		await ana().text('hola').delivered;
		const whole = jsons((await press('chatWindow', 'getLink', { userId: chosen('17') })).outputs)[0];
		expect(await (await fetch(String(whole?.url))).text()).toContain('Ana');
		const card = await press('chatWindow', 'getLink', {
			userId: chosen('17'),
			scope: 'card',
			chats: { chat: [{ chatType: 'whatsapp', chatId: '573009999999' }] },
			options: { useDealsEvents: true },
		});
		expect(await (await fetch(String(jsons(card.outputs)[0]?.url))).text()).toContain('Todavía no hay chats');
		expect(wazzup.requestsTo('POST /iframe').at(-1)?.body).toEqual({
			user: { id: '17' },
			scope: 'card',
			filter: [{ chatType: 'whatsapp', chatId: '573009999999' }],
			options: { useDealsEvents: true, useMessageEvents: false },
		});
	});

	it('the card of the customer that the item belongs to', async () => {
		const store = await openStore(settingsFromCredential(credentials.whatsAppCrmStoreApi ?? {}));
		await receiveEvents(store, {
			webhookId,
			vendor: 'whatsapp',
			emit: { messages: true, statuses: false, echoes: false, account: false },
			events: [messageFrom('573001234567', 'hola')],
		});
		const [contact] = await listContacts(store.db, store.workspaceId, { limit: 1 });
		await store.close();
		const crm = { workspaceId: 'default', channelId: 'c', contactId: contact?.id ?? '', conversationId: 'x' };
		const { status, outputs } = await press(
			'chatWindow',
			'getLink',
			{ userId: chosen('17'), scope: 'card', chatsFrom: 'item' },
			{ inputItems: [{ json: { crm } }] },
		);
		expect(status).toBe('success');
		expect(jsons(outputs)[0]).toMatchObject({ crm });
		expect(wazzup.requestsTo('POST /iframe')[0]?.body).toMatchObject({
			filter: [{ chatType: 'whatsapp', chatId: '573001234567' }],
		});
	});

	it('W5, W6: no user chosen, it is whoever is responsible for the customer of the item, in any messenger', async () => {
		const store = await openStore(settingsFromCredential(credentials.whatsAppCrmStoreApi ?? {}));
		const { advisor: leading } = await saveAdvisor(store, { name: 'Sonia Gil', role: 'supervisor' }, 'test');
		const { advisor: owner } = await saveAdvisor(store, { name: 'Laura Pérez' }, 'test');
		const from = { wazzupChat: 'instagram:ana_perez', profileName: 'Ana' };
		await receiveEvents(store, {
			webhookId,
			vendor: 'wazzup',
			emit: { messages: true, statuses: false, echoes: false, account: false },
			events: [{ ...messageFrom('', 'hola'), from }],
		});
		const [contact] = await listContacts(store.db, store.workspaceId, { limit: 1 });
		const contactId = contact?.id ?? '';
		const crm = { workspaceId: 'default', channelId: 'c', contactId, conversationId: 'x' };
		const inputItems = [{ json: { crm } }];
		const link = async () => await press('chatWindow', 'getLink', { scope: 'card', chatsFrom: 'item' }, { inputItems });

		expect((await link()).status).toBe('success');
		await store.transaction(async (tx) => await updateContact(tx, store, contactId, { owner_advisor_id: owner.id }));
		expect((await link()).status).toBe('success');
		await store.close();

		expect(wazzup.requestsTo('POST /iframe').map(({ body }) => body)).toMatchObject([
			{ user: { id: leading.id, name: 'Sonia Gil' }, filter: [{ chatType: 'instagram', chatId: 'ana_perez' }] },
			{ user: { id: owner.id, name: 'Laura Pérez' }, filter: [{ chatType: 'instagram', chatId: 'ana_perez' }] },
		]);
		wazzup.account.users.set(owner.id, { id: owner.id, name: 'Laura Pérez' });
		const counted = await press('unanswered', 'get', {}, { inputItems });
		expect(jsons(counted.outputs)[0]).toMatchObject({ userId: owner.id, count: 0, crm });
	});

	it('a user that Wazzup does not know needs a name', async () => {
		const { error } = await press('chatWindow', 'getLink', { userId: chosen('99') });
		expect(error?.message).toBe('Wazzup does not know this user (USER_NOT_FOUND)');
		const named = await press('chatWindow', 'getLink', { userId: chosen('99'), options: { userName: 'Nueva' } });
		expect(named.status).toBe('success');
	});

	it('who still waits for an answer', async () => {
		await ana().text('hola').delivered;
		await ana().text('¿hay alguien?').delivered;
		expect(jsons((await press('unanswered', 'get', { userId: chosen('17') })).outputs)).toEqual([
			expect.objectContaining({ userId: '17', count: 2, type: 'red' }),
		]);
	});

	it('templates, simplified and as they are', async () => {
		const simple = jsons((await press('template', 'getAll', { filters: { status: 'approved' } })).outputs);
		expect(simple).toEqual([expect.objectContaining({ templateGuid: TEMPLATE, name: 'pedido', values: 2 })]);
		const raw = jsons((await press('template', 'getAll', { simplify: false })).outputs);
		expect(raw[0]).toHaveProperty('components');
	});

	describe('one webhook address an account', () => {
		let receiver: Server;
		let address: string;
		let answer: number;

		beforeEach(async () => {
			answer = 200;
			receiver = createServer((request, response) => {
				request.resume();
				response.writeHead(answer).end();
			});
			await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
			address = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hook?secret=0123456789abcdef`;
		});
		afterEach(async () => {
			await new Promise((resolve) => receiver.close(resolve));
		});

		it('is set, read without its secret, and released', async () => {
			expect((await press('webhook', 'set', { webhooksUri: address })).status).toBe('success');
			const got = jsons((await press('webhook', 'get')).outputs)[0];
			expect(got).toMatchObject({ isSet: true, subscriptions: { messagesAndStatuses: true, templateStatus: true } });
			expect(JSON.stringify(got)).not.toContain('0123456789abcdef');
			expect(jsons((await press('webhook', 'release')).outputs)).toEqual([{ released: true }]);
			expect(Object.values(wazzup.account.subscriptions)).toEqual([false, false, false, false]);
		});

		it("another's is not taken unless told, and its secret is not shown", async () => {
			wazzup.account.webhooksUri = 'https://other.example.com/hook?key=somebody-elses';
			const { error } = await press('webhook', 'set', { webhooksUri: address });
			expect(error?.message).toBe('Another address is set in Wazzup: https://other.example.com/hook?…');
			expect(wazzup.account.webhooksUri).toContain('other.example.com');
			const taken = await press('webhook', 'set', { webhooksUri: address, replace: true });
			expect(jsons(taken.outputs)[0]).toMatchObject({ set: true, replaced: true });
		});

		it('an address that does not answer the test is told in words', async () => {
			answer = 404;
			const { error } = await press('webhook', 'set', { webhooksUri: address });
			expect(error?.message).toContain('did not answer 200 to the test');
			expect(wazzup.account.webhooksUri).toBeUndefined();
		});

		it('by hand nothing is set or released', async () => {
			wazzup.account.webhooksUri = address;
			await press('webhook', 'set', { webhooksUri: address, events: [] }, { mode: 'manual' });
			await press('webhook', 'release', {}, { mode: 'manual' });
			expect(wazzup.requestsTo('PATCH /webhooks')).toEqual([]);
		});
	});
});

describe('W9 links that lead nowhere are found', () => {
	let cards: Server;
	let origin: string;

	beforeEach(async () => {
		cards = createServer((request, response) => {
			response.writeHead(request.url === '/gone' ? 404 : request.method === 'HEAD' ? 405 : 200).end();
		});
		await new Promise<void>((resolve) => cards.listen(0, '127.0.0.1', resolve));
		origin = `127.0.0.1:${(cards.address() as AddressInfo).port}`;
	});
	afterEach(async () => {
		await new Promise((resolve) => cards.close(resolve));
	});

	it('each wrong row with its reason; sound ones are not reported', async () => {
		const links = [
			'',
			`http://${origin}/ok`,
			'not an address',
			`https://${'x'.repeat(200)}`,
			'https://old.example.com/1',
		];
		links.forEach((uri, index) => {
			const id = `C-${index}`;
			wazzup.account.contacts.set(id, { id, name: id, responsibleUserId: '17', contactData: [], uri });
		});
		wazzup.account.deals.set('D-1', {
			id: 'D-1',
			name: 'Negocio',
			responsibleUserId: '17',
			contacts: ['C-0'],
			closed: false,
			uri: 'https://crm.example.com/1',
		});
		const { outputs } = await press('diagnostic', 'checkLinks', { options: { host: 'crm.example.com', open: false } });
		expect(jsons(outputs).map(({ kind, id, problem }) => [kind, id, problem])).toEqual([
			['contact', 'C-0', 'empty'],
			['contact', 'C-1', 'not_https'],
			['contact', 'C-2', 'not_an_address'],
			['contact', 'C-3', 'too_long'],
			['contact', 'C-4', 'wrong_host'],
		]);
		const ofDeals = await press('diagnostic', 'checkLinks', { of: 'deals', options: { open: false } });
		expect(jsons(ofDeals.outputs)).toEqual([{ checked: 1, wrong: 0 }]);
	});

	it('a link that nobody answers is told with the reason', async () => {
		wazzup.account.contacts.set('C-0', {
			id: 'C-0',
			name: 'Ana',
			responsibleUserId: '17',
			contactData: [],
			uri: `https://${origin}/ok`,
		});
		const { outputs } = await press('diagnostic', 'checkLinks', { of: 'contacts' });
		expect(jsons(outputs)).toEqual([
			expect.objectContaining({
				id: 'C-0',
				problem: 'unreachable',
				message: expect.stringContaining('does not open') as string,
			}),
		]);
	});
});

describe('what Wazzup refuses for every operation', () => {
	it('401: the key is not accepted, and is not shown', async () => {
		const { error } = await press('contact', 'getAll', {}, { credentials: credentialsWith('wrong-0123456789') });
		expect(error?.message).toBe("Wazzup did not accept the key in 'API Key' (UNAUTHORIZED)");
		expect(JSON.stringify(error)).not.toContain('wrong-0123456789');
	});

	it('403: a sidecar key is recognised and what it closes is explained', async () => {
		const sidecar = { credentials: credentialsWith(SIDECAR) };
		const { error } = await press('contact', 'getAll', {}, sidecar);
		expect(error?.description).toContain('sidecar key');
		expect((await press('channel', 'getAll', {}, sidecar)).status).toBe('success');
	});

	it('429: waits until the counter of the account starts again, then goes on', async () => {
		wazzup.faults.inject({ on: 'GET /channels', kind: 429 });
		const started = performance.now();
		expect((await press('channel', 'getAll')).status).toBe('success');
		expect(performance.now() - started).toBeGreaterThanOrEqual(4_900);
	});

	it('a page of a proxy instead of an answer is told', async () => {
		wazzup.faults.inject({ on: 'GET /channels', kind: 'garbage' });
		const { error } = await press('channel', 'getAll');
		expect(error?.message).toBe('Get channels: Wazzup answered in a form that is not documented');
	});
});

describe('C4: a model alone', () => {
	const operations = wazzupResources.flatMap(({ value: resource, operations: own }) =>
		own.map((operation) => ({ name: `${resource}: ${operation.value}`, resource, operation })),
	);

	it('changes nothing but what it says in a chat', () => {
		const changing = operations.filter(({ operation: { value } }) =>
			['upsert', 'delete', 'edit', 'set', 'release'].includes(value),
		);
		expect(changing.length).toBeGreaterThanOrEqual(11);
		expect(changing.filter(({ operation }) => operation.needsApproval !== true).map(({ name }) => name)).toEqual([]);
	});

	it('reads no customer of others', () => {
		const ofCustomers = operations.filter(({ resource }) =>
			['contact', 'deal', 'chatWindow', 'diagnostic'].includes(resource),
		);
		const open = ofCustomers.filter(
			({ operation }) => operation.needsApproval !== true && !('customerOf' in operation),
		);
		expect(ofCustomers.length).toBeGreaterThanOrEqual(10);
		expect(open.map(({ name }) => name)).toEqual([]);
	});
});

describe('lists of the panel', () => {
	const names = async (method: string, filter?: string, paginationToken?: string) =>
		await searchList(Wazzup, method, { credentials, filter, paginationToken });

	it('channels, users, templates, pipelines', async () => {
		expect((await names('searchChannels')).results.map(({ name }) => name)).toEqual([
			'WhatsApp · Ventas',
			'WhatsApp Business API · 573001112244',
			'Instagram · prosuministros · (openElsewhere)',
		]);
		expect((await names('searchUsers', 'lau')).results).toEqual([{ name: 'Laura', value: '17' }]);
		expect((await names('searchTemplates')).results).toEqual([{ name: 'pedido (es)', value: TEMPLATE }]);
		expect((await names('searchPipelines')).results).toEqual([]);
	});

	it('contacts are searched through their pages', async () => {
		for (let index = 0; index < 250; index += 1) {
			const id = `C-${String(index).padStart(4, '0')}`;
			wazzup.account.contacts.set(id, { id, name: `Cliente ${index}`, responsibleUserId: '17', contactData: [] });
		}
		const first = await names('searchContacts');
		expect([first.results.length, first.paginationToken]).toEqual([100, '100']);
		expect((await names('searchContacts', 'Cliente 249')).results).toEqual([{ name: 'Cliente 249', value: 'C-0249' }]);
		expect((await names('searchDeals')).results).toEqual([]);
	});

	it('what Wazzup refuses is an error, never an empty list', async () => {
		wazzup.faults.inject({ on: 'GET /users', kind: 403 });
		await expect(names('searchUsers')).rejects.toThrow('closed to the key');
	});
});

describe('the Test button of the credential', () => {
	const test = async (data: Record<string, string>) => {
		const { testWazzup } = new Wazzup().methods.credentialTest;
		return await testWazzup.call({} as ThisParameterType<typeof testWazzup>, {
			id: '1',
			name: 'Wazzup',
			type: 'wazzupApi',
			data,
		});
	};

	it('names the channels', async () => {
		expect(await test({ apiKey: KEY, baseUrl: wazzup.baseUrl })).toEqual({
			status: 'OK',
			message:
				'Connected. Channels: WhatsApp Ventas, WhatsApp Business API 573001112244, Instagram prosuministros (openElsewhere).',
		});
	});

	it('says what a sidecar key cannot do', async () => {
		const { status, message } = await test({ apiKey: SIDECAR, baseUrl: wazzup.baseUrl });
		expect(status).toBe('OK');
		expect(message).toContain('sidecar key');
	});

	it.each([
		['a wrong key', { apiKey: 'wrong-0123456789' }, /did not accept the key/],
		['no key', { apiKey: '' }, /'API Key' is empty/],
		['an address that is not encrypted', { apiKey: KEY, baseUrl: 'http://example.com/v3' }, /not encrypted/],
		['a short secret', { apiKey: KEY, webhookSecret: 'short' }, /shorter than 16/],
	])('refuses %s', async (_what, data, words) => {
		const { status, message } = await test({ baseUrl: wazzup.baseUrl, ...data });
		expect(status).toBe('Error');
		expect(message).toMatch(words);
	});
});
