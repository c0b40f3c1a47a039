import { NodeApiError, NodeOperationError, type IDataObject, type IExecuteFunctions, type INode } from 'n8n-workflow';

import { InvalidInput } from '../domain/invalidInput';
import { RequestFailure } from '../http/failure';

/** What n8n shows for something that went wrong with one item. Errors of n8n itself pass through unchanged. */
export function toNodeError(node: INode, error: unknown, itemIndex?: number): NodeApiError | NodeOperationError {
	if (error instanceof NodeApiError || error instanceof NodeOperationError) {
		error.context.itemIndex ??= itemIndex;
		return error;
	}
	if (error instanceof RequestFailure) {
		// Only words: n8n keeps the whole response object in the execution, and so would keep what the vendor sent.
		return new NodeApiError(
			node,
			{ message: error.message },
			{
				message: error.message,
				description: describe(error),
				httpCode: error.status === undefined ? undefined : String(error.status),
				itemIndex,
			},
		);
	}
	if (error instanceof InvalidInput) {
		return new NodeOperationError(node, error.message, { description: error.description, itemIndex });
	}
	return new NodeOperationError(node, error instanceof Error ? error : new Error(String(error)), { itemIndex });
}

function describe(failure: RequestFailure): string | undefined {
	const trace = failure.traceId === undefined ? undefined : `Trace id for the vendor's support: ${failure.traceId}.`;
	const sentences = [failure.description, trace].filter((sentence) => sentence !== undefined);
	return sentences.length === 0 ? undefined : sentences.join(' ');
}

/**
 * The item of a failed input item when the node goes on. Only `error`, `message` and `details`: n8n recognises an item
 * of its error output by exactly these keys (workflow-execute.ts, handleNodeErrorOutput), and an item that carries an
 * `error` object instead loses everything but the sentence. `details.retryable` and `details.code` are there to be
 * routed on with an If or Switch node.
 */
export function errorJson(error: unknown, shown: NodeApiError | NodeOperationError): IDataObject {
	const details: IDataObject =
		error instanceof RequestFailure
			? {
					kind: error.kind,
					retryable: isRetryable(error),
					code: error.code,
					httpStatus: error.status,
					retryAfterMs: error.retryAfterMs,
					traceId: error.traceId,
				}
			: {
					kind: 'invalid_input',
					retryable: false,
					parameter: error instanceof InvalidInput ? error.parameter : undefined,
				};
	return {
		error: shown.message,
		...(shown.description === undefined || shown.description === null ? {} : { message: shown.description }),
		details: Object.fromEntries(Object.entries(details).filter(([, value]) => value !== undefined)),
	};
}

/** Whether the same item may be tried again without doing anything twice. */
function isRetryable(failure: RequestFailure): boolean {
	return failure.kind === 'not_sent' || failure.kind === 'rate_limited';
}

/** A sentence of ours for one item, as n8n shows it. */
export function refuse(
	node: IExecuteFunctions,
	itemIndex: number,
	message: string,
	description: string,
): NodeOperationError {
	return new NodeOperationError(node.getNode(), message, { description, itemIndex });
}
