import { NodeOperationError, type IExecuteFunctions } from 'n8n-workflow';
import { z } from 'zod';

/**
 * What every item of ours carries in `json.crm`, so that any n8n node may stand between two of our nodes: the ids are
 * read from the item, else through pairedItem, else the node fails with a sentence.
 */
export interface CrmItem {
	readonly workspaceId: string;
	readonly channelId: string;
	readonly contactId: string;
	readonly conversationId: string;
	/** The id that everything done for this item is idempotent by. */
	readonly requestId?: string;
	readonly outboxIds?: readonly string[];
	/** The trigger node that the item comes from. */
	readonly webhookId?: string;
	/** The trigger's emission that carries the item: when its execution succeeds, its effects are finished. */
	readonly emissionId?: string;
	/** The message that the item is about: on the Attachment output the one that the file came with. */
	readonly messageId?: string;
	/** Kind of a Due item. */
	readonly due?: 'turn' | 'wake' | 'effect' | 'outbox' | 'attachment';
}

const crmItemSchema = z.object({
	workspaceId: z.string().min(1),
	channelId: z.string().min(1),
	contactId: z.string().min(1),
	conversationId: z.string().min(1),
	requestId: z.string().optional(),
	outboxIds: z.array(z.string()).optional(),
	webhookId: z.string().optional(),
	emissionId: z.string().optional(),
	messageId: z.string().optional(),
	due: z.enum(['turn', 'wake', 'effect', 'outbox', 'attachment']).optional(),
});

/**
 * The ids of the item that a node works on: from the item itself, else from the nearest earlier node whose paired item
 * carries them. So any node that keeps the pairing may stand between two of ours.
 *
 * @throws NodeOperationError in words when no earlier item carries them.
 */
export function crmItemOf(node: IExecuteFunctions, itemIndex: number): CrmItem {
	const own = crmItemSchema.safeParse(node.getInputData()[itemIndex]?.json.crm);
	if (own.success) return own.data;
	const lost: string[] = [];
	// n8n lists them farthest first.
	for (const { name } of [...node.getParentNodes(node.getNode().name)].reverse()) {
		const found = pairedCrm(node, itemIndex, name);
		if (typeof found !== 'string') return found;
		lost.push(found);
	}
	throw new NodeOperationError(node.getNode(), 'The item does not come from a conversation', {
		description: [
			"Connect this node behind WhatsApp Cloud Trigger or Bot Conversation. A node between them must keep the link to its input item ('pairedItem'), or pass the field 'crm' on.",
			...lost.slice(0, 1),
		].join(' '),
		itemIndex,
	});
}

/** The ids that the item paired with ours carried at an earlier node, or why they are not there. */
function pairedCrm(node: IExecuteFunctions, itemIndex: number, earlierNode: string): CrmItem | string {
	try {
		const paired: unknown = node.evaluateExpression(`{{ $(${JSON.stringify(earlierNode)}).item.json.crm }}`, itemIndex);
		const crm = crmItemSchema.safeParse(paired);
		return crm.success ? crm.data : `'${earlierNode}' has no 'crm' in its item.`;
	} catch (error) {
		return `'${earlierNode}': ${error instanceof Error ? error.message : String(error)}`;
	}
}
