import type { INodeProperties } from 'n8n-workflow';

import { LONGEST_ID, withinLimit } from '../../shared/domain/wazzup/limits';
import type { OperationContext } from '../../shared/n8n/operation';
import { parameter, words } from '../../shared/n8n/parameters';

/** A message that was sent. There is no list to choose it from: Wazzup gives its id when it is sent. */
export const messageIdField: INodeProperties = {
	displayName: 'Message ID',
	name: 'messageId',
	type: 'string',
	default: '',
	required: true,
	placeholder: 'e.g. 9c2e7f10-…',
	description: 'ID that the message got when it was sent',
};

export function messageIdOf(context: OperationContext): string {
	return withinLimit(parameter(context, 'messageId', 'Message ID', words), 'Message ID', LONGEST_ID);
}
