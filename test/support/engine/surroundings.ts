import './userFolder';
import 'reflect-metadata';
import { createRequire } from 'node:module';
import { BinaryDataService, ExecutionLifecycleHooks, ExternalSecretsProxy } from 'n8n-core';
import { Workflow } from 'n8n-workflow';
import type {
	IBinaryData,
	IConnections,
	IDataObject,
	INode,
	IWorkflowBase,
	IWorkflowExecuteAdditionalData,
	IWorkflowSettings,
	WorkflowExecuteMode,
} from 'n8n-workflow';

import { CredentialsHelperOfTheTest } from './credentials';
import type { CredentialsOfTheTest } from './credentials';
import { NodeTypesOfTheTest } from './nodeTypes';
import type { NodeClass } from './nodeTypes';

/** A node as a test writes it: only what matters; the rest is filled as the editor fills it. */
export type NodeOfTheTest = Partial<INode> & Pick<INode, 'name' | 'type'>;

export interface WorkflowOfTheTest {
	readonly nodes: readonly NodeOfTheTest[];
	readonly connections?: IConnections;
	readonly credentials?: CredentialsOfTheTest;
	/** Node classes that package.json does not register, known as `n8n-nodes-whatsapp-crm.<name>`. */
	readonly nodeClasses?: readonly NodeClass[];
	readonly workflowId?: string;
	readonly executionId?: string;
	readonly settings?: IWorkflowSettings;
	readonly staticData?: IDataObject;
	/** Base of the URLs that nodes see. */
	readonly instanceBaseUrl?: string;
}

/** A workflow and what surrounds it in n8n, ready for any of n8n-core's contexts. */
export interface Surroundings {
	readonly workflow: Workflow;
	readonly additionalData: IWorkflowExecuteAdditionalData;
	readonly hooks: ExecutionLifecycleHooks;
	readonly executionId: string;
}

/** The container of services that n8n-core itself uses: npm installs several copies of it side by side. */
const { Container }: { Container: { get<Service>(type: new (...given: never[]) => Service): Service } } = createRequire(
	require.resolve('n8n-core'),
)('@n8n/di');

let binaryData: Promise<void> | undefined;

/** The editor stores an id, a version, a position, a webhook id and, for each credential, its id and name. */
function completeNode(
	node: NodeOfTheTest,
	position: number,
	nodeTypes: NodeTypesOfTheTest,
	given: CredentialsOfTheTest,
): INode {
	const { description } = nodeTypes.getByNameAndVersion(node.type, node.typeVersion);
	const newest = Array.isArray(description.version) ? Math.max(...description.version) : description.version;
	const usable = (description.credentials ?? []).filter(({ name }) => given[name] !== undefined);
	return {
		id: `node-${position + 1}`,
		typeVersion: newest,
		position: [position * 220, 0],
		parameters: {},
		...(description.webhooks ? { webhookId: `webhook-${position + 1}` } : {}),
		credentials: Object.fromEntries(
			usable.map(({ name }) => [name, { id: `${name}-id`, name: `${name} of the test` }]),
		),
		...node,
	};
}

/** Builds the real `Workflow` of n8n around the nodes of a test, with the real engine's surroundings. */
export async function surround(given: WorkflowOfTheTest, mode: WorkflowExecuteMode): Promise<Surroundings> {
	binaryData ??= Container.get(BinaryDataService).init();
	await binaryData;

	const nodeTypes = new NodeTypesOfTheTest(given.nodeClasses);
	const credentials = given.credentials ?? {};
	const id = given.workflowId ?? 'workflow-of-the-test';
	const executionId = given.executionId ?? '1';
	const baseUrl = given.instanceBaseUrl ?? 'https://n8n.example';
	const nodes = given.nodes.map((node, position) => completeNode(node, position, nodeTypes, credentials));
	const workflow = new Workflow({
		id,
		name: 'Workflow of the test',
		nodes,
		connections: given.connections ?? {},
		active: mode !== 'manual',
		nodeTypes,
		staticData: given.staticData ?? {},
		settings: { executionOrder: 'v1', ...given.settings },
	});
	const workflowData: IWorkflowBase = {
		id,
		name: 'Workflow of the test',
		active: mode !== 'manual',
		activeVersionId: null,
		isArchived: false,
		createdAt: new Date(0),
		updatedAt: new Date(0),
		nodes,
		connections: given.connections ?? {},
		settings: workflow.settings,
	};
	const hooks = new ExecutionLifecycleHooks(mode, executionId, workflowData);
	const notOfThisTest = (what: string) => () => {
		throw new Error(`${what} is outside of what the engine tests run.`);
	};
	const additionalData: IWorkflowExecuteAdditionalData = {
		credentialsHelper: new CredentialsHelperOfTheTest(credentials),
		hooks,
		executionId,
		workflowId: id,
		currentNodeExecutionIndex: 0,
		instanceBaseUrl: `${baseUrl}/`,
		restApiUrl: `${baseUrl}/rest`,
		formBaseUrl: `${baseUrl}/form`,
		formWaitingBaseUrl: `${baseUrl}/form-waiting`,
		formTestBaseUrl: `${baseUrl}/form-test`,
		webhookBaseUrl: `${baseUrl}/webhook`,
		webhookWaitingBaseUrl: `${baseUrl}/webhook-waiting`,
		webhookTestBaseUrl: `${baseUrl}/webhook-test`,
		mcpBaseUrl: `${baseUrl}/mcp`,
		mcpTestBaseUrl: `${baseUrl}/mcp-test`,
		variables: {},
		externalSecretsProxy: Container.get(ExternalSecretsProxy),
		executeWorkflow: notOfThisTest('A sub-workflow'),
		getRunExecutionData: notOfThisTest('Another execution'),
		getRuntimeCredential: notOfThisTest('A runtime credential'),
		startRunnerTask: notOfThisTest('A Code node'),
		logAiEvent: () => undefined,
	};
	return { workflow, additionalData, hooks, executionId };
}

/** The node of that name, which the test itself put into the workflow. */
export function nodeNamed(workflow: Workflow, name: string): INode {
	const node = workflow.getNode(name);
	if (!node) throw new Error(`The workflow of the test has no node '${name}'.`);
	return node;
}

/** The bytes of a file that a node put on an item, wherever n8n keeps them. */
export async function readBinary(file: IBinaryData | undefined): Promise<Buffer> {
	if (!file) throw new Error('There is no file on the item.');
	return await Container.get(BinaryDataService).getAsBuffer(file);
}
