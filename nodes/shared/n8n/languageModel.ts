import { NodeConnectionTypes, type IExecuteFunctions, type INodeInputConfiguration } from 'n8n-workflow';

import type { ModelCall } from '../usecases/models/modelReply';

/** The optional input for a language model, below the node on the canvas. */
export const languageModelInput: INodeInputConfiguration = {
	type: NodeConnectionTypes.AiLanguageModel,
	displayName: 'Model',
	maxConnections: 1,
	required: false,
};

/** What n8n hands over for a connected model: a chat model of LangChain. */
interface ChatModel {
	invoke(lines: unknown): Promise<unknown>;
}

function isChatModel(value: unknown): value is ChatModel {
	return typeof value === 'object' && value !== null && 'invoke' in value && typeof value.invoke === 'function';
}

/** The connected language model as a function; undefined when none is connected. */
export async function connectedModel(node: IExecuteFunctions, itemIndex: number): Promise<ModelCall | undefined> {
	const connected: unknown = await node.getInputConnectionData(NodeConnectionTypes.AiLanguageModel, itemIndex);
	const model: unknown = Array.isArray(connected) ? connected[0] : connected;
	if (!isChatModel(model)) return undefined;
	return async (lines) => await model.invoke([...lines]);
}

/** The same where the rules stand in for a model that cannot be used: a customer is answered by them rather than not at all. */
export async function usableModel(node: IExecuteFunctions): Promise<ModelCall | undefined> {
	try {
		return await connectedModel(node, 0);
	} catch (error) {
		node.logger.warn(`The connected model cannot be used: ${error instanceof Error ? error.message : String(error)}`, {
			node: node.getNode().name,
		});
		return undefined;
	}
}
