import type { IDataObject, IExecuteFunctions, INode, INodeExecutionData } from 'n8n-workflow';

import type { NodeClass } from './engine';

type Execute = (this: IExecuteFunctions) => Promise<INodeExecutionData[][]>;

/** A node as a tool; `written` says what the model wrote for the call under way. */
export type AsTool = (Node: NodeClass, written: () => IDataObject) => NodeClass;

function withExecute(Node: NodeClass, execute: Execute): NodeClass {
	class Tool extends (Node as new () => object) {}
	Object.defineProperty(Tool.prototype, 'execute', { value: execute });
	return Tool as unknown as NodeClass;
}

/** The node as an agent of n8n calls it within itself: what the model wrote is the input, expressions see the agent's items. */
export const calledByAgent: AsTool = (Node, written) => {
	const original = new Node() as unknown as { execute: Execute };
	return withExecute(Node, async function (this: IExecuteFunctions) {
		return await original.execute.call(
			Object.create(this, {
				isToolExecution: { value: () => true },
				getInputData: { value: () => [{ json: written() }] },
			}) as IExecuteFunctions,
		);
	});
};

/** The node as later agents have the engine run it: the model's words lie over the agent's item, and it is no tool by its own word. */
export const requestedByAgent: AsTool = (Node, written) => {
	const original = new Node() as unknown as { execute: Execute };
	return withExecute(Node, async function (this: IExecuteFunctions) {
		const [item] = this.getInputData();
		const node: INode = { ...this.getNode(), rewireOutputLogTo: 'ai_tool' };
		const sourceOverwrite = { previousNode: 'Bot', previousNodeOutput: 0, previousNodeRun: 0 };
		return await original.execute.call(
			Object.create(this, {
				getNode: { value: () => node },
				getInputData: {
					value: () => [
						{ json: { ...item?.json, ...written(), toolCallId: 'call-1' }, pairedItem: { item: 0, sourceOverwrite } },
					],
				},
			}) as IExecuteFunctions,
		);
	});
};

/** Both ways in which an agent may run a node. */
export const WAYS_OF_AGENTS: ReadonlyArray<readonly [string, AsTool]> = [
	['within the agent', calledByAgent],
	['by the engine', requestedByAgent],
];
