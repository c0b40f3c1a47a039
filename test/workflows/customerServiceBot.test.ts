import type { INode } from 'n8n-workflow';

import { whole } from '../../nodes/shared/usecases/cards';
import { attachmentsOf } from '../../nodes/shared/store/repositories/attachments';
import { countSoFar, listCases } from '../../nodes/shared/store/repositories/cases';
import { listContacts } from '../../nodes/shared/store/repositories/contacts';
import { listConversations } from '../../nodes/shared/store/repositories/conversations';
import { listLeads } from '../../nodes/shared/store/repositories/leads';
import { TemplateDesk, type TemplateDeskOptions } from '../support/templateDesk';
import type { Customer } from '../simulators/graph';

const LAURA = '573001112233';
const PEDRO = '573004445566';
const TEAM = [
	{ name: 'Carolina Rojas', aliases: ['Caro'], areas: ['sales'] },
	{ name: 'Diana Torres', areas: ['support', 'documents', 'finance'] },
];

let desk: TemplateDesk;

async function openDesk(options: TemplateDeskOptions = {}): Promise<TemplateDesk> {
	desk = await TemplateDesk.open({ advisors: TEAM, ...options });
	return desk;
}

afterEach(async () => {
	await desk.close();
});

const writer = (waId = LAURA, profileName = 'Laura'): Customer => desk.simulator.customer({ waId, profileName });

/** Each text is read and answered before the next is written. */
async function says(customer: Customer, ...texts: readonly string[]): Promise<void> {
	for (const text of texts) {
		await customer.text(text).delivered;
		await desk.settle();
	}
}

const cases = async () => (await listCases(desk.store.db, 'desk', { limit: 20 })).reverse();
const leads = async () => await listLeads(desk.store.db, 'desk', { limit: 20 });
const lastBubble = (waId = LAURA): string => desk.bubbles(waId).at(-1) ?? '';
const unfinished = async () => {
	const [effects, outbox, journal] = await Promise.all([
		desk.store.db.selectFrom('effects').select(['output', 'state', 'error']).where('state', '!=', 'done').execute(),
		desk.store.db
			.selectFrom('outbox')
			.select(['state', 'error'])
			.where('state', 'not in', ['accepted', 'cancelled'])
			.execute(),
		desk.store.db.selectFrom('journal').select(['output', 'state', 'error']).where('state', '!=', 'done').execute(),
	]);
	return [...effects, ...outbox, ...journal];
};

const introduced = ['hola', 'Laura Gómez Restrepo', '1020304050'] as const;

describe('B7: a quotation', () => {
	test('a new customer with a photo gets a case with number and file, a lead, and one confirmation (B4, D4, P1, P2)', async () => {
		await openDesk();
		const laura = writer();
		await says(laura, ...introduced);
		await laura.tapButton('1. Cotización').delivered;
		await desk.settle();
		await laura.text('20 portátiles para la oficina').delivered;
		await laura.image('foto.jpg').delivered;
		await desk.settle();
		await says(laura, 'formal');

		const [quotation, ...others] = await cases();
		expect(others).toEqual([]);
		expect(quotation).toMatchObject({ number: 'PS-2026-000001', type: 'quotation', area: 'sales', status: 'open' });
		const files = await attachmentsOf(desk.store.db, 'desk', 'case', quotation?.id ?? '');
		expect(files.map(({ type, state }) => [type, state])).toEqual([['image', 'stored']]);
		const [lead] = await leads();
		expect(lead).toMatchObject({ name: 'Laura Gómez Restrepo', phone: '+573001112233', case_id: quotation?.id });
		expect(await attachmentsOf(desk.store.db, 'desk', 'lead', lead?.id ?? '')).toHaveLength(1);
		expect(desk.bubbles(LAURA).filter((text) => text.includes('PS-2026-000001'))).toHaveLength(1);
		expect(lastBubble()).toContain('Perfecto. He registrado tu solicitud con el número PS-2026-000001.');
		expect(desk.runs.map(({ status }) => status)).not.toContain('error');
		expect(await unfinished()).toEqual([]);
	});

	test('general information makes the case and no lead, although the lead node stands on the branch (D12)', async () => {
		await openDesk();
		const laura = writer();
		await says(laura, ...introduced, '1', 'impresoras', 'solo información general');

		expect((await cases()).map(({ type }) => type)).toEqual(['information']);
		expect(await leads()).toEqual([]);
		expect(desk.runs.at(-1)?.outputs['Guardar el Lead']?.[0]?.[0]?.json.action).toBe('skipped');
		expect(lastBubble()).toContain('PS-2026-000001');
	});

	test('with the rule "all" the same request makes a lead, without a change on the canvas (D12)', async () => {
		await openDesk({ profile: { leads: { rule: 'all' } } });
		await says(writer(), ...introduced, '1', 'impresoras', 'solo información general');

		expect(await leads()).toHaveLength(1);
	});
});

