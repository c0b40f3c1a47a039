import { createHmac } from 'node:crypto';
import { NodeConnectionTypes, NodeOperationError } from 'n8n-workflow';
import type {
	IExecuteFunctions,
	IHookFunctions,
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
	IRun,
	ITriggerFunctions,
	ITriggerResponse,
	IWebhookFunctions,
	IWebhookResponseData,
} from 'n8n-workflow';

import { callWebhook, callWebhookMethod, pressNode, readBinary, runWorkflow, startTrigger } from '../support/engine';

/** Says a greeting for each item; refuses a person without a name. */
class Greeter implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Greeter',
		name: 'greeter',
		group: ['transform'],
		version: 2,
		description: 'Greets',
		defaults: { name: 'Greeter' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		usableAsTool: true,
		credentials: [{ name: 'greeterApi', required: true }],
		properties: [{ displayName: 'Person', name: 'person', type: 'string', default: '' }],
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const { word } = await this.getCredentials<{ word: string }>('greeterApi');
		const mode = this.getMode();
		return [
			this.getInputData().map((_item, itemIndex) => {
				const person = this.getNodeParameter('person', itemIndex);
				if (person === '') throw new NodeOperationError(this.getNode(), "'Person' is empty", { itemIndex });
				return { json: { greeting: `${word} ${String(person)}`, mode }, pairedItem: { item: itemIndex } };
			}),
		];
	}
}

/** Makes a file of the text that it gets. */
class Printer implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Printer',
		name: 'printer',
		group: ['transform'],
		version: 2,
		description: 'Prints',
		defaults: { name: 'Printer' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		usableAsTool: true,
		properties: [],
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const [{ json }] = this.getInputData();
		const data = await this.helpers.prepareBinaryData(Buffer.from(String(json.text)), 'print.txt', 'text/plain');
		return [[{ json: {}, binary: { data } }]];
	}
}

/** Answers a signed request with its own bytes, and starts executions while it is active. */
class BellTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Bell Trigger',
		name: 'bellTrigger',
		group: ['trigger'],
		version: 2,
		description: 'Rings',
		defaults: { name: 'Bell Trigger' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main, NodeConnectionTypes.Main],
		properties: [],
		webhooks: [
			{ name: 'setup', httpMethod: 'GET', responseMode: 'onReceived', path: 'bell' },
			{ name: 'default', httpMethod: 'POST', responseMode: 'onReceived', responseData: 'noData', path: 'bell' },
		],
	};

	webhookMethods = {
		default: {
			async checkExists(this: IHookFunctions) {
				return this.getWorkflowStaticData('node').url !== undefined;
			},
			async create(this: IHookFunctions) {
				this.getWorkflowStaticData('node').url = this.getNodeWebhookUrl('default');
				return true;
			},
			async delete(this: IHookFunctions) {
				delete this.getWorkflowStaticData('node').url;
				return true;
			},
		},
	};

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		const response = this.getResponseObject();
		if (this.getWebhookName() === 'setup') {
			const { challenge } = this.getQueryData() as { challenge?: string };
			response.status(200).type('text/plain').send(challenge);
			return { noWebhookResponse: true };
		}
		const request = this.getRequestObject();
		if (this.getHeaderData()['x-break'] !== undefined) throw new Error('broken on purpose');
		await request.readRawBody();
		const signature = createHmac('sha256', 'secret').update(request.rawBody).digest('hex');
		if (this.getHeaderData()['x-signature'] !== signature) {
			response.status(401).end();
			return { noWebhookResponse: true };
		}
		return { workflowData: [[{ json: { bytes: request.rawBody.length, body: this.getBodyData() } }], []] };
	}

	async trigger(this: ITriggerFunctions): Promise<ITriggerResponse> {
		let open = true;
		const ring = async () => {
			for (let count = 1; open && count <= 2; count += 1) {
				const done = this.helpers.createDeferredPromise<IRun>();
				this.emit([[{ json: { count } }], []], undefined, done);
				const { status } = await done.promise;
				if (status !== 'success') return;
			}
		};
		void ring();
		return {
			closeFunction: async () => {
				open = false;
			},
		};
	}
}

