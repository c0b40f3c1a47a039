import './userFolder';
import 'reflect-metadata';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import express from 'express';
import type { Request, Response } from 'express';
import { HookContext, WebhookContext } from 'n8n-core';
import type {
	IDataObject,
	INodeExecutionData,
	INodeParameters,
	IWebhookData,
	IWebhookDescription,
	IWebhookResponseData,
	WorkflowExecuteMode,
} from 'n8n-workflow';

import type { NodeClass } from './nodeTypes';
import { packageName } from '../registered';
import { nodeNamed, surround } from './surroundings';
import type { Surroundings, WorkflowOfTheTest } from './surroundings';

export interface NodeWithWebhook
	extends Pick<WorkflowOfTheTest, 'credentials' | 'settings' | 'staticData' | 'workflowId' | 'instanceBaseUrl'> {
	readonly parameters?: INodeParameters;
	readonly webhookId?: string;
	/** Default `webhook`: the production URL. `manual` is the test URL. */
	readonly mode?: WorkflowExecuteMode;
	/** Name of the entry of `description.webhooks`; the first entry of the request's method when absent. */
	readonly webhookName?: string;
}

export interface WebhookCall extends NodeWithWebhook {
	readonly method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'OPTIONS';
	readonly headers?: Readonly<Record<string, string>>;
	readonly query?: Readonly<Record<string, string>>;
	/** Sent byte by byte. An object is written as JSON with its content type. */
	readonly body?: Buffer | string | object;
	/** Values of the path's `:name` parts. */
	readonly params?: Readonly<Record<string, string>>;
}

export interface WebhookAnswer {
	readonly status: number;
	readonly headers: Readonly<Record<string, string>>;
	readonly body: string;
	/** What the node would have started an execution with. */
	readonly workflowData?: INodeExecutionData[][];
	/** What the node threw: n8n stores a failed execution and answers 500. */
	readonly error?: unknown;
	/** The workflow's static data after the call (n8n does not keep what `webhook()` writes there). */
	readonly staticData: IDataObject;
}

/**
 * What n8n's server does to a request before a webhook node sees it (its body-parser.ts): the raw bytes are read for
 * the types that it parses, for others the node reads them itself; JSON that cannot be read gets 422 before the node.
 */
export async function prepareRequest(request: Request): Promise<boolean> {
	const contentType = request.headers['content-type']?.split(';')[0].trim().toLowerCase();
	if (contentType) request.contentType = contentType;
	request.readRawBody = async () => {
		if (request.rawBody) return;
		const chunks: Buffer[] = [];
		for await (const chunk of request) chunks.push(Buffer.from(chunk));
		request.rawBody = Buffer.concat(chunks);
	};
	request.body = {};
	if (contentType === undefined || contentType.startsWith('multipart/')) return true;
	if (!/json$|xml$|x-www-form-urlencoded$|^text\/plain$/.test(contentType)) return true;
	await request.readRawBody();
	const text = request.rawBody?.toString('utf8') ?? '';
	if (text === '') return true;
	if (contentType === 'application/json') {
		try {
			request.body = JSON.parse(text);
		} catch (reason) {
			if (reason instanceof SyntaxError) return false;
			throw reason;
		}
	} else if (contentType === 'application/x-www-form-urlencoded') {
		request.body = Object.fromEntries(new URLSearchParams(text));
	} else {
		request.body = text;
	}
	return true;
}

/** n8n's answer when the node did not answer by itself (webhook-helpers.ts). */
export function answerAsN8n(response: Response, result: IWebhookResponseData, description: IWebhookDescription): void {
	if (result.noWebhookResponse === true) return;
	if (result.webhookResponse !== undefined) {
		response.status(200).send(result.webhookResponse);
	} else if (result.workflowData === undefined) {
		response.status(200).json({ message: 'Webhook call received' });
	} else if (description.responseData === 'noData') {
		response.status(200).end();
	} else {
		response.status(200).json({ message: 'Workflow was started' });
	}
}

export interface WebhookPlace extends Surroundings {
	readonly webhookData: IWebhookData;
}

