import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import {
	NodeConnectionTypes,
	type IConnections,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeParameters,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';

import { WhatsAppCloud } from '../../nodes/WhatsAppCloud/WhatsAppCloud.node';
import { crmItemOf } from '../../nodes/shared/n8n/crmItem';
import { closeIdleStores } from '../../nodes/shared/n8n/storeOfNode';
import { openStore } from '../../nodes/shared/store/open';
import { settingsFromCredential } from '../../nodes/shared/store/settings';
import type { Store } from '../../nodes/shared/store/store';
import { prosuministros } from '../../nodes/shared/domain/profile/prosuministros';
import { saveProfile } from '../../nodes/shared/usecases/profile/businessProfile';
import { queueMessage } from '../../nodes/shared/usecases/send/queueMessage';
import { receiveEvents } from '../../nodes/shared/usecases/receive/receiveEvents';
import { startGraphSimulator, type GraphSimulator } from '../simulators/graph';
import { channel, messageFrom, webhookId } from '../support/events';
import { pressNode, readBinary, runWorkflow, searchList, type CredentialsOfTheTest } from '../support/engine';

const NUMBER = channel.phoneNumberId;
const ACCOUNT = '2000';
const ACCESS = 'EAAtestaccess0123456789';
const SIGNING = 'app-signing-0123456789';
const NODE = 'n8n-nodes-whatsapp-crm.whatsAppCloud';
const PHOTO = Buffer.from('not really a picture, but exactly these bytes');

let simulator: GraphSimulator;
let credentials: CredentialsOfTheTest;
let folder: string;

beforeEach(async () => {
	folder = mkdtempSync(join(tmpdir(), 'whatsapp-cloud-'));
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
	credentials = {
		whatsAppCloudApi: {
			accessToken: ACCESS,
			appId: '1000',
			appSecret: SIGNING,
			verifyToken: 'verify-0123456789',
			businessAccountId: ACCOUNT,
			baseUrl: simulator.baseUrl,
		},
		whatsAppCrmStoreApi: { database: 'sqlite', workspace: 'default', filePath: join(folder, 'store.sqlite') },
	};
});

afterEach(async () => {
	await simulator.close();
	await closeIdleStores();
	rmSync(folder, { recursive: true, force: true });
});

const store = async (): Promise<Store> =>
	await openStore(settingsFromCredential(credentials.whatsAppCrmStoreApi ?? {}));

async function writer(waId = '573001234567') {
	const person = simulator.customer({ waId, profileName: 'Ana' });
	await person.text('hola').delivered;
	return person;
}

const number = { __rl: true, mode: 'list', value: NUMBER };

const message = (operation: string, parameters: INodeParameters): INodeParameters => ({
	resource: 'message',
	operation,
	phoneNumberId: number,
	to: '+57 300 123 4567',
	...parameters,
});

const press = async (
	parameters: INodeParameters,
	more: { mode?: 'manual' | 'trigger'; inputItems?: INodeExecutionData[]; onError?: 'continueRegularOutput' } = {},
) => await pressNode({ node: NODE, mode: 'trigger', credentials, parameters, ...more });

const photoItem = (): INodeExecutionData => ({
	json: {},
	binary: { data: { data: PHOTO.toString('base64'), mimeType: 'image/jpeg', fileName: 'foto.jpg' } },
});

describe('every operation of a message reaches the person', () => {
	it.each<readonly [string, INodeParameters, Record<string, unknown>]>([
		['sendText', { text: 'Hola Ana' }, { type: 'text', text: 'Hola Ana' }],
		[
			'sendTemplate',
			{
				template: { __rl: true, mode: 'list', value: 'order_update|es_CO' },
				bodyParameters: { parameter: [{ text: 'Ana' }, { text: '1042' }] },
			},
			{ template: 'order_update', text: 'Hola Ana, tu pedido 1042 va en camino.' },
		],
		[
			'sendTemplate',
			{
				template: { __rl: true, mode: 'name', value: 'order_update' },
				languageCode: 'es_CO',
				bodyParameters: { parameter: [{ text: 'Ana' }, { text: '1042' }] },
			},
			{ template: 'order_update' },
		],
		[
			'sendButtons',
			{
				text: '¿Seguimos?',
				buttons: {
					button: [
						{ title: 'Sí', id: 'yes' },
						{ title: 'No', id: '' },
					],
				},
				options: { footer: 'PROSUMINISTROS' },
			},
			{
				footer: 'PROSUMINISTROS',
				buttons: [
					{ id: 'yes', title: 'Sí', kind: 'reply' },
					{ id: 'No', title: 'No', kind: 'reply' },
				],
			},
		],
		[
			'sendList',
			{
				text: '¿En qué te ayudo?',
				listLabel: 'Ver opciones',
				rows: {
					row: [
						{ title: 'Cotización', id: 'quote', description: 'Precios' },
						{ title: 'Soporte', id: 'support' },
					],
				},
			},
			{
				list: {
					button: 'Ver opciones',
					sections: [
						{
							rows: [
								{ id: 'quote', title: 'Cotización', description: 'Precios' },
								{ id: 'support', title: 'Soporte' },
							],
						},
					],
				},
			},
		],
		[
			'sendUrlButton',
			{ text: 'Tu pago', buttonLabel: 'Pagar ahora', url: 'https://example.com/pay' },
			{ buttons: [expect.objectContaining({ kind: 'url', title: 'Pagar ahora', url: 'https://example.com/pay' })] },
		],
		[
			'sendLocation',
			{ latitude: 4.71, longitude: -74.07, locationName: 'Bodega', address: 'Calle 26' },
			{ location: { latitude: 4.71, longitude: -74.07, name: 'Bodega', address: 'Calle 26' } },
		],
		['requestLocation', { text: '¿Dónde estás?' }, { buttons: [expect.objectContaining({ kind: 'location' })] }],
		['requestContact', { text: '¿Tu número?' }, { buttons: [expect.objectContaining({ kind: 'contact' })] }],
		[
			'sendContacts',
			{
				contacts: { contact: [{ firstName: 'Luz', lastName: 'Gómez', phone: '300 765 4321' }] },
				options: { defaultCountry: 'CO' },
			},
			{ contacts: [{ name: 'Luz Gómez', phones: ['+573007654321'] }] },
		],
		[
			'sendMedia',
			{ mediaType: 'image', mediaSource: 'link', link: 'https://example.com/a.jpg', caption: 'Mira' },
			{ media: expect.objectContaining({ kind: 'image', link: 'https://example.com/a.jpg' }) },
		],
	])('%s', async (operation, parameters, bubble) => {
		const ana = await writer();
		const { status, outputs } = await press(message(operation, parameters));
		expect(status).toBe('success');
		expect(outputs[0]?.[0]?.json).toMatchObject({ messageId: expect.stringMatching(/^wamid\./) as string });
		expect(outputs[0]?.[0]?.pairedItem).toEqual({ item: 0 });
		expect(ana.received).toEqual([expect.objectContaining(bubble)]);
	});

	it.each(['image', 'document'])('sendMedia uploads a file of the item as %s', async (mediaType) => {
		const ana = await writer();
		const item = photoItem();
		if (mediaType === 'document')
			Object.assign(item.binary?.data ?? {}, { mimeType: 'application/pdf', fileName: 'c.pdf' });
		const { status } = await press(message('sendMedia', { mediaType, caption: 'Mira' }), { inputItems: [item] });
		expect(status).toBe('success');
		expect(ana.received[0]?.media).toMatchObject({ kind: mediaType, sizeBytes: PHOTO.length });
	});

	it('sendReaction and markAsRead act on the message of the person', async () => {
		const ana = simulator.customer({ waId: '573001234567' });
		const question = ana.text('hola');
		await question.delivered;
		await press(message('sendReaction', { messageId: question.wamid, emoji: '👍' }));
		await press({
			resource: 'message',
			operation: 'markAsRead',
			phoneNumberId: number,
			messageId: question.wamid,
			typing: true,
		});
		expect(ana.chat[0]).toMatchObject({ status: 'read', reactions: { business: '👍' } });
		expect(ana.typing).toBe(true);
	});

	it('buttons that do not fit leave as numbered text, or stop when told so', async () => {
		const ana = await writer();
		const button = ['Uno', 'Dos', 'Tres', 'Cuatro'].map((title) => ({ title }));
		await press(message('sendButtons', { text: 'Elige', buttons: { button } }));
		expect(ana.received[0]?.text).toBe('Elige\n\n1. Uno\n2. Dos\n3. Tres\n4. Cuatro');
		const { error } = await press(
			message('sendButtons', { text: 'Elige', buttons: { button }, options: { otherwise: 'stop' } }),
		);
		expect(error?.message).toBe("'Buttons' has 4 entries, WhatsApp takes 3 at most");
		expect(ana.received).toHaveLength(1);
	});
});

describe('items are worked on one by one', () => {
	it('kill: each item has its own parameters and its own pairing', async () => {
		await writer('573001111111');
		await writer('573002222222');
		const inputItems = ['573001111111', '573002222222'].map((to, index) => ({ json: { to, words: `Hola ${index}` } }));
		const { outputs } = await press(message('sendText', { to: '={{ $json.to }}', text: '={{ $json.words }}' }), {
			inputItems,
		});
		expect(simulator.ledger.sends.map(({ to, bubbleText }) => [to, bubbleText])).toEqual([
			['+573001111111', 'Hola 0'],
			['+573002222222', 'Hola 1'],
		]);
		expect(outputs[0]?.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 1 }]);
	});

	it('an item that cannot be sent does not stop the others when the node goes on, and can be routed on', async () => {
		await writer();
		simulator.faults.inject({ on: 'send', kind: 131047 });
		const inputItems = ['+573001234567', 'nobody', '+573001234567'].map((to) => ({ json: { to } }));
		const { status, outputs } = await press(message('sendText', { to: '={{ $json.to }}', text: 'Hola' }), {
			inputItems,
			onError: 'continueRegularOutput',
		});
		expect(status).toBe('success');
		expect(outputs[0]?.map(({ json, pairedItem }) => [json, pairedItem])).toEqual([
			[
				{
					error: 'More than 24 hours have passed since the person last wrote (131047)',
					message: expect.stringContaining('template') as string,
					details: expect.objectContaining({ kind: 'rejected', code: '131047', retryable: false }) as object,
				},
				{ item: 0 },
			],
			[
				{
					error: expect.stringContaining("'To'") as string,
					message: expect.any(String) as string,
					details: { kind: 'invalid_input', retryable: false, parameter: 'To' },
				},
				{ item: 1 },
			],
			[expect.objectContaining({ messageId: expect.any(String) as string }), { item: 2 }],
		]);
	});

	it('failed items leave by the error output with all their details', async () => {
		await writer();
		const outcome = await runWorkflow({
			nodes: [
				{
					name: 'Send',
					type: NODE,
					parameters: message('sendText', { to: '={{ $json.to }}', text: 'Hola' }),
					onError: 'continueErrorOutput',
				},
			],
			startNode: 'Send',
			inputItems: [{ json: { to: 'nobody' } }, { json: { to: '+573001234567' } }],
			credentials,
		});
		expect(outcome.outputs.Send?.[0]).toHaveLength(1);
		expect(outcome.outputs.Send?.[1]).toMatchObject([
			{ json: { error: expect.stringContaining("'To'") as string, details: { kind: 'invalid_input' } } },
		]);
	});

	it('otherwise the node stops and says which item, what happened and the way out, without a secret', async () => {
		simulator.revokeToken();
		const { status, error } = await press(message('sendText', { text: 'Hola' }));
		expect(status).toBe('error');
		expect(error).toMatchObject({
			message: 'The access token expired or was revoked (190)',
			context: { itemIndex: 0 },
		});
		expect(error?.description).toContain('permanent token');
		expect(JSON.stringify([error, error?.message, error?.stack])).not.toContain(ACCESS);
	});
});

