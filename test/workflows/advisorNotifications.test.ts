import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import type { INodeExecutionData } from 'n8n-workflow';

import { runWorkflow, type RunOutcome } from '../support/engine';
import { shippedWorkflow, TemplateDesk } from '../support/templateDesk';

const LAURA = '573001112233';
const PEDRO = '573004445566';
const TEAM = [{ name: 'Carolina Rojas', email: 'carolina@example.com', phone: '+573150000001', areas: ['sales'] }];
const ASSIGN = 'Asignar a un asesor';
const NOTICE = 'Armar el aviso';
const TELEGRAM = 'Ejemplo: avisar por Telegram';

let desk: TemplateDesk;
let chatTool: Server;
let received: string[];
let broken: (text: string) => boolean;

beforeEach(async () => {
	received = [];
	broken = () => false;
	chatTool = createServer((request, response) => {
		const chunks: Buffer[] = [];
		request.on('data', (chunk: Buffer) => chunks.push(chunk));
		request.on('end', () => {
			const { text } = JSON.parse(Buffer.concat(chunks).toString('utf8')) as { text: string };
			const fails = broken(text);
			if (!fails) received.push(text);
			response
				.writeHead(fails ? 500 : 200, { 'content-type': 'application/json' })
				.end(JSON.stringify({ ok: !fails, result: {} }));
		});
	});
	await new Promise<void>((resolve) => {
		chatTool.listen(0, '127.0.0.1', resolve);
	});
	desk = await TemplateDesk.open({ advisors: TEAM });
});

afterEach(async () => {
	await desk.close();
	chatTool.closeAllConnections();
	await new Promise((resolve) => {
		chatTool.close(resolve);
	});
});

async function says(waId: string, profileName: string, text: string): Promise<void> {
	await desk.simulator.customer({ waId, profileName }).text(text).delivered;
	await desk.settle();
}

const assigned = (): INodeExecutionData[] => desk.runs.flatMap(({ outputs }) => outputs[ASSIGN]?.[0] ?? []);

/** The shipped workflow with Telegram switched on, called with what the bot's Handoff branch gave. */
async function notify(
	items: readonly INodeExecutionData[],
	mode: 'integrated' | 'manual' = 'integrated',
): Promise<RunOutcome> {
	const { nodes, connections, settings, pinData } = shippedWorkflow('advisor-notifications.json');
	return await runWorkflow({
		nodes: nodes
			.filter(({ type }) => !type.endsWith('.stickyNote'))
			.map((node) =>
				node.name === TELEGRAM && mode === 'integrated'
					? { ...node, disabled: false, parameters: { ...node.parameters, chatId: '7' } }
					: node,
			),
		connections,
		settings,
		credentials: {
			telegramApi: {
				accessToken: 'token-of-the-desk',
				baseUrl: `http://127.0.0.1:${(chatTool.address() as AddressInfo).port}`,
			},
		},
		startNode: 'Cuando hay que avisar a un asesor',
		mode,
		...(mode === 'manual' ? { pinData } : { inputItems: items.map(({ json }) => ({ json })) }),
	});
}

test('P6: who asks for a person is told to the advisor in the chat tool, with name and reason', async () => {
	await says(LAURA, 'Laura', 'Soy Laura Gómez, quiero hablar con una persona');
	const run = await notify(assigned());

	expect(run.errors).toEqual({});
	expect(run.outputs[NOTICE]?.[0]?.[0]?.json).toMatchObject({
		subject: 'Laura Gómez: Pidió hablar con una persona',
		advisor: { name: 'Carolina Rojas', email: 'carolina@example.com', phone: '+573150000001', role: 'advisor' },
		customer: { name: 'Laura Gómez', phone: `+${LAURA}` },
		assigned: true,
	});
	expect(received).toEqual(['Carolina Rojas\nLaura Gómez\nPidió hablar con una persona']);
});

test('a chat tool that is down for one customer does not stop the other’s notice, nor the execution', async () => {
	await says(LAURA, 'Laura', 'Soy Laura Gómez, quiero hablar con una persona');
	await says(PEDRO, 'Pedro', 'Soy Pedro Pérez, quiero poner una queja');
	broken = (text) => text.includes('Laura');
	const run = await notify(assigned());

	expect(run.status).toBe('success');
	expect(received).toEqual(['Carolina Rojas\nPedro Pérez\nTiene una queja']);
});

test('nobody on duty: the item names who leads instead, and nobody is assigned', async () => {
	await desk.close();
	desk = await TemplateDesk.open({ advisors: [{ name: 'Diana Torres', areas: ['support'], role: 'supervisor' }] });
	await says(LAURA, 'Laura', 'quiero hablar con una persona');
	const [item] = assigned();

	expect(item?.json).toMatchObject({
		assigned: false,
		advisorName: null,
		advisor: { name: 'Diana Torres', role: 'supervisor' },
	});
	await notify(assigned());
	expect(received[0]).toContain('Diana Torres');
});

test('D13: a customer who still waits makes one more notice, for the next on duty', async () => {
	await desk.close();
	desk = await TemplateDesk.open({
		advisors: [...TEAM, { name: 'Bruno Díaz', areas: ['sales'] }],
		profile: { handoff: { waitingMinutes: 10, waitingInHoursOnly: false } },
	});
	await says(LAURA, 'Laura', 'quiero hablar con una persona');
	const [first] = assigned();
	await desk.wait(11);
	await desk.wait(1);

	expect(assigned()).toHaveLength(2);
	expect(assigned()[1]?.json.reason).toBe('waits_too_long');
	const names = assigned().map(({ json }) => (json.advisor as { name: string }).name);
	expect(new Set(names)).toEqual(new Set(['Carolina Rojas', 'Bruno Díaz']));
	expect(first?.json.assigned).toBe(true);
});

test('pressed by hand with its sample it tells nobody', async () => {
	const run = await notify([], 'manual');

	expect(run.status).toBe('success');
	expect(run.outputs[NOTICE]?.[0]?.[0]?.json.message).toBe(
		'Carolina (ejemplo)\nLaura (ejemplo)\nPidió hablar con una persona',
	);
	expect(received).toEqual([]);
});