describe('the other branches', () => {
	test('what the Switch has no rule for makes its case too, for the right area and person (B9)', async () => {
		await openDesk();
		await says(writer(), ...introduced, '3');
		await writer().tapButton('Soporte técnico').delivered;
		await desk.settle();
		await says(writer(), 'la impresora no enciende desde ayer');

		const [support] = await cases();
		expect(support).toMatchObject({ type: 'support', area: 'support' });
		expect(desk.runs.at(-1)?.order).toContain('Registrar otra solicitud');
		expect(lastBubble()).toContain('Diana Torres');
		expect(lastBubble()).toContain(String(support?.number));
	});

	test('who asks for a person gets one: assigned, told, and the bot is silent (B14, D33)', async () => {
		await openDesk();
		await says(writer(), ...introduced, 'quiero hablar con una persona');

		const [conversation] = await listConversations(desk.store.db, 'desk', { limit: 5 });
		expect(conversation?.mode).toBe('waiting');
		expect(desk.runs.some(({ order }) => order.includes('Asignar a un asesor'))).toBe(true);
		const told = await desk.store.db.selectFrom('notifications').select(['kind', 'contact_id']).execute();
		expect(told.map(({ contact_id: contactId }) => contactId)).toContain(conversation?.contact_id);
		expect(conversation?.owner_advisor_id).not.toBeNull();
		const before = desk.bubbles(LAURA).length;
		await says(writer(), 'sigo esperando', 'otra cosa');
		expect(desk.bubbles(LAURA).length - before).toBeLessThanOrEqual(1);
		expect(desk.bubbles(LAURA).slice(before).join()).not.toContain('1️⃣');
	});

	test('who does not go on is reminded twice, then the request is kept as incomplete, without a number (B12, D19)', async () => {
		await openDesk();
		await says(writer(), ...introduced, '1', 'impresoras');
		const before = desk.bubbles(LAURA).length;
		await desk.wait(16);
		await desk.wait(110);
		expect(desk.bubbles(LAURA).slice(before)).toEqual([
			expect.stringContaining('¿Sigues ahí?'),
			expect.stringContaining('Si necesitas más tiempo'),
		]);
		await desk.wait(600);

		expect((await cases()).map(({ status }) => status)).toEqual(['incomplete']);
		expect(desk.runs.at(-1)?.order).toContain('Guardar la solicitud incompleta');
		expect(desk.bubbles(LAURA).join('\n')).not.toContain('PS-2026');
		expect(await unfinished()).toEqual([]);
	});

	test('a file that comes after its case lies on that case (B11)', async () => {
		await openDesk();
		await says(writer(), ...introduced, '1', 'impresoras', 'formal');
		await writer().document('ficha.pdf').delivered;
		await desk.settle();

		const [quotation] = await cases();
		const files = await attachmentsOf(desk.store.db, 'desk', 'case', quotation?.id ?? '');
		expect(files.map(({ type, state }) => [type, state])).toEqual([['document', 'stored']]);
	});

	test('customers of one burst are answered apart, each case with its own number (U7)', async () => {
		await openDesk();
		const people = [writer(), writer(PEDRO, 'Pedro')];
		for (const texts of [...introduced, '1', 'impresoras', 'formal']) {
			await Promise.all(people.map(async (person) => await person.text(texts).delivered));
			await desk.settle();
		}

		expect((await cases()).map(({ number }) => number)).toEqual(['PS-2026-000001', 'PS-2026-000002']);
		expect(new Set((await cases()).map(({ contact_id: contactId }) => contactId)).size).toBe(2);
		expect(desk.bubbles(LAURA).length).toBe(desk.bubbles(PEDRO).length);
	});
});