describe('by hand nothing of production happens', () => {
	const operations: ReadonlyArray<readonly [string, INodeParameters]> = [
		['Send Text', message('sendText', { text: 'Hola' })],
		['Send Media', message('sendMedia', { mediaType: 'image' })],
		['Mark as Read', { resource: 'message', operation: 'markAsRead', phoneNumberId: number, messageId: 'wamid.1' }],
		['Upload', { resource: 'media', operation: 'upload', phoneNumberId: number }],
		['Delete media', { resource: 'media', operation: 'delete', mediaId: '1' }],
		['Create template', { resource: 'template', operation: 'create', name: 'a_b', languageCode: 'es_CO' }],
	];

	it.each(operations)('kill: %s shows the exact request and makes none', async (_, parameters) => {
		await writer();
		const before = simulator.ledger.requests.length;
		const { status, outputs } = await press(parameters, { mode: 'manual', inputItems: [photoItem()] });
		expect(status).toBe('success');
		expect(outputs[0]?.[0]?.json).toMatchObject({
			simulated: true,
			request: { method: expect.any(String) as string, url: expect.stringContaining(simulator.baseUrl) as string },
		});
		expect(JSON.stringify(outputs)).not.toContain(ACCESS);
		expect(simulator.ledger.requests).toHaveLength(before);
	});

	it('a test number of the profile receives for real, nobody else', async () => {
		const opened = await store();
		await saveProfile(opened, { ...prosuministros, testNumbers: ['300 123 4567'] }, 'test');
		await opened.close();
		const ana = await writer();
		const luis = await writer('573009999999');
		await press(message('sendText', { text: 'Hola' }), { mode: 'manual' });
		await press(message('sendText', { text: 'Hola', to: '+573009999999' }), { mode: 'manual' });
		expect([ana.received.length, luis.received.length]).toEqual([1, 0]);
	});

	it('Send Queued claims nothing and shows what the item would have queued', async () => {
		const { outputs } = await press(
			{ resource: 'message', operation: 'sendQueued' },
			{
				mode: 'manual',
				inputItems: [
					{
						json: {
							queued: {
								phoneNumberId: NUMBER,
								to: { waId: '573001234567' },
								messages: [{ type: 'text', text: 'Hola' }],
							},
						},
					},
				],
			},
		);
		expect(outputs[0]?.[0]?.json).toMatchObject({
			simulated: true,
			requests: [{ method: 'POST', body: { to: '+573001234567', text: { body: 'Hola' } } }],
		});
		expect(simulator.ledger.sends).toEqual([]);
	});
});

