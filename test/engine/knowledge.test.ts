import { NodeConnectionTypes, type IDataObject, type INodeParameters, type WorkflowExecuteMode } from 'n8n-workflow';

import { WhatsAppCrm } from '../../nodes/WhatsAppCrm/WhatsAppCrm.node';
import { pressNode, runWorkflow, searchList, type PressOutcome } from '../support/engine';
import { modelNode, type ModelOfTheTest } from '../support/languageModel';
import { TemplateDesk } from '../support/templateDesk';

let desk: TemplateDesk;

beforeEach(async () => {
	desk = await TemplateDesk.open();
});

afterEach(async () => {
	await desk.close();
});

async function press(
	resource: string,
	operation: string,
	parameters: INodeParameters = {},
	{ items = [{}], mode = 'trigger' }: { items?: IDataObject[]; mode?: WorkflowExecuteMode } = {},
): Promise<PressOutcome> {
	return await pressNode({
		node: WhatsAppCrm,
		mode,
		parameters: { resource, operation, ...parameters },
		inputItems: items.map((json) => ({ json })),
		credentials: desk.credentials,
	});
}

const all = ({ outputs }: PressOutcome): IDataObject[] => (outputs[0] ?? []).map(({ json }) => json);
const byId = (value: unknown) => ({ __rl: true, mode: 'id', value: String(value) });

const rows = [
	{ Referencia: 'HP107', Nombre: 'Impresora HP 107w', Valor: '650.000', Existencias: 3 },
	{ Referencia: 'HP108', Nombre: 'Impresora HP 108a', Valor: 'por confirmar' },
];

describe('Catalogue Item', () => {
	test('C7: a spreadsheet is imported with a report for every row, paired with it; again nothing changes', async () => {
		const imported = await press('catalogueItem', 'import', {}, { items: rows });

		expect(all(imported)).toMatchObject([
			{ row: 1, action: 'created', sku: 'HP107' },
			{ row: 2, action: 'refused', why: "'Valor' is no price: 'por confirmar'" },
		]);
		expect(imported.outputs[0]?.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 1 }]);
		expect(all(await press('catalogueItem', 'import', {}, { items: rows }))[0]).toMatchObject({ action: 'unchanged' });
		expect(all(await press('catalogueItem', 'get', { catalogueItem: byId('HP107') }))[0]).toMatchObject({
			name: 'Impresora HP 107w',
			price: '650000',
			currency: 'COP',
			stock: { '': 3 },
			active: true,
		});
	});

	test('by hand an import and a deletion only show', async () => {
		expect(all(await press('catalogueItem', 'import', {}, { items: rows, mode: 'manual' }))[0]).toMatchObject({
			simulated: true,
			action: 'created',
		});
		expect(all(await press('catalogueItem', 'getAll'))).toEqual([]);
		await press('catalogueItem', 'import', {}, { items: rows });
		const shown = await press('catalogueItem', 'delete', { catalogueItem: byId('HP107') }, { mode: 'manual' });
		expect(all(shown)).toMatchObject([{ simulated: true, deleted: false, sku: 'HP107' }]);
		expect(all(await press('catalogueItem', 'delete', { catalogueItem: byId('HP107') }))).toMatchObject([
			{ deleted: true },
		]);
		expect((await press('catalogueItem', 'get', { catalogueItem: byId('HP107') })).error?.message).toContain(
			"There is no catalogue item 'HP107'",
		);
	});

	test('one item is written down and changed; what is not said of it stays', async () => {
		await press('catalogueItem', 'upsert', { sku: 'A1', additionalFields: { name: 'Tóner 105A', price: '$ 210.000' } });
		const changed = await press('catalogueItem', 'upsert', { sku: 'A1', additionalFields: { deliveryTime: 'mañana' } });

		expect(all(changed)).toMatchObject([{ action: 'updated', name: 'Tóner 105A' }]);
		expect(all(await press('catalogueItem', 'getAll'))).toMatchObject([
			{ sku: 'A1', price: '210000', deliveryTime: 'mañana' },
		]);
		const refused = await press('catalogueItem', 'upsert', { sku: 'A2', additionalFields: { price: '1' } });
		expect(refused.error?.message).toContain("The catalogue item 'A2' cannot be saved: It has no name");
		const listed = await searchList(WhatsAppCrm, 'searchCatalogueItems', {
			credentials: desk.credentials,
			filter: 'tóner',
		});
		expect(listed.results).toEqual([{ name: 'Tóner 105A · A1', value: 'A1' }]);
	});
});