describe('when something goes wrong', () => {
	test('a webhook that comes three times at once is one message and one answer', async () => {
		await openDesk();
		desk.simulator.faults.webhooks({ copies: 3, concurrently: true });
		await says(writer(), 'hola', 'Laura Gómez Restrepo');

		expect(desk.bubbles(LAURA)).toHaveLength(2);
	});

	test('WhatsApp asks to slow down: the same bubble leaves later, once', async () => {
		await openDesk();
		desk.simulator.faults.inject({ on: 'send', kind: '429', times: 1 });
		await says(writer(), 'hola');
		await desk.wait(1);

		expect(desk.bubbles(LAURA)).toHaveLength(1);
		expect(await unfinished()).toEqual([]);
	});

	test('a file that cannot be fetched stops nobody and is fetched later', async () => {
		await openDesk();
		await says(writer(), ...introduced, '1', 'impresoras');
		desk.simulator.faults.inject({ on: 'media', kind: '500', times: 10 });
		await writer().image('foto.jpg').delivered;
		await desk.settle();
		await says(writer(), 'formal');
		expect(lastBubble()).toContain('PS-2026-000001');
		desk.simulator.faults.clear();
		await desk.wait(2);
		await desk.wait(10);

		const [quotation] = await cases();
		const files = await attachmentsOf(desk.store.db, 'desk', 'case', quotation?.id ?? '');
		expect(files.map(({ state }) => state)).toEqual(['stored']);
	});

	test('a node that breaks on the case branch: the case is made when it is mended, and said once (O4)', async () => {
		const broken = (nodes: INode[]) =>
			nodes.map((node) =>
				node.name === 'Registrar la cotización' ? { ...node, parameters: { operation: 'gone' } } : node,
			);
		await openDesk({ change: (workflow) => ({ ...workflow, nodes: broken(workflow.nodes) }) });
		await says(writer(), ...introduced, '1', 'impresoras', 'formal');
		expect(desk.runs.at(-1)?.status).toBe('error');
		expect(await cases()).toEqual([]);

		for (const node of desk.workflow.nodes) {
			if (node.name === 'Registrar la cotización') node.parameters = { operation: 'create' };
		}
		await desk.wait(1);

		expect((await cases()).map(({ number }) => number)).toEqual(['PS-2026-000001']);
		expect(desk.bubbles(LAURA).filter((text) => text.includes('PS-2026-000001'))).toHaveLength(1);
		expect(await leads()).toHaveLength(1);
	});

	test('an execution that is repeated whole makes no second case, lead or bubble', async () => {
		await openDesk();
		await says(writer(), ...introduced, '1', 'impresoras');
		await writer().text('formal').delivered;
		await desk.settle();
		const bubbles = desk.bubbles(LAURA).length;
		// As after a crash between the last node and the acknowledgement.
		await desk.store.db
			.updateTable('effects')
			.set({ state: 'ready', ready_at: 0, owner: null, emission_id: null })
			.execute();
		await desk.settle();

		expect(await cases()).toHaveLength(1);
		expect(await leads()).toHaveLength(1);
		expect(desk.bubbles(LAURA)).toHaveLength(bubbles);
		expect(await unfinished()).toEqual([]);
	});
});

describe('by hand in the editor (U5)', () => {
	test('the pinned samples play a whole quotation, and nothing happens', async () => {
		await openDesk();
		const run = await desk.pressByHand();

		expect(run.error).toBeUndefined();
		expect(run.status).toBe('success');
		const [replies] = run.outputs['Atender al cliente'] ?? [];
		expect(replies?.map(({ json }) => json.simulated)).toEqual(replies?.map(() => true));
		expect(run.outputs['Registrar la cotización']?.[0]?.[0]?.json).toMatchObject({
			simulated: true,
			number: 'PS-2026-000001',
			type: 'quotation',
			confirmation: expect.stringContaining('PS-2026-000001'),
		});
		expect(run.outputs['Guardar el Lead']?.[0]?.[0]?.json).toMatchObject({
			simulated: true,
			button: 'Crear Lead',
			lead: { name: 'Laura Gómez Restrepo', quantity: '20' },
		});
		const requests = run.outputs['Enviar por WhatsApp']?.[0]?.flatMap(({ json }) => json.requests);
		expect(JSON.stringify(requests)).toContain('PS-2026-000001');
		expect(desk.simulator.ledger.counters.sends).toBe(0);
		expect(await listContacts(desk.store.db, 'desk', { limit: 5 })).toEqual([]);
		expect(await countSoFar(desk.store.db, 'desk', 'case:PS-2026-#')).toBe(0);
	});

	test('with customers waiting, a run by hand leaves every row as it is', async () => {
		await openDesk({ profile: { answerDelayMs: 60_000 } });
		await writer().text('hola').delivered;
		await desk.simulator.settled();
		const tables = ['journal', 'messages', 'conversations', 'outbox', 'effects', 'counters', 'audit_log'] as const;
		const snapshot = async () =>
			await Promise.all(
				tables.map(async (table) => (await desk.store.db.selectFrom(table).selectAll().execute()).map(whole)),
			);
		const before = await snapshot();
		await desk.pressByHand();

		expect(await snapshot()).toEqual(before);
		expect(desk.simulator.ledger.counters.sends).toBe(0);
	});
});