export async function surroundWebhook(
	NodeWithWebhookClass: NodeClass,
	given: NodeWithWebhook,
	chooses: (description: IWebhookDescription) => boolean,
): Promise<WebhookPlace> {
	const mode = given.mode ?? 'webhook';
	const { name } = new NodeWithWebhookClass().description;
	const surroundings = await surround(
		{
			...given,
			nodes: [
				{
					name: 'Node',
					type: `${packageName}.${name}`,
					parameters: given.parameters ?? {},
					webhookId: given.webhookId ?? 'webhook-of-the-test',
				},
			],
			nodeClasses: [NodeWithWebhookClass],
		},
		mode,
	);
	const { workflow, additionalData } = surroundings;
	const node = nodeNamed(workflow, 'Node');
	const entries = workflow.nodeTypes.getByNameAndVersion(node.type, node.typeVersion).description.webhooks ?? [];
	const description = entries.find(chooses);
	if (!description)
		throw new Error(`The node ${name} has no such webhook; it has ${entries.map((entry) => entry.name).join(', ')}.`);
	const webhookData: IWebhookData = {
		webhookDescription: description,
		httpMethod: 'POST',
		node: node.name,
		path: `${node.webhookId}/${description.path}`,
		webhookId: node.webhookId,
		workflowId: workflow.id,
		workflowExecuteAdditionalData: additionalData,
		isTest: mode === 'manual',
	};
	return { ...surroundings, webhookData };
}

/** Calls `webhook()` of a node with a real request over the loopback interface, and answers as n8n does. */
export async function callWebhook(NodeWithWebhookClass: NodeClass, call: WebhookCall = {}): Promise<WebhookAnswer> {
	const method = call.method ?? 'POST';
	const { workflow, additionalData, webhookData } = await surroundWebhook(
		NodeWithWebhookClass,
		call,
		({ name, httpMethod }) => (call.webhookName ? name === call.webhookName : httpMethod.split(',').includes(method)),
	);
	const node = nodeNamed(workflow, 'Node');
	const nodeType = workflow.nodeTypes.getByNameAndVersion(node.type, node.typeVersion);
	let result: IWebhookResponseData | undefined;
	let error: unknown;

	const application = express();
	application.disable('x-powered-by');
	application.use(async (request, response) => {
		const readable = await prepareRequest(request);
		if (!readable) {
			response.status(422).json({ code: 422, message: 'Failed to parse request body' });
			return;
		}
		Object.assign(request.params, call.params);
		const context = new WebhookContext(
			workflow,
			node,
			{ ...additionalData, httpRequest: request, httpResponse: response },
			call.mode ?? 'webhook',
			webhookData,
			[],
			null,
		);
		try {
			result = (await nodeType.webhook?.call(context)) ?? {};
			answerAsN8n(response, result, webhookData.webhookDescription);
		} catch (reason) {
			error = reason;
			if (!response.headersSent) response.status(500).json({ message: 'Workflow could not be started!' });
		}
	});
	const server = application.listen(0, '127.0.0.1');
	await once(server, 'listening');
	try {
		const { port } = server.address() as AddressInfo;
		const { body } = call;
		const asJson = body !== undefined && typeof body === 'object' && !Buffer.isBuffer(body);
		const sent = await fetch(`http://127.0.0.1:${port}/?${new URLSearchParams(call.query).toString()}`, {
			method,
			headers: { connection: 'close', ...(asJson ? { 'content-type': 'application/json' } : {}), ...call.headers },
			// Bytes, because fetch would add a content type to a text that has none.
			...(body === undefined
				? {}
				: {
						body: new Uint8Array(
							Buffer.isBuffer(body) ? body : Buffer.from(asJson ? JSON.stringify(body) : String(body)),
						),
					}),
		});
		const answered = {
			status: sent.status,
			headers: Object.fromEntries(sent.headers.entries()),
			body: await sent.text(),
		};
		return {
			...answered,
			...(result?.workflowData ? { workflowData: result.workflowData } : {}),
			...(error === undefined ? {} : { error }),
			staticData: workflow.staticData,
		};
	} finally {
		server.closeAllConnections();
		server.close();
	}
}

/** Calls `checkExists`, `create` or `delete` of a webhook, as activating and deactivating the workflow does. */
export async function callWebhookMethod(
	NodeWithWebhookClass: NodeClass,
	method: 'checkExists' | 'create' | 'delete',
	given: NodeWithWebhook = {},
): Promise<{ readonly result: boolean; readonly staticData: IDataObject }> {
	const { workflow, additionalData, webhookData } = await surroundWebhook(
		NodeWithWebhookClass,
		given,
		({ name }) => name === (given.webhookName ?? 'default'),
	);
	const node = nodeNamed(workflow, 'Node');
	const nodeType = workflow.nodeTypes.getByNameAndVersion(node.type, node.typeVersion);
	const methods = nodeType.webhookMethods?.[webhookData.webhookDescription.name];
	if (!methods) throw new Error(`The webhook '${webhookData.webhookDescription.name}' has no methods.`);
	const mode = given.mode === 'manual' ? 'manual' : 'trigger';
	const context = new HookContext(
		workflow,
		node,
		additionalData,
		mode,
		mode === 'manual' ? 'manual' : 'activate',
		webhookData,
	);
	return { result: await methods[method].call(context), staticData: workflow.staticData };
}
