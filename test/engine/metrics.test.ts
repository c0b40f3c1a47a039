import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { listOpenAlerts } from '../../nodes/shared/store/repositories/alerts';
import { pressNode, type PressOutcome } from '../support/engine';
import { TemplateDesk } from '../support/templateDesk';

const NODE = 'n8n-nodes-whatsapp-crm.whatsAppCrm';
const LAURA = '573001112233';

let desk: TemplateDesk;

beforeAll(async () => {
	desk = await TemplateDesk.open({ advisors: [{ name: 'Carolina Rojas', areas: ['sales'] }] });
	const laura = desk.simulator.customer({ waId: LAURA, profileName: 'Laura' });
	for (const text of ['hola', 'Laura Gómez Restrepo', '1020304050', '1', '20 portátiles', 'formal']) {
		await laura.text(text).delivered;
		await desk.settle();
	}
});

afterAll(async () => {
	await desk.close();
});

async function press(
	operation: string,
	parameters: INodeParameters = {},
	mode: 'trigger' | 'manual' = 'trigger',
): Promise<PressOutcome> {
	return await pressNode({
		node: NODE,
		mode,
		credentials: desk.credentials,
		parameters: { resource: 'metric', operation, ...parameters },
	});
}

const rowsOf = ({ outputs }: PressOutcome): IDataObject[] => (outputs[0] ?? []).map(({ json }) => json);

test('O9: Get Many gives a row for each figure of a menu option, with the name that people read', async () => {
	const rows = rowsOf(await press('getAll', { range: 'today', granularity: 'span', breakDownBy: 'option' }));

	expect(rows.find(({ metric }) => metric === 'cases')).toEqual({
		day: '2026-01-13',
		metric: 'cases',
		value: 1,
		unit: 'count',
		breakDownBy: 'option',
		key: 'quotation',
		label: 'Solicitar una cotización',
	});
	const limited = rowsOf(await press('getAll', { range: 'today', limit: 2 }));
	expect(limited).toHaveLength(2);
});

test('O9: Get Summary is one item with figures, alerts and words', async () => {
	const [summary, ...others] = rowsOf(await press('getSummary', { range: 'today' }));

	expect(others).toEqual([]);
	expect(summary).toMatchObject({ from: '2026-01-13', to: '2026-01-13', requestId: 'report:2026-01-13:2026-01-13' });
	const metrics = summary?.metrics as IDataObject[];
	expect(metrics.find(({ name }) => name === 'conversations')).toMatchObject({ value: 1, previous: 0 });
	expect(metrics.find(({ name }) => name === 'leads')).toMatchObject({ value: 1 });
	expect(String(summary?.text)).toContain('• Leads: 1');
});

test('days that are none are said with the name of the field', async () => {
	const { error } = await press('getSummary', { range: 'own', from: 'ayer', to: '2026-01-13' });
	expect(error?.message).toContain("'From' is no day: 'ayer'");
	expect(error?.description).toContain('2026-03-10');
});

test('O10: Get Alerts by hand raises nothing and tells nobody; a run asks Meta for the numbers', async () => {
	await desk.store.db
		.updateTable('conversations')
		.set({ waiting_since: 1, mode: 'waiting' })
		.where('workspace_id', '=', 'desk')
		.execute();
	expect(rowsOf(await press('getAlerts', {}, 'manual'))).toEqual([]);
	expect(await listOpenAlerts(desk.store.db, 'desk', { limit: 5 })).toEqual([]);
	const before = desk.simulator.ledger.requests.length;
	const rows = rowsOf(await press('getAlerts', { which: 'changes' }));

	expect(rows).toMatchObject([{ kind: 'sla', state: 'open' }]);
	expect(desk.simulator.ledger.requests.slice(before).some(({ path }) => path.includes('phone_numbers'))).toBe(true);
	expect(rowsOf(await press('getAlerts', { which: 'changes' }))).toEqual([]);
	expect(rowsOf(await press('getAlerts', { which: 'open' }))).toHaveLength(1);
});

test('O11: Erase Old Records is a dry run unless somebody says otherwise', async () => {
	const { outputs } = await pressNode({
		node: NODE,
		mode: 'trigger',
		credentials: desk.credentials,
		parameters: { resource: 'workspace', operation: 'applyRetention' },
	});
	expect(outputs[0]?.[0]?.json).toMatchObject({ dryRun: true, conversations: 0, rules: { messagesDays: 0 } });
});