describe('Send Queued', () => {
	async function queue(opened: Store, waId: string, texts: readonly string[]) {
		await receiveEvents(opened, {
			webhookId,
			vendor: 'whatsapp',
			emit: { messages: true, statuses: false, echoes: false, account: false },
			events: [messageFrom(waId, 'hola', { at: opened.now() })],
		});
		const conversation = await opened.db
			.selectFrom('conversations')
			.innerJoin('contacts', 'contacts.id', 'conversations.contact_id')
			.selectAll('conversations')
			.where('contacts.phone', '=', `+${waId}`)
			.executeTakeFirstOrThrow();
		await opened.transaction(async (tx) => {
			for (const [sequence, text] of texts.entries()) {
				await queueMessage(tx, opened, conversation, {
					message: { type: 'text', text },
					requestId: `turn-${waId}`,
					sequence,
					author: 'bot',
					owner: opened.bootId,
				});
			}
		});
		return {
			json: {
				crm: {
					workspaceId: opened.workspaceId,
					channelId: conversation.channel_id,
					contactId: conversation.contact_id,
					conversationId: conversation.id,
				},
			},
		};
	}

	it('P2: drains the whole queue of each person, in order, once, however many items name the person', async () => {
		const ana = await writer('573001111111');
		const luis = await writer('573002222222');
		const opened = await store();
		const anaItem = await queue(opened, '573001111111', ['uno', 'dos', 'tres']);
		const luisItem = await queue(opened, '573002222222', ['hola Luis']);
		const { outputs, status } = await press(
			{ resource: 'message', operation: 'sendQueued' },
			{ inputItems: [anaItem, luisItem, anaItem] },
		);
		await opened.close();
		expect(status).toBe('success');
		expect(ana.received.map(({ text }) => text)).toEqual(['uno', 'dos', 'tres']);
		expect(luis.received.map(({ text }) => text)).toEqual(['hola Luis']);
		expect(outputs[0]?.map(({ json, pairedItem }) => [(json.sent as unknown[]).length, pairedItem])).toEqual([
			[3, { item: 0 }],
			[1, { item: 1 }],
			[0, { item: 2 }],
		]);
		expect(simulator.ledger.sends.every(({ callbackData }) => typeof callbackData === 'string')).toBe(true);
	});

	it('an item from nowhere is refused with a sentence', async () => {
		const { error } = await press({ resource: 'message', operation: 'sendQueued' });
		expect(error?.message).toBe('The item does not come from a conversation');
	});
});

