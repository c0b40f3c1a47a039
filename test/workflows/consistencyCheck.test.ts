import type { INodeExecutionData } from 'n8n-workflow';

import { saveInboxAddress } from '../../nodes/shared/store/repositories/inboxAddress';
import { listConversations } from '../../nodes/shared/store/repositories/conversations';
import { listLeads } from '../../nodes/shared/store/repositories/leads';
import { listNotifications } from '../../nodes/shared/store/repositories/notifications';
import { changeLeadStage } from '../../nodes/shared/usecases/leads/changeLeadStage';
import { runWorkflow, type RunOutcome } from '../support/engine';
import { shippedWorkflow, TemplateDesk } from '../support/templateDesk';

const CHECK = 'Revisar mil registros';
const TELL = 'Contarlo a quienes dirigen';
const INBOX = 'https://n8n.example/webhook/bandeja/page';

let desk: TemplateDesk;

beforeEach(async () => {
	desk = await TemplateDesk.open({
		advisors: [
			{ name: 'Carolina Rojas', areas: ['sales'] },
			{ name: 'Diana Silva', role: 'supervisor' },
		],
	});
	const laura = desk.simulator.customer({ waId: '573001112233', profileName: 'Laura' });
	for (const text of ['hola', 'Laura Gómez Restrepo', '1020304050', '1', '20 portátiles', 'formal']) {
		await laura.text(text).delivered;
		await desk.settle();
	}
	await saveInboxAddress(desk.store.db, 'desk', { url: INBOX, webhookId: 'inbox' });
});

afterEach(async () => {
	await desk.close();
});

async function check(mode: 'trigger' | 'manual' = 'trigger'): Promise<RunOutcome> {
	const { nodes, connections, settings } = shippedWorkflow('consistency-check.json');
	return await runWorkflow({
		nodes: nodes.filter(({ type }) => !type.endsWith('.stickyNote')),
		connections,
		settings,
		credentials: desk.credentials,
		startNode: mode === 'manual' ? 'Probar la revisión' : 'Cada lunes',
		mode,
		inputItems: [{ json: {} }],
	});
}

const itemsOf = (run: RunOutcome): ReadonlyArray<INodeExecutionData['json']> =>
	(run.outputs[CHECK]?.[0] ?? []).map(({ json }) => json);
const told = async (): Promise<ReadonlyArray<readonly [string, string]>> => {
	const rows = await listNotifications(desk.store.db, 'desk', { limit: 50 });
	const people = await desk.store.db.selectFrom('advisors').select(['id', 'name']).execute();
	return rows
		.filter(({ kind }) => kind === 'team.told')
		.map(({ advisor_id: id, text }) => [people.find((person) => person.id === id)?.name ?? '', text]);
};
/** A won lead whose money nobody wrote down. */
async function spoil(): Promise<string> {
	const [lead] = await listLeads(desk.store.db, 'desk', { limit: 1 });
	await changeLeadStage(desk.store, { leadId: lead?.id ?? '', stage: 'Won', amount: 0, currency: 'COP' });
	return lead?.id ?? '';
}

test('O15: after a real conversation everything agrees, also a week later, and nobody is told', async () => {
	for (const minutes of [0, 60, 7 * 24 * 60]) {
		await desk.wait(minutes);
		const run = await check();
		expect(run.errors).toEqual({});
		const [summary, ...findings] = itemsOf(run);
		expect(findings).toEqual([]);
		expect(summary).toMatchObject({ type: 'summary', findings: 0, checked: 4, agree: 4 });
		expect(String(summary?.text)).toContain('4 de 4 registros coinciden.');
		expect(run.outputs[TELL]).toBeUndefined();
	}
	expect(await told()).toEqual([]);
});

test('O15: what does not agree reaches those who lead once a day, and each finding is an item with its link', async () => {
	const leadId = await spoil();
	const run = await check();
	expect(run.errors).toEqual({});
	const [summary, finding, ...others] = itemsOf(run);
	const [conversation] = await listConversations(desk.store.db, 'desk', { limit: 1 });
	expect(others).toEqual([]);
	expect(summary).toMatchObject({ checked: 4, agree: 3, findings: 1 });
	expect(finding).toMatchObject({
		type: 'finding',
		rule: 'won_without_amount',
		where: 'Lead Laura Gómez Restrepo',
		what: 'El lead está ganado y no dice cuánto: las ventas no lo cuentan.',
		howToFix: 'Escribe el valor y la moneda con Crear Lead: Change Stage.',
		kind: 'lead',
		id: leadId,
		link: `${INBOX}#/conversations/${conversation?.id ?? ''}`,
	});
	const text = [
		'*Revisión de consistencia · PROSUMINISTROS · 2026-01-13*',
		'3 de 4 registros coinciden.',
		'• Leads ganados sin valor (1): Laura Gómez Restrepo',
	].join('\n\n');
	expect(await told()).toEqual([['Diana Silva', text]]);
	await check();
	expect(await told()).toHaveLength(1);
});

test('U3: by hand it checks and shows the same, and tells nobody', async () => {
	await spoil();
	const run = await check('manual');
	expect(itemsOf(run).map(({ type }) => type)).toEqual(['summary', 'finding']);
	expect(run.outputs[TELL]?.[0]?.[0]?.json).toMatchObject({ simulated: true, told: ['Diana Silva'] });
	expect(await told()).toEqual([]);
});

test('a setting that cannot be is told to those who lead, with its name and place', async () => {
	const { nodes, connections, settings } = shippedWorkflow('consistency-check.json');
	const run = await runWorkflow({
		nodes: nodes
			.filter(({ type }) => !type.endsWith('.stickyNote'))
			.map((node) => (node.name === CHECK ? { ...node, parameters: { ...node.parameters, records: 0 } } : node)),
		connections,
		settings,
		credentials: desk.credentials,
		startNode: 'Cada lunes',
		mode: 'trigger',
		inputItems: [{ json: {} }],
	});
	expect(run.status).toBe('success');
	expect(await told()).toEqual([['Diana Silva', expect.stringContaining("'Records' cannot be used")]]);
});
