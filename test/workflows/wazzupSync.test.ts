import { listLeads } from '../../nodes/shared/store/repositories/leads';
import { changeLeadStage } from '../../nodes/shared/usecases/leads/changeLeadStage';
import { shippedWorkflow } from '../support/templateDesk';
import { WazzupDesk } from '../support/wazzupDesk';

const template = shippedWorkflow('wazzup-sync.json');
const LAURA = '573001112233';
const TEAM = [
	{ name: 'Carolina Rojas', areas: ['sales'] },
	{ name: 'Sonia Gil', role: 'supervisor' as const },
];

describe('workflows/wazzup-sync.json', () => {
	test('it takes no address from the bot’s workflow of the same account, and asks for runs by itself', () => {
		const trigger = template.nodes.find(({ type }) => type.endsWith('.wazzupTrigger'));
		expect(trigger?.parameters).toMatchObject({ subscription: 'manual', options: { syncOnChanges: true } });
	});

	test('Due and the button lead to the sync; nothing else does', () => {
		const sync = template.nodes.find(({ parameters }) => 'resource' in parameters && parameters.resource === 'sync');
		const leading = Object.entries(template.connections).flatMap(([from, { main = [] }]) =>
			main.flatMap((wires, output) =>
				(wires ?? []).filter(({ node }) => node === sync?.name).map(() => [from, output]),
			),
		);
		expect(sync?.parameters).toMatchObject({ operation: 'run' });
		expect(leading).toEqual([
			['Cuando algo cambia', 6],
			['Ver qué se enviaría', 0],
		]);
	});
});

describe('wazzup-sync.json beside the bot (W11)', () => {
	let desk: WazzupDesk;
	beforeEach(async () => {
		desk = await WazzupDesk.open({ templates: ['wazzup-bot.json', 'wazzup-sync.json'], advisors: TEAM });
		await desk.settle();
	});
	afterEach(async () => {
		await desk.close();
	});

	const there = () => ({
		contacts: [...desk.wazzup.account.contacts.values()],
		deals: [...desk.wazzup.account.deals.values()],
	});

	async function quotation(): Promise<void> {
		const customer = desk.customer(LAURA, 'Laura');
		for (const text of ['hola', 'Laura Gómez Restrepo', '1020304050', '1', '20 portátiles', 'formal']) {
			await customer.text(text).delivered;
			await desk.settle();
		}
		await desk.wait(1);
	}

	test('the bot’s quotation is a contact and an open deal in Wazzup with whoever is responsible here; won, the deal is closed (W2, W3)', async () => {
		await quotation();
		const [lead] = await listLeads(desk.store.db, 'desk', { limit: 5 });
		const caro = (await desk.store.db.selectFrom('advisors').selectAll().execute()).find(({ name }) =>
			name.startsWith('Carolina'),
		);
		expect(there().contacts).toMatchObject([{ id: lead?.contact_id, name: 'Laura Gómez Restrepo' }]);
		expect(there().deals).toMatchObject([
			{ id: lead?.id, closed: false, contacts: [lead?.contact_id], responsibleUserId: lead?.advisor_id },
		]);
		expect(lead?.advisor_id).toBe(caro?.id);

		await changeLeadStage(desk.store, {
			leadId: lead?.id ?? '',
			stage: 'Won',
			amount: 54_000_000,
			currency: 'COP',
			actor: 'test',
		});
		await desk.wait(1);
		expect(there().deals).toMatchObject([{ id: lead?.id, closed: true }]);
		expect(await desk.unfinished()).toEqual([]);
	});

	test('with nothing changed nothing is written, and the bot’s Due asks for no run (O2)', async () => {
		await quotation();
		desk.wazzup.account.clearRecords();
		await desk.wait(5);
		await desk.wait(5);

		expect(desk.wazzup.account.requests.filter(({ method }) => method !== 'GET')).toEqual([]);
	});

	test('Wazzup takes no contacts for a while: the bot answers all the same, and afterwards both sides are equal (O5)', async () => {
		desk.wazzup.faults.inject({ on: 'POST /contacts', kind: 502, times: 50 });
		await quotation();
		expect(there().contacts).toEqual([]);
		expect(desk.customer(LAURA, 'Laura').received.at(-1)?.text).toContain('PS-2026-000001');
		desk.wazzup.faults.clear();
		await desk.wait(10);

		expect([there().contacts.length, there().deals.length]).toEqual([1, 1]);
		expect(await desk.unfinished()).toEqual([]);
	});
});
