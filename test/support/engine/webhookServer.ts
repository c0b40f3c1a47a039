import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import express from 'express';
import type { Request, Response } from 'express';
import { WebhookContext } from 'n8n-core';
import type { INodeExecutionData, INodeTypeDescription, IWebhookDescription } from 'n8n-workflow';

import type { NodeClass } from './nodeTypes';
import { nodeNamed } from './surroundings';
import { answerAsN8n, prepareRequest, surroundWebhook, type NodeWithWebhook } from './webhookCall';

/** A node whose webhooks stay open, for pages that are loaded, uploads that trickle and streams that last. */
export interface ServedWebhooks {
	/** `http://127.0.0.1:<port>/webhook/<webhookId>` */
	readonly url: string;
	readonly port: number;
	/** What the node threw: n8n would store a failed execution. */
	readonly errors: readonly unknown[];
	/** What the node would have started executions with. */
	readonly started: readonly INodeExecutionData[][][];
	close(): Promise<void>;
}

/** n8n's answer to whoever says where it comes from (webhook-request-handler.ts). */
function reflectOrigin(request: Request, response: Response): void {
	const { origin } = request.headers;
	if (origin === undefined) return;
	response.setHeader('Access-Control-Allow-Origin', origin);
	response.setHeader('Access-Control-Allow-Methods', 'OPTIONS, GET, POST');
	response.setHeader('Access-Control-Max-Age', '300');
	const asked = request.headers['access-control-request-headers'];
	if (asked !== undefined) response.setHeader('Access-Control-Allow-Headers', asked);
}

/** Serves all webhooks of a node on the loopback interface as n8n does, until it is closed. */
export async function serveWebhooks(NodeWithWebhookClass: NodeClass, given: NodeWithWebhook): Promise<ServedWebhooks> {
	const webhookId = given.webhookId ?? 'webhook-of-the-test';
	const errors: unknown[] = [];
	const started: INodeExecutionData[][][] = [];
	const { webhooks: entries = [] } = new NodeWithWebhookClass().description as INodeTypeDescription;
	const application = express();
	application.disable('x-powered-by');
	const server = application.listen(0, '127.0.0.1');
	await once(server, 'listening');
	const { port } = server.address() as AddressInfo;

	const answer = async (request: Request, response: Response, entry: IWebhookDescription): Promise<void> => {
		const { workflow, additionalData, webhookData } = await surroundWebhook(
			NodeWithWebhookClass,
			{ instanceBaseUrl: `http://127.0.0.1:${port}`, ...given, webhookId },
			({ name }) => name === entry.name,
		);
		const node = nodeNamed(workflow, 'Node');
		const nodeType = workflow.nodeTypes.getByNameAndVersion(node.type, node.typeVersion);
		const context = new WebhookContext(
			workflow,
			node,
			{ ...additionalData, httpRequest: request, httpResponse: response },
			given.mode ?? 'webhook',
			webhookData,
			[],
			null,
		);
		const result = (await nodeType.webhook?.call(context)) ?? {};
		if (result.workflowData) started.push(result.workflowData);
		answerAsN8n(response, result, entry);
	};

	application.use(async (request, response) => {
		const path = request.path.replace(`/webhook/${webhookId}/`, '');
		reflectOrigin(request, response);
		if (request.method === 'OPTIONS') {
			response.status(204).end();
			return;
		}
		const entry = entries.find((one) => one.path === path && one.httpMethod === request.method);
		if (!entry) {
			response.status(404).json({ code: 404, message: 'The requested webhook is not registered.' });
			return;
		}
		if (!(await prepareRequest(request))) {
			response.status(422).json({ code: 422, message: 'Failed to parse request body' });
			return;
		}
		try {
			await answer(request, response, entry);
		} catch (reason) {
			errors.push(reason);
			if (!response.headersSent) response.status(500).json({ message: 'Workflow could not be started!' });
		}
	});
	return {
		url: `http://127.0.0.1:${port}/webhook/${webhookId}`,
		port,
		errors,
		started,
		close: async () => {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}
