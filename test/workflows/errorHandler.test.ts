import { listCases } from '../../nodes/shared/store/repositories/cases';
import { listDeadLetters } from '../../nodes/shared/store/repositories/deadLetters';
import { listNotifications } from '../../nodes/shared/store/repositories/notifications';
import { runWorkflow, type RunOutcome } from '../support/engine';
import { shippedWorkflow, TemplateDesk } from '../support/templateDesk';

const LAURA = '573001112233';
const TELL = 'Avisar a los supervisores';
const FIND = 'Buscar lo que quedó sin hacer';
const RETRY = 'Reintentar lo que quedó sin hacer';
const BUTTON = 'Cuando ya está reparado';

let desk: TemplateDesk;

beforeEach(async () => {
	desk = await TemplateDesk.open({
		advisors: [
			{ name: 'Carolina Rojas', areas: ['sales'] },
			{ name: 'Diana Torres', areas: ['support'], role: 'supervisor' },
		],
	});
});

afterEach(async () => {
	await desk.close();
});

/** What n8n hands to an error workflow. */
const failure = (message: string, node = 'Registrar la cotización') => ({
	execution: { id: '231', mode: 'trigger', lastNodeExecuted: node, error: { message } },
	workflow: { id: 'bot', name: 'WhatsApp: atención al cliente' },
});

interface Handled {
	readonly mode?: 'manual' | 'error';
	/** The node that starts; the button is for what was mended. */
	readonly startNode?: string;
	readonly item?: object;
}

async function handle({
	mode = 'error',
	startNode = 'Cuando un flujo falla',
	item = failure('sin permiso'),
}: Handled = {}): Promise<RunOutcome> {
	const { nodes, connections, settings, pinData } = shippedWorkflow('error-handler.json');
	return await runWorkflow({
		nodes: nodes.filter(({ type }) => !type.endsWith('.stickyNote')),
		connections,
		settings,
		credentials: desk.credentials,
		startNode,
		mode,
		...(mode === 'manual' ? { pinData } : { inputItems: [{ json: item as never }] }),
	});
}

/** A customer whose case cannot be registered: the branch fails three times, then its request is given up. */
async function giveUpACase(): Promise<void> {
	const laura = desk.simulator.customer({ waId: LAURA, profileName: 'Laura' });
	const register = desk.workflow.nodes.find(({ name }) => name === 'Registrar la cotización');
	if (!register) throw new Error('The bot registers no quotation');
	register.parameters = { operation: 'gone' };
	for (const text of ['hola', 'Laura Gómez Restrepo', '1020304050', '1', 'impresoras', 'formal']) {
		await laura.text(text).delivered;
		await desk.settle();
	}
	await desk.wait(1);
	await desk.wait(1);
	register.parameters = { operation: 'create' };
}

const notifications = async () => await listNotifications(desk.store.db, 'desk', { limit: 10 });
const deadLetters = async () => await listDeadLetters(desk.store.db, 'desk', { limit: 10 });
const cases = async () => await listCases(desk.store.db, 'desk', { limit: 10 });

test('O4, O11: who supervises reads which workflow failed, in which node and why, once for the same fault', async () => {
	const run = await handle();
	expect(run.error).toBeUndefined();
	await handle();

	const told = (await notifications()).filter(({ kind }) => kind === 'team.told');
	expect(told.map(({ text }) => text)).toEqual([
		'⚠️ Falló el flujo «WhatsApp: atención al cliente» en el nodo «Registrar la cotización»: sin permiso',
	]);
	expect(run.outputs[TELL]?.[0]?.[0]?.json).toMatchObject({ told: ['Diana Torres'], toldBefore: false });
});

test('a workflow that could not even start is told too', async () => {
	await handle({
		item: {
			trigger: { error: { message: 'token vencido' }, mode: 'trigger' },
			workflow: { id: 'bot', name: 'WhatsApp' },
		},
	});

	expect((await notifications()).map(({ text }) => text)).toEqual([
		'⚠️ Falló el flujo «WhatsApp» al arrancar: token vencido',
	]);
});

test('O4: what was given up is found with its customer and reason; nothing is retried until somebody presses the button', async () => {
	await giveUpACase();
	const run = await handle();

	const found = run.outputs[FIND]?.[0]?.map(({ json }) => json) ?? [];
	expect(found.map(({ what }) => what).sort()).toEqual([
		'Un cliente que no se pudo asignar a un asesor',
		'Una solicitud que no se pudo registrar',
	]);
	for (const row of found) {
		expect(row).toMatchObject({ contactName: 'Laura Gómez Restrepo', reason: expect.stringContaining('gone') });
	}
	expect(await deadLetters()).toHaveLength(2);
	expect(run.order).not.toContain(RETRY);
	expect(await cases()).toEqual([]);
});

test('O4: mended and retried by hand, the case is made and said once, however often it is pressed', async () => {
	await giveUpACase();
	const run = await handle({ mode: 'manual', startNode: BUTTON });
	expect(run.outputs[RETRY]?.[0]?.map(({ json }) => json.action)).toEqual(['retried', 'retried']);
	await handle({ mode: 'manual', startNode: BUTTON });
	await desk.settle();

	expect(await deadLetters()).toEqual([]);
	expect((await cases()).map(({ number }) => number)).toEqual(['PS-2026-000001']);
	expect(desk.bubbles(LAURA).filter((text) => text.includes('PS-2026-000001'))).toHaveLength(1);
});

test('U5: by hand the sample failure shows who would be told, and nobody is', async () => {
	const run = await handle({ mode: 'manual' });

	expect(run.error).toBeUndefined();
	expect(run.outputs[TELL]?.[0]?.[0]?.json).toMatchObject({ simulated: true, told: ['Diana Torres'] });
	expect(await notifications()).toEqual([]);
});
