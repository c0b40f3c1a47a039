import { z } from 'zod';

import type { OperationContext } from '../../shared/n8n/operation';
import { REFUND_OPERATION } from '../../shared/usecases/stripe/refundApproval';

const approvedItem = z.object({
	decision: z.literal('approved'),
	approval: z.object({ id: z.string().min(1), operation: z.literal(REFUND_OPERATION) }),
});

/** The approved refund that an item of the inbox brings; undefined for everything else that leaves on the same output. */
export function approvalOfItem({ item }: OperationContext): string | undefined {
	return approvedItem.safeParse(item.json).data?.approval.id;
}
