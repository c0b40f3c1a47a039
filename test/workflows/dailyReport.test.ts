import { listNotifications } from '../../nodes/shared/store/repositories/notifications';
import { createLead } from '../../nodes/shared/usecases/leads/createLead';
import { changeLeadStage } from '../../nodes/shared/usecases/leads/changeLeadStage';
import { runWorkflow, type RunOutcome } from '../support/engine';
import { shippedWorkflow, TemplateDesk } from '../support/templateDesk';

const LAURA = '573001112233';
const REPORT = 'Contar las cifras de ayer';
const LEAVE = 'Dejar el informe a los administradores';
const ALERTS = 'Revisar qué se sale de lo normal';
const DAY = 24 * 60;

let desk: TemplateDesk;

beforeEach(async () => {
	desk = await TemplateDesk.open({
		advisors: [
			{ name: 'Carolina Rojas', areas: ['sales'] },
			{ name: 'Andrés Mora', areas: ['sales'], role: 'administrator' },
		],
	});
});

afterEach(async () => {
	await desk.close();
});

async function report(mode: 'trigger' | 'manual' = 'trigger'): Promise<RunOutcome> {
	const { nodes, connections, settings } = shippedWorkflow('daily-report.json');
	return await runWorkflow({
		nodes: nodes.filter(({ type }) => !type.endsWith('.stickyNote')),
		connections,
		settings,
		credentials: desk.credentials,
		startNode: mode === 'manual' ? 'Probar el informe' : 'Cada mañana',
		mode,
		inputItems: [{ json: {} }],
	});
}

const left = async (): Promise<string[]> => {
	const rows = await listNotifications(desk.store.db, desk.store.workspaceId, { limit: 50 });
	return rows.filter(({ kind }) => kind === 'team.told').map(({ text }) => text);
};

/** Laura writes, becomes a lead and buys; then it is the next morning. */
async function aSale(): Promise<void> {
	await desk.simulator.customer({ waId: LAURA, profileName: 'Laura' }).text('hola').delivered;
	await desk.settle();
	const conversation = await desk.store.db
		.selectFrom('conversations')
		.select(['id', 'contact_id', 'channel_id'])
		.where('workspace_id', '=', desk.store.workspaceId)
		.executeTakeFirstOrThrow();
	const { lead } = await createLead(desk.store, {
		contactId: conversation.contact_id,
		conversationId: conversation.id,
		requestId: 'lead',
	});
	await changeLeadStage(desk.store, { leadId: lead.id, stage: 'Won', amount: 1_250_000, currency: 'COP' });
}

test('O9: yesterday in words reaches the administrators, sales and service, once however often it runs', async () => {
	await aSale();
	await desk.wait(DAY);
	const run = await report();

	expect(run.errors).toEqual({});
	const [text, ...others] = await left();
	expect(others).toEqual([]);
	expect(text).toContain('PROSUMINISTROS · 2026-01-13');
	expect(text).toContain('• Ventas: 1.250.000 COP');
	expect(text).toMatch(/• De conversación a lead: 100\s?%/);
	expect(text).toContain('• Conversaciones: 1 (antes: 0)');
	await report();
	expect(await left()).toHaveLength(1);
});

test('a day on which nothing happened says so', async () => {
	await report();
	expect(await left()).toEqual(['*PROSUMINISTROS · 2026-01-12*\n\nSin movimiento.']);
});

test('O10: what changed leaves as an item once; a token that is not accepted stops the alerts and not the report', async () => {
	await desk.store.db
		.insertInto('alerts')
		.values({
			id: 'old',
			workspace_id: desk.store.workspaceId,
			kind: 'errors',
			subject: '',
			state: 'open',
			facts: JSON.stringify({ errors: 3, messages: 100, percent: 3 }),
			level: 'over',
			revision: 1,
			since: 0,
			changed_at: 0,
		})
		.execute();
	const first = await report();
	expect(first.outputs[ALERTS]?.[0]?.map(({ json }) => json.message)).toEqual([
		'Resuelto: Hoy falló el 3 % del trabajo: 3 de 100 mensajes. Revisa «Problemas».',
	]);
	const second = await report();
	expect(second.outputs[ALERTS]?.[0] ?? []).toEqual([]);
	desk.simulator.revokeToken();
	await desk.wait(DAY);
	const third = await report();
	expect(third.outputs[LEAVE]?.[0]).toHaveLength(1);
	expect(JSON.stringify(third.errors)).toContain('access token');
});

test('pressed by hand it shows the report and tells nobody', async () => {
	await aSale();
	const run = await report('manual');

	expect(run.status).toBe('success');
	expect(run.outputs[REPORT]?.[0]?.[0]?.json.title).toBe('PROSUMINISTROS · 2026-01-12');
	expect(run.outputs[LEAVE]?.[0]?.[0]?.json).toMatchObject({ simulated: true, told: ['Andrés Mora'] });
	expect(await left()).toEqual([]);
});
