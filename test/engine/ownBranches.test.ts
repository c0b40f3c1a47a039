import { NodeConnectionTypes, NodeHelpers, Workflow, type INode, type INodeParameters } from 'n8n-workflow';

import { BotConversation } from '../../nodes/BotConversation/BotConversation.node';
import { prosuministros } from '../../nodes/shared/domain/profile/prosuministros';
import type { BusinessProfileInput } from '../../nodes/shared/domain/profile/businessProfile';
import { validProfile } from '../../nodes/shared/usecases/profile/businessProfile';
import { listCases } from '../../nodes/shared/store/repositories/cases';
import type { Customer } from '../simulators/graph';
import { searchList } from '../support/engine';
import { NodeTypesOfTheTest } from '../support/engine/nodeTypes';
import { TemplateDesk, type ShippedWorkflow } from '../support/templateDesk';

const BOT = 'Atender al cliente';
const OWN = 'Registrar la garantía';
const LAURA = '573001112233';

/** What a client adds to the menu of HU-0012: an option with its own question, area and confirmation. */
const withFourthOption = validProfile({
	...prosuministros,
	answerDelayMs: 0,
	areas: [...prosuministros.areas, { key: 'warranty', name: 'Garantías' }],
	options: [
		...prosuministros.options,
		{
			id: 'warranty',
			title: '4. Garantía',
			label: 'Reclamar una garantía',
			area: 'warranty',
			caseType: 'support',
			questions: [{ field: 'serial', type: 'text', textKey: 'warranty_serial' }],
			confirmation: ['I'],
		},
	],
	texts: { es: { warranty_serial: '¿Cuál es el serial del equipo?' } },
} satisfies BusinessProfileInput);

const warranties = { name: 'Garantías', takes: 'option', option: { __rl: true, mode: 'list', value: 'warranty' } };

/** The shipped bot with these own branches; the first one registers its requests with a Case node of its own. */
const withBranches =
	(...branch: ReadonlyArray<Readonly<Record<string, unknown>>>) =>
	(workflow: ShippedWorkflow): ShippedWorkflow => {
		const register = workflow.nodes.find(({ name }) => name === 'Registrar otra solicitud') as INode;
		const main = [...(workflow.connections[BOT]?.main ?? [])];
		main[5] = [{ node: OWN, type: NodeConnectionTypes.Main, index: 0 }];
		return {
			...workflow,
			nodes: [
				...workflow.nodes.map((node) =>
					node.name === BOT ? { ...node, parameters: { ownBranches: { branch } } as unknown as INodeParameters } : node,
				),
				{ ...register, id: 'garantia', name: OWN },
			],
			connections: {
				...workflow.connections,
				[BOT]: { main },
				[OWN]: { main: [[{ node: 'Enviar por WhatsApp', type: NodeConnectionTypes.Main, index: 0 }]] },
			},
		};
	};

let desk: TemplateDesk;

afterEach(async () => {
	await desk?.close();
});

async function asksForWarranty(): Promise<Customer> {
	const laura = desk.simulator.customer({ waId: LAURA, profileName: 'Laura' });
	for (const text of ['hola', 'Laura Gómez Restrepo', '1020304050', '4', 'SN-8841-X']) {
		await laura.text(text).delivered;
		await desk.settle();
	}
	return laura;
}

const cases = async () => await listCases(desk.store.db, 'desk', { limit: 5 });
const walked = (): readonly string[] => desk.runs.at(-1)?.order ?? [];

