import './userFolder';
import 'reflect-metadata';
import { LoadOptionsContext, TriggerContext } from 'n8n-core';
import type {
	ExecutionStatus,
	INodeExecutionData,
	INodeListSearchResult,
	INodeParameters,
	INodePropertyOptions,
	IRun,
	ITriggerFunctions,
	WorkflowActivateMode,
} from 'n8n-workflow';

import type { NodeClass } from './nodeTypes';
import { PATIENCE } from '../patience';
import { packageName } from '../registered';
import { nodeNamed, surround } from './surroundings';
import type { WorkflowOfTheTest } from './surroundings';

/** One execution that the trigger started. */
export interface Emission {
	/** Items by output. */
	readonly outputs: INodeExecutionData[][];
	/** Ends the execution: settles the *done promise* that the node gave to `emit`, if it gave one. */
	finish(status?: ExecutionStatus): void;
}

export interface RunningTrigger {
	readonly emissions: readonly Emission[];
	/** What the node reported by `emitError`. */
	readonly errors: readonly Error[];
	/** The next emission nobody has taken yet; waits for it at most `withinMs` (PATIENCE unless told). */
	next(withinMs?: number): Promise<Emission>;
	/** Deactivates: calls the node's `closeFunction`. */
	close(): Promise<void>;
}

export interface TriggerOfTheTest
	extends Pick<WorkflowOfTheTest, 'credentials' | 'settings' | 'staticData' | 'workflowId' | 'instanceBaseUrl'> {
	readonly parameters?: INodeParameters;
	readonly webhookId?: string;
	readonly activation?: WorkflowActivateMode;
}

const nodeOf = (TriggerClass: NodeClass, given: TriggerOfTheTest) => ({
	name: 'Node',
	type: `${packageName}.${new TriggerClass().description.name}`,
	parameters: given.parameters ?? {},
	webhookId: given.webhookId ?? 'webhook-of-the-test',
});

/** Starts `trigger()` of a node as publishing its workflow does, and records the executions that it starts. */
export async function startTrigger(TriggerClass: NodeClass, given: TriggerOfTheTest = {}): Promise<RunningTrigger> {
	const surroundings = await surround(
		{ ...given, nodes: [nodeOf(TriggerClass, given)], nodeClasses: [TriggerClass] },
		'trigger',
	);
	const { workflow, additionalData } = surroundings;
	const node = nodeNamed(workflow, 'Node');
	const emissions: Emission[] = [];
	const errors: Error[] = [];
	let taken = 0;
	let wake: () => void = () => undefined;

	const emit: ITriggerFunctions['emit'] = (outputs, _response, donePromise) => {
		const finish = (status: ExecutionStatus = 'success') =>
			donePromise?.resolve({ status, finished: status === 'success', mode: 'trigger' } as IRun);
		emissions.push({ outputs, finish });
		wake();
	};
	const emitError: ITriggerFunctions['emitError'] = (error) => {
		errors.push(error);
	};
	const context = new TriggerContext(
		workflow,
		node,
		additionalData,
		'trigger',
		given.activation ?? 'activate',
		emit,
		emitError,
	);
	const nodeType = workflow.nodeTypes.getByNameAndVersion(node.type, node.typeVersion);
	const response = await nodeType.trigger?.call(context);

	return {
		emissions,
		errors,
		async next(withinMs = PATIENCE) {
			if (taken >= emissions.length) {
				// Made here, so that it says which of a test's waits was in vain.
				const inVain = new Error(`The trigger started no execution within ${withinMs} ms.`);
				await new Promise<void>((resolve, reject) => {
					const timer = setTimeout(() => reject(inVain), withinMs);
					wake = () => {
						clearTimeout(timer);
						resolve();
					};
				});
			}
			taken += 1;
			return emissions[taken - 1];
		},
		async close() {
			await response?.closeFunction?.();
		},
	};
}

/** Calls a `listSearch` method of a node, as the editor does when a person opens a list. */
export async function searchList(
	NodeWithList: NodeClass,
	method: string,
	given: TriggerOfTheTest & { readonly filter?: string; readonly paginationToken?: string } = {},
): Promise<INodeListSearchResult> {
	const { context, methods } = await loadOptionsContext(NodeWithList, given);
	const search = methods?.listSearch?.[method];
	if (!search) throw new Error(`The node has no list '${method}'.`);
	return await search.call(context, given.filter, given.paginationToken);
}

/** Calls a `loadOptions` method of a node, as the editor does when a person opens a list of options. */
export async function loadOptions(
	NodeWithOptions: NodeClass,
	method: string,
	given: TriggerOfTheTest = {},
): Promise<INodePropertyOptions[]> {
	const { context, methods } = await loadOptionsContext(NodeWithOptions, given);
	const load = methods?.loadOptions?.[method];
	if (!load) throw new Error(`The node has no options '${method}'.`);
	return await load.call(context);
}

async function loadOptionsContext(NodeWithMethods: NodeClass, given: TriggerOfTheTest) {
	const surroundings = await surround(
		{ ...given, nodes: [nodeOf(NodeWithMethods, given)], nodeClasses: [NodeWithMethods] },
		'manual',
	);
	const { workflow, additionalData } = surroundings;
	const node = nodeNamed(workflow, 'Node');
	additionalData.currentNodeParameters = node.parameters;
	return {
		context: new LoadOptionsContext(workflow, node, additionalData, '/parameters'),
		methods: workflow.nodeTypes.getByNameAndVersion(node.type, node.typeVersion).methods,
	};
}
