import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { crmItemOf } from '../shared/n8n/crmItem';
import { errorJson, refuse, toNodeError } from '../shared/n8n/errors';
import { usableModel } from '../shared/n8n/languageModel';
import { isManual } from '../shared/n8n/manualMode';
import { withStoreOfNode } from '../shared/n8n/storeCredential';
import type { Store } from '../shared/store/store';
import { messageOfItem } from '../shared/usecases/dialogue/messageOfItem';
import { simulateTurns, type SimulatedInput } from '../shared/usecases/simulation/simulateTurns';
import { takeTurns } from '../shared/usecases/dialogue/takeTurns';
import type { BotInput, BotItem } from '../shared/usecases/dialogue/turnContext';
import { OUTPUTS } from './outputs';
import { assistantBranch, assistantWaitOf, branchTaking, ownBranchesOf, type OwnBranch } from './ownBranches';
import { transcriptWaitOf } from './voiceNotes';

/** The items of one run by output; what failed stands on the first one, where n8n looks for it. */
class Placement {
	readonly outputs: INodeExecutionData[][];

	constructor(
		private readonly node: IExecuteFunctions,
		private readonly branches: readonly OwnBranch[],
	) {
		this.outputs = [...OUTPUTS, ...branches].map(() => []);
	}

	put(items: readonly BotItem[]): void {
		for (const { output, json, inputIndex } of items) {
			const own = this.ownBranchOf(output, json as IDataObject);
			const place = own === -1 ? OUTPUTS.indexOf(output) : OUTPUTS.length + own;
			this.outputs[place]?.push({ json: json as IDataObject, pairedItem: { item: inputIndex } });
		}
	}

	private ownBranchOf(output: BotItem['output'], json: IDataObject): number {
		if (output === 'assistant') return assistantBranch(this.branches);
		return output === 'case' ? branchTaking(json, this.branches) : -1;
	}

	/** @throws the error in words, unless the node is set to go on. */
	putError(error: unknown, itemIndex: number): void {
		const shown = toNodeError(this.node.getNode(), error, itemIndex);
		if (!this.node.continueOnFail()) throw shown;
		this.outputs[0]?.push({ json: errorJson(error, shown), pairedItem: { item: itemIndex } });
	}
}

/** What fell due, or the message that the trigger announced: both name a conversation in the store. */
function inputOf(node: IExecuteFunctions, json: IDataObject, itemIndex: number): BotInput {
	const crm = crmItemOf(node, itemIndex);
	return {
		contactId: crm.contactId,
		conversationId: crm.conversationId,
		channelId: crm.channelId,
		emissionId: crm.emissionId,
		due: crm.due,
		requestId: crm.requestId,
		attachmentId: typeof json.attachmentId === 'string' ? json.attachmentId : undefined,
	};
}

async function answer(
	node: IExecuteFunctions,
	store: Store,
	placement: Placement,
	branches: readonly OwnBranch[],
): Promise<void> {
	const inputs: Array<BotInput & { readonly itemIndex: number }> = [];
	for (const [itemIndex, { json }] of node.getInputData().entries()) {
		try {
			inputs.push({ ...inputOf(node, json, itemIndex), itemIndex });
		} catch (error) {
			placement.putError(error, itemIndex);
		}
	}
	const items = await takeTurns(store, inputs, {
		model: await usableModel(node),
		transcriptWaitMs: transcriptWaitOf(node),
		assistantWaitMs: assistantWaitOf(branches),
		execution: { workflowId: node.getWorkflow().id, executionId: node.getExecutionId() },
	});
	placement.put(items.map((item) => ({ ...item, inputIndex: inputs[item.inputIndex]?.itemIndex ?? item.inputIndex })));
}

async function rehearse(node: IExecuteFunctions, store: Store, placement: Placement): Promise<void> {
	const inputs: SimulatedInput[] = [];
	for (const [itemIndex, { json }] of node.getInputData().entries()) {
		const message = messageOfItem(json, new Date(store.now() + itemIndex));
		if (message) {
			inputs.push({ message, inputIndex: itemIndex, crm: (json.crm ?? {}) as IDataObject });
			continue;
		}
		// By hand nothing is due.
		if (json.due !== undefined) continue;
		const sentence = refuse(
			node,
			itemIndex,
			'The item has no message to answer',
			"By hand the item itself is the customer's message. Give it a field 'text', e.g. with an Edit Fields node, or pin an item of the trigger.",
		);
		placement.putError(sentence, itemIndex);
	}
	placement.put(await simulateTurns(store, inputs, await usableModel(node)));
}

/**
 * One turn for each customer of the items, its results on the outputs. By hand the items themselves are the messages
 * and everything is simulated.
 */
export async function converse(node: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	try {
		const branches = ownBranchesOf(node);
		const placement = new Placement(node, branches);
		await withStoreOfNode(node, async (store) => {
			await (isManual(node) ? rehearse(node, store, placement) : answer(node, store, placement, branches));
		});
		return placement.outputs;
	} catch (error) {
		throw toNodeError(node.getNode(), error);
	}
}
