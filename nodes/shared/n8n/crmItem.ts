import { NodeOperationError, type IExecuteFunctions } from 'n8n-workflow';
import { z } from 'zod';

import { isToolExecution } from './toolExecution';

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
	readonly due?: 'turn' | 'wake' | 'effect' | 'outbox' | 'attachment' | 'follow_up';
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
	due: z.enum(['turn', 'wake', 'effect', 'outbox', 'attachment', 'follow_up']).optional(),
});

/**
 * The ids of the item that a node works on: from the item itself, else from the nearest earlier node whose paired item
 * carries them. So any node that keeps the pairing may stand between two of ours.
 *
 * @throws NodeOperationError in words when no earlier item carries them.
 */
export function crmItemOf(node: IExecuteFunctions, itemIndex: number): CrmItem {
	const found = findCrm(node, itemIndex);
	if (!Array.isArray(found)) return found;
	if (isToolExecution(node)) {
		throw new NodeOperationError(node.getNode(), 'The model works for no customer, or for several at once', {
			description:
				"The agent's own input must come from one conversation: connect the agent behind Bot Conversation, keep the field 'crm', and put a Loop Over Items node before it when items of several customers arrive together. What the model writes names nobody.",
			itemIndex,
		});
	}
	throw new NodeOperationError(node.getNode(), 'The item does not come from a conversation', {
		description: [
			"Connect this node behind WhatsApp Cloud Trigger or Bot Conversation. A node between them must keep the link to its input item ('pairedItem'), or pass the field 'crm' on.",
			...found.slice(0, 1),
		].join(' '),
		itemIndex,
	});
}

/** The same for a node that works on any item: undefined when it comes from no conversation. */
export function crmItemIfAny(node: IExecuteFunctions, itemIndex: number): CrmItem | undefined {
	const found = findCrm(node, itemIndex);
	return Array.isArray(found) ? undefined : found;
}

/** The ids, or the places where they are not, in words. */
function findCrm(node: IExecuteFunctions, itemIndex: number): CrmItem | string[] {
	if (isToolExecution(node)) return crmOfAgent(node, itemIndex) ?? [];
	const own = crmItemSchema.safeParse(node.getInputData()[itemIndex]?.json.crm);
	if (own.success) return own.data;
	const lost: string[] = [];
	// n8n lists them farthest first.
	for (const { name } of [...node.getParentNodes(node.getNode().name)].reverse()) {
		const found = pairedCrm(node, itemIndex, name);
		if (typeof found !== 'string') return found;
		lost.push(found);
	}
	return lost;
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

const agentItemsSchema = z.array(z.object({ json: z.object({ crm: crmItemSchema.optional().catch(undefined) }) }));

/**
 * The ids that the agent's own input carries, when a model runs the node. Never read from the tool's item: there stands what the
 * model wrote. Undefined when the input names no customer, or several.
 */
function crmOfAgent(node: IExecuteFunctions, itemIndex: number): CrmItem | undefined {
	for (const items of inputsOfAgent(node, itemIndex)) {
		const found = (agentItemsSchema.safeParse(items).data ?? []).flatMap(({ json }) => json.crm ?? []);
		if (found.length === 0) continue;
		return new Set(found.map(({ contactId }) => contactId)).size === 1 ? found[0] : undefined;
	}
	return undefined;
}

/** What reached the agent, nearest first, as far as n8n tells. */
function* inputsOfAgent(node: IExecuteFunctions, itemIndex: number): Generator<unknown> {
	if (node.isToolExecution()) {
		yield node.evaluateExpression('{{ $input.all() }}', itemIndex);
		return;
	}
	const paired = node.getInputData()[itemIndex]?.pairedItem;
	const source = typeof paired === 'object' && !Array.isArray(paired) ? paired.sourceOverwrite : undefined;
	if (source === undefined) return;
	const before = source.previousNode;
	yield outputOf(node, itemIndex, before, source.previousNodeOutput ?? 0, source.previousNodeRun ?? 0);
	for (const { name } of [...node.getParentNodes(before)].reverse()) yield outputOf(node, itemIndex, name, 0, 0);
}

function outputOf(node: IExecuteFunctions, itemIndex: number, name: string, output: number, run: number): unknown {
	try {
		return node.evaluateExpression(`{{ $(${JSON.stringify(name)}).all(${output}, ${run}) }}`, itemIndex);
	} catch {
		// A node of another branch has not run.
		return undefined;
	}
}
