import type { INodeProperties } from 'n8n-workflow';

import type { OperationContext } from './operation';
import { crmItemOf, type CrmItem } from './crmItem';

export const requestIdField: INodeProperties = {
	displayName: 'Request ID',
	name: 'requestId',
	type: 'string',
	default: '',
	placeholder: 'e.g. order-1042',
	description:
		'The same request is done once, however often it arrives. Empty for the ID that the item brings, else this execution.',
};

/** What is done for the item is idempotent by this: what the operator says, what the item brings, else this very run. */
export function requestIdOf({ node, itemIndex }: OperationContext, said?: string, brought?: string): string {
	return said ?? brought ?? `${node.getExecutionId()}:${node.getNode().id}:${itemIndex}`;
}

/** The ids of the conversation that the item comes from, or undefined when it comes from nowhere of ours. */
export function crmItemIfAny({ node, itemIndex }: OperationContext): CrmItem | undefined {
	try {
		return crmItemOf(node, itemIndex);
	} catch {
		return undefined;
	}
}
