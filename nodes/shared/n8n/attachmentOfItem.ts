import type { INodeProperties } from 'n8n-workflow';

import { InvalidInput } from '../domain/invalidInput';
import type { OperationContext } from './operation';

/** The option of operations that take the attachment of their item, unless another is named. */
export const attachmentField: INodeProperties = {
	displayName: 'Attachment ID',
	name: 'attachmentId',
	type: 'string',
	default: '',
	placeholder: 'e.g. 0198c1f2-…',
	description: 'Empty for the attachment of the item',
};

/** @throws InvalidInput when neither the option nor the item names one. */
export function attachmentIdOf({ item }: OperationContext, said: string | undefined): string {
	const brought = item.json.attachmentId;
	const attachmentId = said ?? (typeof brought === 'string' ? brought : undefined);
	if (attachmentId !== undefined) return attachmentId;
	throw new InvalidInput({
		message: 'The item has no attachment',
		description:
			"Connect this node behind the Attachment output of Bot Conversation, or give 'Attachment ID' in the options.",
		parameter: 'Attachment ID',
	});
}