/** Stands between two of our nodes and keeps nothing but the pairing. */
class Stranger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Stranger',
		name: 'stranger',
		group: ['transform'],
		version: 1,
		description: 'Forgets everything',
		defaults: { name: 'Stranger' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		usableAsTool: true,
		properties: [{ displayName: 'Pair', name: 'pair', type: 'boolean', default: true }],
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const items = this.getInputData();
		const pair = this.getNodeParameter('pair', 0) === true;
		// Backwards, so that only the pairing can tell whose item is whose.
		if (pair)
			return await Promise.resolve([
				items.map((_, index) => ({ json: {}, pairedItem: { item: items.length - 1 - index } })),
			]);
		// n8n pairs by position by itself when there are as many items as before: so one more.
		return await Promise.resolve([[...items, {}].map(() => ({ json: {} }))]);
	}
}

/** Says whose item it is. */
class Reader extends Stranger {
	override description: INodeTypeDescription = {
		...new Stranger().description,
		displayName: 'Reader',
		name: 'reader',
		properties: [],
	};

	override async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await Promise.resolve([
			this.getInputData().map((_, itemIndex) => ({
				json: { contactId: crmItemOf(this, itemIndex).contactId },
				pairedItem: { item: itemIndex },
			})),
		]);
	}
}

describe('the ids of the conversation are found through strangers', () => {
	const crm = (contactId: string) => ({
		workspaceId: 'default',
		channelId: NUMBER,
		contactId,
		conversationId: `c-${contactId}`,
	});
	const wire = (...names: readonly string[]): IConnections =>
		Object.fromEntries(
			names
				.slice(0, -1)
				.map((name, index) => [
					name,
					{ main: [[{ node: names[index + 1] ?? '', type: NodeConnectionTypes.Main, index: 0 }]] },
				]),
		);
	const run = async (pair: boolean) =>
		await runWorkflow({
			nodes: [
				{ name: 'Start', type: 'n8n-nodes-whatsapp-crm.passage' },
				{ name: 'First', type: 'n8n-nodes-whatsapp-crm.stranger', parameters: { pair } },
				{ name: 'Second', type: 'n8n-nodes-whatsapp-crm.stranger', parameters: { pair: true } },
				{ name: 'Reader', type: 'n8n-nodes-whatsapp-crm.reader' },
			],
			nodeClasses: [Passage, Stranger, Reader],
			connections: wire('Start', 'First', 'Second', 'Reader'),
			startNode: 'Start',
			inputItems: [{ json: { crm: crm('ana') } }, { json: { crm: crm('luis') } }],
		});

	it('each item leads to its own person over two nodes that turn the order around', async () => {
		const { outputs, status } = await run(true);
		expect(status).toBe('success');
		expect(outputs.Reader?.[0]?.map(({ json }) => json.contactId)).toEqual(['ana', 'luis']);
	});

	it('when the pairing is lost the node says so instead of taking the wrong person', async () => {
		const { status, errors } = await run(false);
		expect(status).toBe('error');
		expect(errors.Reader?.message).toBe('The item does not come from a conversation');
		expect(errors.Reader?.description).toContain("'pairedItem'");
	});
});