describe('U6: a fourth menu option', () => {
	test('without an own branch arrives on Case with its type, area and option, and makes its case', async () => {
		desk = await TemplateDesk.open({ profile: withFourthOption });
		await asksForWarranty();

		expect(desk.runs.at(-1)?.outputs[BOT]?.[1]?.[0]?.json).toMatchObject({
			type: 'support',
			area: 'warranty',
			option: 'warranty',
			fields: { serial: 'SN-8841-X' },
		});
		expect(walked()).toContain('Registrar otra solicitud');
		expect(await cases()).toMatchObject([{ number: 'PS-2026-000001', area: 'warranty', option: 'warranty' }]);
	});

	test('with an own branch leaves on its own output, after the fixed five, instead of Case', async () => {
		desk = await TemplateDesk.open({ profile: withFourthOption, change: withBranches(warranties) });
		await asksForWarranty();

		const outputs = desk.runs.at(-1)?.outputs[BOT] ?? [];
		expect(outputs).toHaveLength(6);
		expect(outputs[1]).toEqual([]);
		expect(outputs[5]?.map(({ json }) => json.option)).toEqual(['warranty']);
		expect(walked()).toContain(OWN);
		expect(walked()).not.toContain('¿Qué tipo de solicitud es?');
		expect(await cases()).toMatchObject([{ area: 'warranty' }]);
		expect(desk.bubbles(LAURA).filter((text) => text.includes('PS-2026-000001'))).toHaveLength(1);
	});

	test('a request that belongs to no own branch stays on Case, on the wire of before', async () => {
		desk = await TemplateDesk.open({ profile: withFourthOption, change: withBranches(warranties) });
		const laura = desk.simulator.customer({ waId: LAURA, profileName: 'Laura' });
		for (const text of ['hola', 'Laura Gómez Restrepo', '1020304050', '1', 'impresoras', 'formal']) {
			await laura.text(text).delivered;
			await desk.settle();
		}

		expect(walked()).toContain('Registrar la cotización');
		expect(walked()).not.toContain(OWN);
	});

	test('the first branch that fits takes it; one that names nothing takes nothing', async () => {
		desk = await TemplateDesk.open({
			profile: withFourthOption,
			change: withBranches(
				{ name: 'Sin elegir', takes: 'option', option: { __rl: true, mode: 'list', value: '' } },
				{ name: 'Soporte', takes: 'caseType', caseType: 'support' },
				warranties,
			),
		});
		await asksForWarranty();

		expect(
			desk.runs
				.at(-1)
				?.outputs[BOT]?.slice(5)
				.map((items) => items.length),
		).toEqual([0, 1, 0]);
	});

	test('what was not finished takes the own branch again, and the case is made once (O4)', async () => {
		desk = await TemplateDesk.open({ profile: withFourthOption, change: withBranches(warranties) });
		const own = desk.workflow.nodes.find(({ name }) => name === OWN) as INode;
		own.parameters = { operation: 'gone' };
		await asksForWarranty();
		expect(await cases()).toEqual([]);

		own.parameters = { operation: 'create' };
		await desk.wait(1);

		expect(walked()).toContain(OWN);
		expect(await cases()).toHaveLength(1);
	});

	test('by hand it is simulated on its own output too (U5)', async () => {
		desk = await TemplateDesk.open({
			profile: withFourthOption,
			change: withBranches({ name: 'Cotizaciones', takes: 'caseType', caseType: 'quotation' }),
		});
		const run = await desk.pressByHand();

		expect(run.outputs[BOT]?.[1]).toEqual([]);
		expect(run.outputs[OWN]?.[0]?.[0]?.json).toMatchObject({ simulated: true, type: 'quotation' });
	});
});

describe('the outputs on the canvas', () => {
	const nodeTypes = new NodeTypesOfTheTest();
	const outputsWith = (parameters: INodeParameters): Array<string | undefined> => {
		const node: INode = {
			id: 'bot',
			name: 'Bot',
			type: 'n8n-nodes-whatsapp-crm.botConversation',
			typeVersion: 1,
			position: [0, 0],
			parameters,
		};
		const { description } = nodeTypes.getByNameAndVersion(node.type, 1);
		const workflow = new Workflow({ nodes: [node], connections: {}, active: false, nodeTypes });
		return NodeHelpers.getNodeOutputs(workflow, node, description).map((output) =>
			typeof output === 'string' ? output : output.displayName,
		);
	};
	const fixed = ['Reply', 'Case', 'Handoff', 'Closed', 'Attachment'];

	test('a workflow saved without own branches has the fixed five, in their order', () => {
		expect(outputsWith({})).toEqual(fixed);
		expect(outputsWith({ ownBranches: {} })).toEqual(fixed);
	});

	test('own branches come after them, by their names; one without a name is numbered', () => {
		expect(outputsWith({ ownBranches: { branch: [{ name: 'Garantías' }, { name: '' }] } })).toEqual([
			...fixed,
			'Garantías',
			'Branch 2',
		]);
	});

	test('the list of menu options is that of the business profile', async () => {
		desk = await TemplateDesk.open({ profile: withFourthOption });
		const { results } = await searchList(BotConversation, 'searchMenuOptions', {
			credentials: desk.credentials,
			filter: 'garant',
		});

		expect(results).toEqual([{ name: '4. Garantía', value: 'warranty' }]);
	});
});