const credentials = { greeterApi: { word: 'Hola' } };

describe('the engine of the tests is the engine of n8n', () => {
	test('given two items, a node runs with its credential and each result is paired with its item', async () => {
		const { status, outputs, order } = await runWorkflow({
			nodes: [
				{ name: 'Greet', type: 'n8n-nodes-whatsapp-crm.greeter', parameters: { person: '={{ $json.name }}' } },
				{ name: 'Again', type: 'n8n-nodes-whatsapp-crm.greeter', parameters: { person: '={{ $json.greeting }}' } },
			],
			connections: { Greet: { main: [[{ node: 'Again', type: NodeConnectionTypes.Main, index: 0 }]] } },
			nodeClasses: [Greeter],
			credentials,
			startNode: 'Greet',
			inputItems: [{ json: { name: 'Ana' } }, { json: { name: 'Luis' } }],
		});

		expect(status).toBe('success');
		expect(order).toEqual(['Greet', 'Again']);
		expect(outputs.Again[0].map(({ json, pairedItem }) => [json.greeting, pairedItem])).toEqual([
			['Hola Hola Ana', { item: 0 }],
			['Hola Hola Luis', { item: 1 }],
		]);
	});

	test('given a trigger with two outputs, the items go on from the output that they were put on', async () => {
		const { outputs, order } = await runWorkflow({
			nodes: [
				{ name: 'Bell', type: 'n8n-nodes-whatsapp-crm.bellTrigger' },
				{ name: 'First', type: 'n8n-nodes-whatsapp-crm.greeter', parameters: { person: 'first' } },
				{ name: 'Second', type: 'n8n-nodes-whatsapp-crm.greeter', parameters: { person: 'second' } },
			],
			connections: {
				Bell: {
					main: [
						[{ node: 'First', type: NodeConnectionTypes.Main, index: 0 }],
						[{ node: 'Second', type: NodeConnectionTypes.Main, index: 0 }],
					],
				},
			},
			nodeClasses: [Greeter, BellTrigger],
			credentials,
			startNode: 'Bell',
			inputItems: [[], [{ json: {} }]],
		});

		expect(order).toEqual(['Bell', 'Second']);
		expect(outputs.Second[0][0].json).toEqual({ greeting: 'Hola second', mode: 'trigger' });
	});

	test('given a node that refuses its input, the run says which node and why', async () => {
		const { status, error, errors } = await runWorkflow({
			nodes: [{ name: 'Greet', type: 'n8n-nodes-whatsapp-crm.greeter' }],
			nodeClasses: [Greeter],
			credentials,
			startNode: 'Greet',
		});

		expect(status).toBe('error');
		expect(error?.message).toBe("'Person' is empty");
		expect(errors.Greet.message).toBe("'Person' is empty");
	});

	test('given the built-in Switch of n8n, it sends each item to its own branch', async () => {
		const rule = (value: string) => ({
			conditions: {
				options: { caseSensitive: true, leftValue: '', typeValidation: 'strict', version: 2 },
				conditions: [
					{ leftValue: '={{ $json.type }}', rightValue: value, operator: { type: 'string', operation: 'equals' } },
				],
				combinator: 'and',
			},
		});
		const { outputs } = await runWorkflow({
			nodes: [
				{
					name: 'By type',
					type: 'n8n-nodes-base.switch',
					typeVersion: 3.2,
					parameters: { rules: { values: [rule('case'), rule('lead')] }, options: {} },
				},
			],
			startNode: 'By type',
			inputItems: [{ json: { type: 'lead' } }, { json: { type: 'case' } }, { json: { type: 'other' } }],
		});

		expect(outputs['By type'].map((items) => items.map(({ json }) => json.type))).toEqual([['case'], ['lead']]);
	});

	test('given a node that makes a file, its bytes can be read from the store for files that n8n uses', async () => {
		const { outputs } = await pressNode({ node: Printer, inputItems: [{ json: { text: 'Cotización' } }] });
		const file = outputs[0][0].binary?.data;

		expect(file).toMatchObject({ fileName: 'print.txt', mimeType: 'text/plain' });
		expect(file?.id).toMatch(/^filesystem/);
		expect((await readBinary(file)).toString()).toBe('Cotización');
	});

	test('a node pressed by hand knows that it was pressed by hand', async () => {
		const pressed = await pressNode({ node: Greeter, credentials, parameters: { person: 'Ana' } });

		expect(pressed.outputs[0][0].json).toEqual({ greeting: 'Hola Ana', mode: 'manual' });
	});

	test('a node without the data of its required credential fails as in n8n', async () => {
		const pressed = await pressNode({ node: Greeter, parameters: { person: 'Ana' } });

		expect(pressed.error?.message).toContain('credentials');
	});
});