/** Passes its items on as they are. */
class Passage extends Stranger {
	override description: INodeTypeDescription = {
		...new Stranger().description,
		displayName: 'Passage',
		name: 'passage',
		properties: [],
	};

	override async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await Promise.resolve([
			this.getInputData().map((item, index) => ({ ...item, pairedItem: { item: index } })),
		]);
	}
}

describe('the 24-hour window is known from the store', () => {
	const DAY = 24 * 3_600_000;

	async function wrote(agoMs: number) {
		const opened = await store();
		await receiveEvents(opened, {
			webhookId,
			vendor: 'whatsapp',
			emit: { messages: true, statuses: false, echoes: false, account: false },
			events: [messageFrom('573001234567', 'hola', { at: opened.now() - agoMs })],
		});
		await opened.close();
	}

	it('outside it a text is refused before the call, as WhatsApp would refuse it; a template goes out', async () => {
		await writer();
		await wrote(DAY + 60_000);
		const { error } = await press(message('sendText', { text: 'Hola' }));
		expect(error?.message).toBe('More than 24 hours have passed since the person last wrote (131047)');
		expect(simulator.ledger.sends).toEqual([]);
		const template = await press(
			message('sendTemplate', {
				template: { __rl: true, mode: 'list', value: 'order_update|es_CO' },
				bodyParameters: { parameter: [{ text: 'Ana' }, { text: '1042' }] },
			}),
		);
		expect(template.status).toBe('success');
	});

	it('inside it, for strangers and when told to ignore it, the text goes out', async () => {
		await writer();
		await wrote(DAY - 60_000);
		expect((await press(message('sendText', { text: 'Hola' }))).status).toBe('success');
		expect((await press(message('sendText', { text: 'Hola', to: '+573007777777' }))).status).toBe('success');
		await wrote(DAY + 60_000);
		const told = message('sendText', { text: 'Hola', options: { ignoreWindow: true } });
		expect((await press(told)).status).toBe('success');
	});
});

