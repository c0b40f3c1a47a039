import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import type { INodeExecutionData } from 'n8n-workflow';

import { messagesOfConversation } from '../../nodes/shared/store/repositories/messages';
import { listConversations } from '../../nodes/shared/store/repositories/conversations';
import { runWorkflow, type RunOutcome } from '../support/engine';
import { shippedWorkflow, TemplateDesk, type ShippedWorkflow } from '../support/templateDesk';

const LAURA = '573001112233';
const ATTACH = 'Adjuntar al caso abierto';
const SAVE = 'Guardar lo que dijo';
const SPOKEN = 'Necesito cotizar veinte portátiles';
const ASKED = 'Recibí tu nota de voz y ya la guardé';

interface TranscriptionRequest {
	readonly path: string;
	readonly body: string;
}

let desk: TemplateDesk;
let service: Server;
let requests: TranscriptionRequest[];
let answer: { status: number; body: object };

/** What speaks OpenAI's interface of transcriptions, as many services do. */
beforeEach(async () => {
	requests = [];
	answer = { status: 200, body: { text: SPOKEN } };
	service = createServer((request, response) => {
		const chunks: Buffer[] = [];
		request.on('data', (chunk: Buffer) => chunks.push(chunk));
		request.on('end', () => {
			requests.push({ path: String(request.url), body: Buffer.concat(chunks).toString('latin1') });
			response.writeHead(answer.status, { 'content-type': 'application/json' }).end(JSON.stringify(answer.body));
		});
	});
	await new Promise<void>((resolve) => {
		service.listen(0, '127.0.0.1', resolve);
	});
	desk = await TemplateDesk.open({ change: waitingForTranscripts });
});

afterEach(async () => {
	await desk.close();
	service.closeAllConnections();
	await new Promise((resolve) => {
		service.close(resolve);
	});
});

/** The bot as an operator sets it who has read the note on the canvas. */
function waitingForTranscripts(bot: ShippedWorkflow): ShippedWorkflow {
	return {
		...bot,
		nodes: bot.nodes.map((node) =>
			node.type.endsWith('.botConversation') ? { ...node, parameters: { voiceNotes: 'waitForTranscript' } } : node,
		),
	};
}

/** The shipped workflow for voice notes, called with the files that the bot's last run has stored. */
async function transcribe(files: readonly INodeExecutionData[]): Promise<RunOutcome> {
	const { nodes, connections, settings } = shippedWorkflow('voice-notes.json');
	return await runWorkflow({
		nodes: nodes.filter(({ type }) => !type.endsWith('.stickyNote')),
		connections,
		settings,
		credentials: {
			...desk.credentials,
			openAiApi: { apiKey: 'sk-of-the-desk', url: `http://127.0.0.1:${(service.address() as AddressInfo).port}/v1` },
		},
		startNode: 'Cuando el bot guarda un archivo',
		mode: 'integrated',
		inputItems: files.map(({ json }) => ({ json })),
	});
}

const storedFiles = (): INodeExecutionData[] => desk.runs.flatMap(({ outputs }) => outputs[ATTACH]?.[0] ?? []);

async function speaks(): Promise<void> {
	await desk.simulator.customer({ waId: LAURA, profileName: 'Laura' }).voice().delivered;
	await desk.settle();
}

test('B19: what the customer said is understood and answered as if it had been written', async () => {
	await speaks();
	expect(desk.bubbles(LAURA)).toEqual([]);

	const run = await transcribe(storedFiles());
	expect(run.errors).toEqual({});
	expect(run.outputs[SAVE]?.[0]?.map(({ json }) => json)).toEqual([
		expect.objectContaining({
			transcript: SPOKEN,
			outcome: 'saved',
			turn: 'next',
			transcribedBy: 'Convertir la voz en texto',
		}),
	]);
	await desk.settle();

	expect(requests.map(({ path }) => path)).toEqual(['/v1/audio/transcriptions']);
	expect(requests[0]?.body).toContain('whisper-1');
	expect(desk.bubbles(LAURA)).toHaveLength(1);
	expect(desk.runs.at(-1)?.outputs['Atender al cliente']?.[0]?.[0]?.json.understood).toBe(
		'Solicitar una cotización; product: portátiles; quantity: 20',
	);
	const [conversation] = await listConversations(desk.store.db, 'desk', { limit: 1 });
	const messages = await messagesOfConversation(desk.store.db, desk.store, conversation?.id ?? '', { limit: 5 });
	expect(messages.find(({ direction }) => direction === 'in')).toMatchObject({ type: 'voice', text: SPOKEN });
});

test('B19: the branch walked twice transcribes into the same message, and the customer is answered once', async () => {
	await speaks();
	const files = storedFiles();
	await transcribe(files);
	answer.body = { text: 'Otra cosa' };
	const again = await transcribe(files);
	await desk.settle();

	expect(again.outputs[SAVE]?.[0]?.[0]?.json).toMatchObject({ outcome: 'unchanged', transcript: SPOKEN });
	expect(desk.bubbles(LAURA)).toHaveLength(1);
});

test('D18: a service that fails ends the wait: the customer is asked to write, and nothing stops', async () => {
	answer = { status: 500, body: { error: { message: 'overloaded' } } };
	await speaks();
	const run = await transcribe(storedFiles());
	expect(run.status).toBe('success');
	await desk.settle();

	expect(desk.bubbles(LAURA)).toEqual([expect.stringContaining(ASKED)]);
});

test('D18: a service that never answers: the bot goes on after the wait', async () => {
	await speaks();
	await desk.wait(0.5);

	expect(desk.bubbles(LAURA)).toEqual([expect.stringContaining(ASKED)]);
});

test('photos are no business of the transcription service', async () => {
	await desk.simulator.customer({ waId: LAURA, profileName: 'Laura' }).image('foto.jpg').delivered;
	await desk.settle();
	expect(storedFiles()).toHaveLength(1);
	await transcribe(storedFiles());

	expect(requests).toEqual([]);
});

test('as shipped the node is off: nobody waits, and the customer is asked to write at once', async () => {
	await desk.close();
	desk = await TemplateDesk.open();
	await speaks();

	expect(desk.bubbles(LAURA)).toEqual([expect.stringContaining(ASKED)]);
	expect(storedFiles()).toHaveLength(1);
});
