import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { NodeConnectionTypes, type IDataObject, type INodeExecutionData, type INodeParameters } from 'n8n-workflow';

import { INTENTS } from '../../nodes/shared/domain/classifier/types';
import { closeIdleStores } from '../../nodes/shared/n8n/storeOfNode';
import { openStore } from '../../nodes/shared/store/open';
import { prosuministros } from '../../nodes/shared/domain/profile/prosuministros';
import {
	classifyWithModel,
	MODEL_PATIENCE,
	readModelAnswer,
} from '../../nodes/shared/usecases/models/classifyWithModel';
import { runWorkflow, type RunOutcome } from '../support/engine';
import { modelNode, type ModelOfTheTest } from '../support/languageModel';

const folder = mkdtempSync(path.join(tmpdir(), 'classifier-'));
const credentials = {
	whatsAppCrmStoreApi: { database: 'sqlite', workspace: 'desk', filePath: path.join(folder, 'store.sqlite') },
};

afterAll(async () => {
	await closeIdleStores();
	rmSync(folder, { recursive: true, force: true });
});

const answering = (reply: unknown): ModelOfTheTest => ({ asked: [], answer: async () => reply });

async function classified(
	texts: readonly unknown[],
	parameters: INodeParameters = {},
	model?: ModelOfTheTest,
	onError?: 'continueRegularOutput',
	run: { readonly mode?: 'manual' | 'trigger'; readonly crm?: IDataObject } = {},
): Promise<RunOutcome> {
	return await runWorkflow({
		...(run.mode === undefined ? {} : { mode: run.mode }),
		nodes: [
			{
				name: 'Classifier',
				type: 'n8n-nodes-whatsapp-crm.botClassifier',
				parameters,
				...(onError ? { onError } : {}),
			},
			...(model ? [{ name: 'Model', type: 'n8n-nodes-whatsapp-crm.modelOfTheTest' }] : []),
		],
		connections: model
			? {
					Model: {
						ai_languageModel: [[{ node: 'Classifier', type: NodeConnectionTypes.AiLanguageModel, index: 0 }]],
					},
				}
			: {},
		nodeClasses: model ? [modelNode(model)] : [],
		credentials,
		startNode: 'Classifier',
		inputItems: texts.map(
			(text): INodeExecutionData => ({
				json: { text, kept: 1, ...(run.crm ? { crm: run.crm } : {}) } as INodeExecutionData['json'],
			}),
		),
	});
}

test('B3: given messages, each item goes on with intent, confidence, the rule that matched, and what it said besides', async () => {
	const { outputs } = await classified(['necesito cotizar 20 portátiles', 'mi pedido 4512 no ha llegado']);
	const [items] = outputs.Classifier ?? [];

	expect(items?.map(({ json }) => [json.intent, json.by, json.kept])).toEqual([
		['quotation', 'rules', 1],
		['order_status', 'rules', 1],
	]);
	expect(items?.[0]?.json.entities).toMatchObject({ quantity: 20 });
	expect(items?.[0]?.json.matched).not.toEqual([]);
	expect(items?.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 1 }]);
});

test('in the mode "Output per Intent" each item stands on the output of its intent', async () => {
	const { outputs } = await classified(['hola', 'la impresora no funciona'], { outputMode: 'perIntent' });

	const counts = INTENTS.map((intent, place) => [intent, outputs.Classifier?.[place]?.length ?? 0] as const);
	expect(counts.filter(([, count]) => count > 0)).toEqual([
		['support', 1],
		['greeting', 1],
	]);
});

test('a path reaches into the item, and the answer may stand in a field of its own', async () => {
	const { outputs } = await runWorkflow({
		nodes: [
			{
				name: 'Classifier',
				type: 'n8n-nodes-whatsapp-crm.botClassifier',
				parameters: { textField: 'body.message', options: { outputField: 'said' } },
			},
		],
		credentials,
		startNode: 'Classifier',
		inputItems: [{ json: { body: { message: 'quiero una cotización' } } }],
	});

	expect(outputs.Classifier?.[0]?.[0]?.json).toMatchObject({ said: { intent: 'quotation' } });
});

test('an item without the field fails in words with its place; the others go on where the node is set to', async () => {
	const parameters = { textField: 'words' };
	const stopped = await classified(['hola'], parameters);
	expect(stopped.errors.Classifier?.message).toBe("The item has no field 'words'");

	const went = await classified(['hola'], parameters, undefined, 'continueRegularOutput');
	expect(went.outputs.Classifier?.[0]?.[0]).toMatchObject({
		json: { error: "The item has no field 'words'", message: expect.stringContaining('Text Field') },
		pairedItem: { item: 0 },
	});
});