describe('media and templates', () => {
	it('a file goes up, comes back the same with a name that opens, and is deleted', async () => {
		const up = await press(
			{ resource: 'media', operation: 'upload', phoneNumberId: number },
			{ inputItems: [photoItem()] },
		);
		const mediaId = String(up.outputs[0]?.[0]?.json.mediaId);
		const down = await press({ resource: 'media', operation: 'download', mediaId });
		const file = down.outputs[0]?.[0]?.binary?.data;
		expect(file).toMatchObject({ mimeType: 'image/jpeg', fileName: `${mediaId}.jpg` });
		if (file === undefined) throw new Error('No file came back');
		expect((await readBinary(file)).equals(PHOTO)).toBe(true);
		const gone = await press({ resource: 'media', operation: 'delete', mediaId });
		expect(gone.outputs[0]?.[0]?.json).toEqual({ deleted: true, mediaId });
	});

	it('a file that WhatsApp does not take is refused before the upload', async () => {
		const item = photoItem();
		Object.assign(item.binary?.data ?? {}, { mimeType: 'image/gif' });
		const { error } = await press(message('sendMedia', { mediaType: 'image' }), { inputItems: [item] });
		expect(error?.message).toContain("'Input Data Field Name' holds a file of type image/gif");
		expect(simulator.ledger.requests.some(({ operation }) => operation === 'media_upload')).toBe(false);
	});

	it('templates are made, listed, read and deleted', async () => {
		const made = await press({
			resource: 'template',
			operation: 'create',
			name: 'pickup_ready',
			languageCode: 'es_CO',
		});
		expect(made.outputs[0]?.[0]?.json).toMatchObject({ name: 'pickup_ready', id: expect.any(String) as string });
		const listed = await press({ resource: 'template', operation: 'getAll', returnAll: true });
		expect(listed.outputs[0]?.map(({ json }) => json.name)).toEqual(
			expect.arrayContaining(['pickup_ready', 'order_update']),
		);
		const limited = await press({ resource: 'template', operation: 'getAll', returnAll: false, limit: 1 });
		expect(limited.outputs[0]).toHaveLength(1);
		const templateId = { __rl: true, mode: 'id', value: String(made.outputs[0]?.[0]?.json.id) };
		const read = await press({ resource: 'template', operation: 'get', templateId });
		expect(read.outputs[0]?.[0]?.json).toMatchObject({ name: 'pickup_ready', language: 'es_CO' });
		const deleted = await press({ resource: 'template', operation: 'delete', templateId });
		expect(deleted.outputs[0]?.[0]?.json).toMatchObject({ deleted: true, name: 'pickup_ready' });
	});
});

/** The node as a model calls it. */
class AsTool extends WhatsAppCloud {
	override async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const asTool: IExecuteFunctions = Object.create(this, { isToolExecution: { value: () => true } });
		return await new WhatsAppCloud().execute.call(asTool);
	}
}

describe('a model alone destroys nothing and writes to nobody of the queue', () => {
	it.each<readonly [string, INodeParameters]>([
		['Delete', { resource: 'media', operation: 'delete', mediaId: '1' }],
		['Delete', { resource: 'template', operation: 'delete', templateId: { __rl: true, mode: 'id', value: '1' } }],
		['Send Queued', { resource: 'message', operation: 'sendQueued' }],
	])('%s is refused', async (name, parameters) => {
		const { error } = await pressNode({ node: AsTool, mode: 'trigger', credentials, parameters });
		expect(error?.message).toBe(`'${name}' is not done by a model alone`);
		expect(simulator.ledger.requests).toEqual([]);
	});

	it('reading templates is allowed', async () => {
		const parameters = { resource: 'template', operation: 'getAll' };
		const { status } = await pressNode({ node: AsTool, mode: 'trigger', credentials, parameters });
		expect(status).toBe('success');
	});
});

describe('lists of the panel', () => {
	it.each([
		['searchPhoneNumbers', 'prosum', [{ name: '+57 300 111 2233 · PROSUMINISTROS', value: NUMBER }]],
		['searchPhoneNumbers', 'nothing like it', []],
		['searchTemplates', 'order', [{ name: 'order_update (es_CO, utility)', value: 'order_update|es_CO' }]],
	])('%s filtered by %p', async (list, filter, results) => {
		await expect(searchList(WhatsAppCloud, list, { credentials, filter })).resolves.toMatchObject({ results });
	});

	it.each(['searchPhoneNumbers', 'searchTemplates', 'searchTemplateIds'])(
		'kill: %s shows what Meta refused instead of an empty list',
		async (list) => {
			simulator.revokeToken();
			await expect(searchList(WhatsAppCloud, list, { credentials })).rejects.toThrow('access token expired');
		},
	);
});
