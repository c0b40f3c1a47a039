import type { IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';

/** The node has answered itself. */
export const ANSWERED: IWebhookResponseData = { noWebhookResponse: true };

/** No vendor nests this deep; what does would end the process's stack where it is written down, and come again for days. */
const DEEPEST = 200;

/** The bytes as they came. n8n parses only some content types; for the others they are still in the socket. */
export async function rawBodyOf(context: IWebhookFunctions): Promise<Buffer> {
	const request = context.getRequestObject();
	if (request.rawBody === undefined) await request.readRawBody();
	return request.rawBody ?? Buffer.alloc(0);
}

/**
 * The JSON of a delivery, from the bytes that were signed and not from what n8n made of them: without a content type it made
 * nothing. Undefined for what is no JSON, and for what no vendor writes.
 */
export function jsonIn(rawBody: Buffer): unknown {
	try {
		const value: unknown = JSON.parse(rawBody.toString('utf8'));
		return isDeeper(value) ? undefined : value;
	} catch {
		return undefined;
	}
}

/** Whether a value is nested deeper than anything that a vendor or the inbox's page sends. */
export function isDeeper(value: unknown, levels = DEEPEST): boolean {
	if (typeof value !== 'object' || value === null) return false;
	return levels === 0 || Object.values(value).some((part) => isDeeper(part, levels - 1));
}

export function endWith(context: IWebhookFunctions, status: number): IWebhookResponseData {
	context.getResponseObject().status(status).end();
	return ANSWERED;
}

/**
 * Answers a vendor's request: what could not be stored is answered with 503, so that it is delivered again. Never throws, because
 * n8n would store a failed execution and answer with its stack.
 * @param vendor in the words of the log
 */
export async function answerDelivery(
	context: IWebhookFunctions,
	vendor: string,
	receive: () => Promise<IWebhookResponseData>,
): Promise<IWebhookResponseData> {
	try {
		return await receive();
	} catch (error) {
		context.logger.error(`${vendor} webhook not taken: ${error instanceof Error ? error.message : String(error)}`, {
			node: context.getNode().name,
			workflowId: context.getWorkflow().id,
		});
		const response = context.getResponseObject();
		if (!response.headersSent) response.status(503).setHeader('Retry-After', '5').end();
		return ANSWERED;
	}
}