describe('a connected model', () => {
	const unsure = 'eso que hablamos la otra vez con el muchacho';

	test('is asked only where the rules are unsure, and chooses from the list', async () => {
		const model = answering({ content: '```json\n{"intent": "order_status", "confidence": 0.8}\n```' });
		const { outputs } = await classified(['necesito una cotización', unsure], {}, model);

		expect(model.asked).toEqual([unsure]);
		expect(outputs.Classifier?.[0]?.map(({ json }) => [json.intent, json.by])).toEqual([
			['quotation', 'rules'],
			['order_status', 'model'],
		]);
	});

	test.each<[string, unknown]>([
		['an intent that does not exist', '{"intent":"refund","confidence":0.9}'],
		['more than was asked for', '{"intent":"billing","confidence":0.9,"reply":"hola"}'],
		['a confidence of 90', '{"intent":"billing","confidence":90}'],
		['words', 'I think it is about billing.'],
		['nothing', undefined],
		['a list of parts that is no JSON', { content: [{ type: 'text', text: 'billing' }] }],
	])('that answers %s changes nothing', async (_case, reply) => {
		const { outputs } = await classified([unsure], {}, answering(reply));

		expect(outputs.Classifier?.[0]?.[0]?.json.by).toBe('rules');
	});

	test('that fails changes nothing', async () => {
		const failing: ModelOfTheTest = {
			asked: [],
			answer: async () => {
				throw new Error('no credit left');
			},
		};
		const { outputs, status } = await classified([unsure], {}, failing);

		expect([status, outputs.Classifier?.[0]?.[0]?.json.by]).toEqual(['success', 'rules']);
	});

	test('that never answers is given up on: a customer does not wait', async () => {
		const never = async () => await new Promise<never>(() => undefined);
		const said = await classifyWithModel(unsure, prosuministros, never, { patience: 20 });

		expect(said.by).toBe('rules');
		expect(MODEL_PATIENCE).toBe(4000);
	});

	test('an answer in parts is read as one', () => {
		expect(readModelAnswer({ content: [{ type: 'text', text: '{"intent":"human",' }, '"confidence":1}'] })).toEqual({
			intent: 'human',
			confidence: 1,
		});
	});

	describe('O12: what it is asked is counted', () => {
		const answer = {
			content: '{"intent": "order_status", "confidence": 0.8}',
			usage_metadata: { input_tokens: 400, output_tokens: 12 },
			response_metadata: { model_name: 'gpt-4o-mini-2024-07-18' },
		};
		const crm = { workspaceId: 'desk', channelId: '1', contactId: 'laura', conversationId: 'laura-chat' };
		const counted = async () => {
			const store = await openStore({
				database: 'sqlite',
				workspaceId: 'desk',
				path: credentials.whatsAppCrmStoreApi.filePath,
			});
			try {
				const rows = await store.db.selectFrom('model_calls').selectAll().orderBy('id').execute();
				await store.db.deleteFrom('model_calls').execute();
				return rows.map((row) => [
					row.contact_id,
					row.conversation_id,
					row.purpose,
					row.input_tokens,
					row.output_tokens,
				]);
			} finally {
				await store.close();
			}
		};

		beforeEach(async () => void (await counted()));

		test('for the conversation that the item comes from, once an answer', async () => {
			await classified(['necesito una cotización', unsure], {}, answering(answer), undefined, { mode: 'trigger', crm });
			expect(await counted()).toEqual([['laura', 'laura-chat', 'classify', 400, 12]]);
		});

		test('for the business alone where the item comes from no conversation of this store', async () => {
			await classified([unsure], {}, answering(answer), undefined, { mode: 'trigger' });
			const elsewhere = { ...crm, workspaceId: 'another' };
			await classified([unsure], {}, answering(answer), undefined, { mode: 'trigger', crm: elsewhere });
			expect(await counted()).toEqual([
				[null, null, 'classify', 400, 12],
				[null, null, 'classify', 400, 12],
			]);
		});

		test('and not by hand, nor where nothing was answered', async () => {
			await classified([unsure], {}, answering(answer), undefined, { mode: 'manual', crm });
			const failing: ModelOfTheTest = {
				asked: [],
				answer: async () => await Promise.reject(new Error('no credit left')),
			};
			await classified([unsure], {}, failing, undefined, { mode: 'trigger', crm });
			expect(await counted()).toEqual([]);
		});
	});
});
