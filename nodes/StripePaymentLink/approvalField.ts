import type { INodeProperties } from 'n8n-workflow';
import { z } from 'zod';

import type { OperationContext } from '../shared/n8n/operation';
import { parameter, words } from '../shared/n8n/parameters';

const approvedItem = z.object({
	decision: z.literal('approved'),
	approval: z.object({ id: z.string().min(1), operation: z.string() }),
});

/** Which approval is done. */
export const approvalField: INodeProperties = {
	displayName: 'Approval',
	name: 'approval',
	type: 'string',
	default: '',
	placeholder: 'e.g. 0198c1f2-…',
	description: 'ID of the approval. Empty for the one that the item of Advisor Inbox Trigger brings.',
};

/**
 * The approval that the field names, else the one of this operation that an item of the inbox brings; undefined for everything else
 * that leaves on the same output.
 */
export function chosenApproval(context: OperationContext, operation: string): string | undefined {
	const written = parameter(context, 'approval', 'Approval', words).trim();
	if (written !== '') return written;
	const approval = approvedItem.safeParse(context.item.json).data?.approval;
	return approval?.operation === operation ? approval.id : undefined;
}
