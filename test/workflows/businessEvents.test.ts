import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import type { INodeParameters } from 'n8n-workflow';

import { listEventWebhooks } from '../../nodes/shared/store/repositories/eventWebhooks';
import { listNotifications } from '../../nodes/shared/store/repositories/notifications';
import { WhatsAppCrm } from '../../nodes/WhatsAppCrm/WhatsAppCrm.node';
import { pressNode, runWorkflow, type RunOutcome } from '../support/engine';
import { shippedWorkflow, TemplateDesk } from '../support/templateDesk';

const LAURA = '573001112233';
const SENT = 'Entregar lo que pasó';

let desk: TemplateDesk;
let receiver: Server;
let url: string;
let received: Array<{ readonly type: string; readonly body: string }>;
let status: number;

beforeEach(async () => {
	desk = await TemplateDesk.open({
		advisors: [{ name: 'Andrés Mora', areas: ['sales'], role: 'administrator' }],
	});
	received = [];
	status = 200;
	receiver = createServer((request, response) => {
		let body = '';
		request.setEncoding('utf8').on('data', (part: string) => (body += part));
		request.on('end', () => {
			received.push({ type: request.headers['whatsapp-crm-event']?.toString() ?? '', body });
			response.writeHead(status).end();
		});
	});
	await new Promise<void>((listening) => receiver.listen(0, '127.0.0.1', listening));
	url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hook`;
});

afterEach(async () => {
	receiver.closeAllConnections();
	await new Promise((closed) => receiver.close(closed));
	await desk.close();
});

const press = async (parameters: INodeParameters, mode: 'manual' | 'trigger' = 'trigger') =>
	await pressNode({
		node: WhatsAppCrm,
		mode,
		parameters,
		inputItems: [{ json: {} }],
		credentials: desk.credentials,
	});

const register = async (more: INodeParameters = {}, mode?: 'manual') =>
	await press(
		{
			resource: 'eventWebhook',
			operation: 'upsert',
			name: 'Make',
			url,
			events: ['case.created', 'lead.created'],
			options: { allowsPrivate: true },
			...more,
		},
		mode,
	);

async function deliver(mode: 'trigger' | 'manual' = 'trigger'): Promise<RunOutcome> {
	const { nodes, connections, settings } = shippedWorkflow('business-events.json');
	return await runWorkflow({
		nodes: nodes.filter(({ type }) => !type.endsWith('.stickyNote')),
		connections,
		settings,
		credentials: desk.credentials,
		startNode: mode === 'manual' ? 'Ver qué saldría' : 'Cada minuto',
		mode,
		inputItems: [{ json: {} }],
	});
}

async function quotation(): Promise<void> {
	for (const text of ['hola', 'Laura Gómez Restrepo', '1020304050', '1', 'impresoras', 'formal']) {
		await desk.simulator.customer({ waId: LAURA, profileName: 'Laura' }).text(text).delivered;
		await desk.settle();
	}
}

test('O16: a quotation in the chat reaches another system once: its case, then its lead, with the customer', async () => {
	const { outputs } = await register();
	expect(outputs[0]?.[0]?.json).toMatchObject({ created: true, signingSecret: expect.stringMatching(/^whsec_/u) });
	await quotation();
	const run = await deliver();
	expect(run.errors).toEqual({});
	expect(run.outputs[SENT]?.[0]?.map(({ json }) => [json.type, json.outcome])).toEqual([
		['case.created', 'sent'],
		['lead.created', 'sent'],
	]);
	expect(received.map(({ type }) => type)).toEqual(['case.created', 'lead.created']);
	expect(JSON.parse(received[1]?.body ?? '{}')).toMatchObject({
		customer: { name: 'Laura Gómez Restrepo', phone: `+${LAURA}` },
		lead: { identification: '1020304050', stage: 'Lead' },
	});
	await deliver();
	expect(received).toHaveLength(2);
});

test('O16: who refuses to the end is told to the administrators, once, and hears of it again when somebody retries', async () => {
	await register({ events: ['case.created'] });
	await quotation();
	status = 500;
	for (let tries = 0; tries < 6; tries += 1) {
		await deliver();
		await desk.wait(6 * 60 + 1);
	}
	const told = async () =>
		(await listNotifications(desk.store.db, 'desk', { limit: 20 }))
			.map(({ text }) => text)
			.filter((text) => text.startsWith('📡'));
	expect(await told()).toEqual([
		expect.stringMatching(/^📡 Make \(127\.0\.0\.1:\d+\) no recibió case\.created: the receiver answered 500\./u),
	]);
	const dead = await press({ resource: 'businessEvent', operation: 'getAll', filters: { state: 'dead' } });
	expect(dead.outputs[0]).toHaveLength(1);
	status = 200;
	expect((await press({ resource: 'businessEvent', operation: 'retry' })).outputs[0]?.[0]?.json).toMatchObject({
		queued: 1,
	});
	await deliver();
	expect(received).toHaveLength(7);
	expect(new Set(received.map(({ body }) => (JSON.parse(body) as { id: string }).id)).size).toBe(1);
	expect(await told()).toHaveLength(1);
});

test('O16: pressed by hand it shows what would leave, and nothing leaves, is saved or deleted', async () => {
	expect((await register({}, 'manual')).outputs[0]?.[0]?.json).toMatchObject({ simulated: true, name: 'Make' });
	expect(await listEventWebhooks(desk.store.db, 'desk', { limit: 5 })).toEqual([]);
	await register();
	await quotation();
	const run = await deliver('manual');
	expect(run.outputs[SENT]?.[0]?.map(({ json }) => json)).toEqual([
		{
			simulated: true,
			requests: [
				expect.objectContaining({ webhook: 'Make', method: 'POST' }),
				expect.objectContaining({ body: expect.objectContaining({ type: 'lead.created' }) }),
			],
		},
	]);
	const eventWebhook = { __rl: true, mode: 'id', value: 'Make' };
	await press({ resource: 'eventWebhook', operation: 'delete', eventWebhook }, 'manual');
	expect(received).toEqual([]);
	await deliver();
	expect(received).toHaveLength(2);
	await press({ resource: 'eventWebhook', operation: 'delete', eventWebhook });
	expect((await press({ resource: 'eventWebhook', operation: 'getAll' })).outputs[0]).toEqual([]);
});

test('O16: an address inside the own network is refused in words unless it is allowed', async () => {
	const { error } = await register({ url: 'https://10.0.0.7/hook', options: {} });
	expect(error?.message).toContain("'URL' cannot be used: 10.0.0.7 leads into a private network");
});