describe('a webhook is called with a real request', () => {
	const sign = (body: string | Buffer) => createHmac('sha256', 'secret').update(body).digest('hex');

	test('given a signed body, the node sees exactly the bytes that were sent', async () => {
		const body = '{ "text":"\\u00e1",\n"n": 1.0 }';
		const answer = await callWebhook(BellTrigger, {
			body,
			headers: { 'content-type': 'application/json', 'x-signature': sign(body) },
		});

		expect(answer).toMatchObject({ status: 200, body: '' });
		expect(answer.workflowData).toEqual([[{ json: { bytes: body.length, body: { text: 'á', n: 1 } } }], []]);
	});

	test.each<[string, string | Buffer | undefined, Record<string, string>, number]>([
		['a wrong signature', '{}', { 'content-type': 'application/json', 'x-signature': 'no' }, 401],
		['no body and no content type', undefined, { 'x-signature': sign('') }, 200],
		['bytes without a content type', Buffer.from([1, 2, 255]), { 'x-signature': sign(Buffer.from([1, 2, 255])) }, 200],
		['JSON that cannot be read', '{"a":', { 'content-type': 'application/json', 'x-signature': sign('{"a":') }, 422],
		['a node that throws', '{}', { 'content-type': 'application/json', 'x-break': 'yes' }, 500],
	])('given %s, the caller gets the answer that n8n gives', async (_case, body, headers, status) => {
		const answer = await callWebhook(BellTrigger, { headers, ...(body === undefined ? {} : { body }) });

		expect(answer.status).toBe(status);
		if (status !== 200) expect(answer.workflowData).toBeUndefined();
	});

	test('given a GET with a query, the entry of that method answers', async () => {
		const answer = await callWebhook(BellTrigger, { method: 'GET', query: { challenge: '1158201444' } });

		expect(answer).toMatchObject({ status: 200, body: '1158201444' });
		expect(answer.headers['content-type']).toContain('text/plain');
	});

	test('activating registers the URL that n8n gives to the node, deactivating takes it back', async () => {
		const staticData = {};
		const created = await callWebhookMethod(BellTrigger, 'create', { staticData, webhookId: 'abc' });

		expect(created.staticData).toMatchObject({ 'node:Node': { url: 'https://n8n.example/webhook/abc/bell' } });
		expect((await callWebhookMethod(BellTrigger, 'checkExists', { staticData, webhookId: 'abc' })).result).toBe(true);
		await callWebhookMethod(BellTrigger, 'delete', { staticData, webhookId: 'abc' });
		expect((await callWebhookMethod(BellTrigger, 'checkExists', { staticData, webhookId: 'abc' })).result).toBe(false);
	});
});

describe('a trigger is started as publishing starts it', () => {
	test('given an execution that ended well, the trigger starts its next one', async () => {
		const running = await startTrigger(BellTrigger);
		const first = await running.next();
		expect(first.outputs[0][0].json).toEqual({ count: 1 });

		first.finish();

		expect((await running.next()).outputs[0][0].json).toEqual({ count: 2 });
		await running.close();
	});

	test('given an execution that failed, the trigger knows it', async () => {
		const running = await startTrigger(BellTrigger);
		(await running.next()).finish('error');

		await expect(running.next(50)).rejects.toThrow('no execution within 50 ms');
		await running.close();
	});
});
