import './userFolder';
import 'reflect-metadata';
import { WorkflowExecute } from 'n8n-core';
import { createRunExecutionData } from 'n8n-workflow';
import type {
	ExecutionError,
	ExecutionStatus,
	INodeExecutionData,
	INodeParameters,
	IPinData,
	IRun,
	ITaskData,
	WorkflowExecuteMode,
} from 'n8n-workflow';

import type { NodeClass } from './nodeTypes';
import { packageName } from '../registered';
import { nodeNamed, surround } from './surroundings';
import type { NodeOfTheTest, WorkflowOfTheTest } from './surroundings';

export interface RunOfTheTest extends WorkflowOfTheTest {
	/** Name of the node that starts. Its items are its input or, for a trigger outside manual mode, its outputs. */
	readonly startNode: string;
	/** One list of items, or one list for each input (of a trigger: output). One empty item when absent. */
	readonly inputItems?: readonly INodeExecutionData[] | ReadonlyArray<readonly INodeExecutionData[]>;
	/** Default `trigger`: as in production. `manual` is the editor's button. */
	readonly mode?: WorkflowExecuteMode;
	readonly pinData?: IPinData;
}

export interface RunOutcome {
	readonly status: ExecutionStatus;
	/** What stopped the execution. */
	readonly error?: ExecutionError;
	/** Items by node and output, of all runs of the node one after the other. */
	readonly outputs: Readonly<Record<string, INodeExecutionData[][]>>;
	/** What each node failed with, also where On Error let the execution go on. */
	readonly errors: Readonly<Record<string, ExecutionError>>;
	/** Names of the nodes in the order in which they ran. */
	readonly order: readonly string[];
	readonly run: IRun;
}

const listsOf = (items: RunOfTheTest['inputItems']): INodeExecutionData[][] => {
	if (!items || items.length === 0) return [[{ json: {} }]];
	const lists = (Array.isArray(items[0]) ? items : [items]) as ReadonlyArray<readonly INodeExecutionData[]>;
	return lists.map((list) => [...list]);
};

const outputsOf = (runs: readonly ITaskData[]): INodeExecutionData[][] => {
	const outputs: INodeExecutionData[][] = [];
	for (const { data } of runs) {
		(data?.main ?? []).forEach((items, index) => {
			outputs[index] = [...(outputs[index] ?? []), ...(items ?? [])];
		});
	}
	return Array.from(outputs, (items) => items ?? []);
};

/** Runs a workflow on the real execution engine of n8n, in this process, from `startNode` to the end. */
export async function runWorkflow(given: RunOfTheTest): Promise<RunOutcome> {
	const mode = given.mode ?? 'trigger';
	const { workflow, additionalData, hooks } = await surround(given, mode);
	const order: string[] = [];
	hooks.addHandler('nodeExecuteBefore', (name) => {
		order.push(name);
	});
	const runExecutionData = createRunExecutionData({
		startData: {},
		resultData: { pinData: given.pinData },
		executionData: {
			nodeExecutionStack: [
				{ node: nodeNamed(workflow, given.startNode), data: { main: listsOf(given.inputItems) }, source: null },
			],
		},
	});
	const run = await new WorkflowExecute(additionalData, mode, runExecutionData).processRunExecutionData(workflow);
	const { runData, error } = run.data.resultData;
	const failed = Object.entries(runData).flatMap(([name, runs]) =>
		runs.flatMap(({ error: reason }) => (reason ? [[name, reason] as const] : [])),
	);
	return {
		status: run.status,
		...(error ? { error } : {}),
		outputs: Object.fromEntries(Object.entries(runData).map(([name, runs]) => [name, outputsOf(runs)])),
		errors: Object.fromEntries(failed),
		order,
		run,
	};
}

export interface PressedNode extends Pick<WorkflowOfTheTest, 'credentials' | 'settings' | 'staticData' | 'workflowId'> {
	/** A class, or the full type of a registered node. */
	readonly node: NodeClass | string;
	readonly parameters?: INodeParameters;
	readonly inputItems?: RunOfTheTest['inputItems'];
	/** Default `manual`: somebody pressed "Execute step". */
	readonly mode?: WorkflowExecuteMode;
	readonly onError?: NodeOfTheTest['onError'];
}

export interface PressOutcome {
	readonly status: ExecutionStatus;
	readonly outputs: INodeExecutionData[][];
	readonly error?: ExecutionError;
}

/** Presses one node by hand, as the editor does with its input pinned. */
export async function pressNode(given: PressedNode): Promise<PressOutcome> {
	const { node, parameters = {}, onError, ...rest } = given;
	const nodeClasses = typeof node === 'string' ? [] : [node];
	const type = typeof node === 'string' ? node : `${packageName}.${new node().description.name}`;
	const { status, outputs, errors, error } = await runWorkflow({
		...rest,
		nodes: [{ name: 'Pressed', type, parameters, ...(onError ? { onError } : {}) }],
		nodeClasses,
		startNode: 'Pressed',
		mode: given.mode ?? 'manual',
	});
	const reason = errors.Pressed ?? error;
	return { status, outputs: outputs.Pressed ?? [], ...(reason ? { error: reason } : {}) };
}
