import { NodeConnectionTypes, type IDataObject, type INodeExecutionData } from 'n8n-workflow';

import { listContacts } from '../../nodes/shared/store/repositories/contacts';
import { messagesOfConversation } from '../../nodes/shared/store/repositories/messages';
import { listConversations } from '../../nodes/shared/store/repositories/conversations';
import { pressNode, runWorkflow } from '../support/engine';
import { modelNode, type ModelOfTheTest } from '../support/languageModel';
import { PHONE_NUMBER_ID, TemplateDesk } from '../support/templateDesk';

const NODE = 'n8n-nodes-whatsapp-crm.botConversation';

let desk: TemplateDesk;

beforeEach(async () => {
	desk = await TemplateDesk.open();
});

afterEach(async () => {
	await desk.close();
});

/** The item that the trigger emits for what a customer wrote. */
async function written(waId: string, text: string): Promise<INodeExecutionData> {
	await desk.simulator.customer({ waId, profileName: 'Ana' }).text(text).delivered;
	const rows = await desk.store.db.selectFrom('journal').select('payload').orderBy('id', 'desc').limit(1).execute();
	return { json: JSON.parse(rows[0]?.payload ?? '{}') as IDataObject };
}

test('B1: each customer of a batch is answered once, the answers paired with their items', async () => {
	const items = [await written('573000000001', 'hola'), await written('573000000002', 'buenas')];
	const { outputs } = await pressNode({
		node: NODE,
		mode: 'trigger',
		inputItems: items,
		credentials: desk.credentials,
	});

	expect(outputs[0]?.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 1 }]);
	for (const { json } of outputs[0] ?? []) {
		expect(json.crm).toMatchObject({
			workspaceId: 'desk',
			channelId: PHONE_NUMBER_ID,
			outboxIds: [expect.any(String)],
		});
		expect(json.text).toContain('¿Cuál es tu nombre completo?');
		expect(json.asked).toBe('name');
	}
	expect(await listContacts(desk.store.db, 'desk', { limit: 5 })).toHaveLength(2);
});

test('the same items again answer nothing: what was handled stays handled', async () => {
	const items = [await written('573000000001', 'hola')];
	const press = async () =>
		await pressNode({ node: NODE, mode: 'trigger', inputItems: items, credentials: desk.credentials });
	await press();

	expect((await press()).outputs.flat()).toEqual([]);
	const [conversation] = await listConversations(desk.store.db, 'desk', { limit: 1 });
	const messages = await messagesOfConversation(desk.store.db, desk.store, conversation?.id ?? '', { limit: 10 });
	expect(messages.map(({ direction }) => direction).sort()).toEqual(['in', 'out']);
});

test('any node may stand between: the ids are found through the paired item', async () => {
	const item = await written('573000000001', 'hola');
	const { outputs, error } = await runWorkflow({
		nodes: [
			{ name: 'Start', type: 'n8n-nodes-base.noOp' },
			{
				name: 'Only Text',
				type: 'n8n-nodes-base.set',
				typeVersion: 3.4,
				parameters: {
					mode: 'manual',
					includeOtherFields: false,
					assignments: { assignments: [{ id: '1', name: 'other', type: 'string', value: 'x' }] },
				},
			},
			{ name: 'Bot', type: NODE },
		],
		connections: {
			Start: { main: [[{ node: 'Only Text', type: NodeConnectionTypes.Main, index: 0 }]] },
			'Only Text': { main: [[{ node: 'Bot', type: NodeConnectionTypes.Main, index: 0 }]] },
		},
		credentials: desk.credentials,
		startNode: 'Start',
		inputItems: [item],
	});

	expect(error).toBeUndefined();
	expect(outputs.Bot?.[0]).toHaveLength(1);
});