describe('Knowledge', () => {
	const entry = {
		title: '¿Qué garantía tienen?',
		answer: 'Un año.',
		additionalFields: { questions: '¿Cuánto dura la garantía?' },
	};

	test('B20: Search says what the bot would answer and why', async () => {
		await press('catalogueItem', 'import', {}, { items: rows });
		await press('knowledge', 'upsert', entry);
		const search = async (text: string) => all(await press('knowledge', 'search', { text }))[0];

		expect(await search('cuanto dura la garantia?')).toMatchObject({
			result: 'answer',
			answer: 'Un año.',
			sources: [{ kind: 'entry', title: '¿Qué garantía tienen?', score: 1 }],
		});
		expect(await search('¿cuánto vale la inpresora hp 107w?')).toMatchObject({
			result: 'answer',
			answer: expect.stringContaining('Impresora HP 107w: $ 650.000'),
		});
		expect(await search('¿cuánto vale la impresora HP 999?')).toMatchObject({
			result: 'none',
			why: expect.stringContaining('nothing that is kept fits'),
		});
		expect(await search('mi impresora no prende')).toMatchObject({ result: 'notAsked', answer: null });
	});

	test.each<[string, INodeParameters, string]>([
		['no question', { ...entry, title: ' ' }, "'Question' is empty"],
		['no answer', { ...entry, answer: ' ' }, "'Answer' is empty"],
		['an area that does not exist', { ...entry, additionalFields: { area: byId('ventas') } }, "'Area' names 'ventas'"],
	])('an entry with %s is refused in words', async (_what, parameters, message) => {
		expect((await press('knowledge', 'upsert', parameters)).error?.message).toContain(message);
		expect(all(await press('knowledge', 'getAll'))).toEqual([]);
	});

	test('a document becomes passages, its next version replaces it', async () => {
		const document = async (text: string) =>
			all(await press('knowledge', 'importDocument', { source: 'Políticas', text }));
		expect(await document('ENVÍOS\nA todo el país en tres días.\n\nDEVOLUCIONES\nCinco días hábiles.')).toMatchObject([
			{ title: 'ENVÍOS', action: 'created', passages: 2 },
			{ title: 'DEVOLUCIONES' },
		]);
		expect(await document('ENVÍOS\nA todo el país en tres días.')).toMatchObject([{ action: 'unchanged', removed: 1 }]);
		expect(all(await press('knowledge', 'getAll', { filters: { source: 'Políticas' } }))).toHaveLength(1);
		expect((await press('knowledge', 'importDocument', { source: 'x', text: ' ' })).error?.message).toContain(
			"'Text' has nothing that could be said",
		);
	});

	test('O15: what nothing answered is listed with how often, and whether it would be answered by now', async () => {
		await press('knowledge', 'upsert', entry);
		for (const waId of ['573000000001', '573000000002']) {
			await desk.simulator.customer({ waId }).text('¿dictan capacitaciones?').delivered;
			await desk.settle();
		}
		const unanswered = async () => all(await press('knowledge', 'getUnanswered'));

		expect(await unanswered()).toMatchObject([{ question: '¿dictan capacitaciones?', times: 2, answeredNow: false }]);
		await press('knowledge', 'upsert', {
			title: '¿Dictan capacitaciones?',
			answer: 'Sí, los jueves.',
			additionalFields: {},
		});
		expect(await unanswered()).toMatchObject([{ answeredNow: true, answer: 'Sí, los jueves.' }]);
	});
});

test('B20: by hand Bot Conversation answers from the knowledge, and a connected model only says what it cites', async () => {
	await press('knowledge', 'upsert', {
		title: 'Servicio técnico',
		answer: 'El técnico visita de lunes a sábado.',
		additionalFields: {},
	});
	const model: ModelOfTheTest = {
		asked: [],
		answer: async (text) =>
			await Promise.resolve(
				text.includes('domingos')
					? '{"passages":[1],"answer":"De lunes a sábado, los domingos no."}'
					: '{"passages":[],"answer":"Siempre."}',
			),
	};
	const ask = async (text: string): Promise<string> => {
		const { outputs } = await runWorkflow({
			nodes: [
				{ name: 'Bot', type: 'n8n-nodes-whatsapp-crm.botConversation' },
				{ name: 'Model', type: 'n8n-nodes-whatsapp-crm.modelOfTheTest' },
			],
			connections: {
				Model: { ai_languageModel: [[{ node: 'Bot', type: NodeConnectionTypes.AiLanguageModel, index: 0 }]] },
			},
			nodeClasses: [modelNode(model)],
			inputItems: [{ json: { text, from: '573001112233' } }],
			credentials: desk.credentials,
			startNode: 'Bot',
			mode: 'manual',
		});
		return String(outputs.Bot?.[0]?.[0]?.json.text);
	};

	expect(await ask('¿el técnico trabaja los domingos en sitio propio?')).toContain(
		'De lunes a sábado, los domingos no.',
	);
	expect(await ask('¿el técnico habla inglés fluido?')).not.toContain('Siempre');
});