test('an item from nowhere is refused in words; where the node is set to go on, the others are answered', async () => {
	const good = await written('573000000001', 'hola');
	const items: INodeExecutionData[] = [{ json: { text: 'hola' } }, good];
	const stopped = await pressNode({ node: NODE, mode: 'trigger', inputItems: items, credentials: desk.credentials });
	expect(stopped.error?.message).toBe('The item does not come from a conversation');

	const { outputs } = await pressNode({
		node: NODE,
		mode: 'trigger',
		inputItems: items,
		credentials: desk.credentials,
		onError: 'continueRegularOutput',
	});
	expect(outputs[0]?.map(({ json, pairedItem }) => [json.error, pairedItem])).toEqual([
		['The item does not come from a conversation', { item: 0 }],
		[undefined, { item: 1 }],
	]);
});

test('B3: where the rules are unsure the connected model decides, and all messages are asked about at the same time', async () => {
	const waiting: Array<() => void> = [];
	const model: ModelOfTheTest = {
		asked: [],
		answer: async () => {
			await new Promise<void>((resolve) => {
				waiting.push(resolve);
				if (waiting.length === 2) for (const go of waiting) go();
			});
			return '{"intent":"human","confidence":0.9}';
		},
	};
	const unsure = 'eso que hablamos la otra vez con el muchacho';
	const items = [await written('573000000001', unsure), await written('573000000002', unsure)];
	const { outputs, error } = await runWorkflow({
		nodes: [
			{ name: 'Bot', type: NODE },
			{ name: 'Model', type: 'n8n-nodes-whatsapp-crm.modelOfTheTest' },
		],
		connections: {
			Model: { ai_languageModel: [[{ node: 'Bot', type: NodeConnectionTypes.AiLanguageModel, index: 0 }]] },
		},
		nodeClasses: [modelNode(model)],
		credentials: desk.credentials,
		startNode: 'Bot',
		inputItems: items,
	});

	expect(error).toBeUndefined();
	expect(model.asked).toEqual([unsure, unsure]);
	expect(outputs.Bot?.[2]).toHaveLength(2);
});

describe('by hand (U5)', () => {
	const press = async (items: readonly IDataObject[]) =>
		await pressNode({ node: NODE, inputItems: items.map((json) => ({ json })), credentials: desk.credentials });

	test('any item with a text is a message; items of one person continue one conversation', async () => {
		const { outputs } = await press([{ chatInput: 'hola' }, { text: 'Ana Pérez Gómez' }]);

		expect(outputs[0]?.map(({ json }) => json.asked)).toEqual(['name', 'identification']);
		expect(outputs[0]?.every(({ json }) => json.simulated === true)).toBe(true);
		expect(outputs[0]?.[0]?.json.effects).toEqual(expect.arrayContaining([expect.objectContaining({ kind: 'say' })]));
	});

	test('people are kept apart', async () => {
		const from = (phone: string) => ({ from: { phone } });
		const { outputs } = await press([
			{ text: 'hola', ...from('+573000000001') },
			{ text: 'hola', ...from('+573000000002') },
			{ text: 'Ana Pérez Gómez', ...from('+573000000001') },
		]);

		expect(outputs[0]?.map(({ json }) => json.asked)).toEqual(['name', 'name', 'identification']);
	});

	test('after the case the same person gets the template for duplicates, not a second case (B13)', async () => {
		const { outputs } = await press(
			['hola', 'Ana Pérez Gómez', '1020304050', '1', 'impresoras', 'formal', 'necesito cotizar impresoras'].map(
				(text) => ({ text }),
			),
		);

		expect(outputs[1]).toHaveLength(1);
		expect(outputs[0]?.at(-1)?.json.text).toContain('Ya tenemos un caso abierto');
	});

	test('an item without a message is refused in words, a due item does nothing', async () => {
		const refused = await press([{ other: 1 }]);
		expect(refused.error?.message).toBe('The item has no message to answer');

		const due = await press([{ due: 'turn', crm: {} }]);
		expect(due.outputs.flat()).toEqual([]);
	});
});
