import type {
	IDataObject,
	IExecuteFunctions,
	INodeExecutionData,
	INodeProperties,
	INodePropertyOptions,
} from 'n8n-workflow';

import type { Store } from '../store/store';
import { askOrDo, assertOwnCustomer } from './approval';
import { errorJson, refuse, toNodeError } from './errors';
import { isManual } from './manualMode';
import type { BatchOperation, Operation, OperationContext, Resource } from './operation';
import { isToolExecution } from './toolExecution';

type AnyOperation<Services> = Operation<Services> | BatchOperation<Services>;

const byName = (one: { readonly name: string }, other: { readonly name: string }) => one.name.localeCompare(other.name);

/**
 * The panel of a node: resource, operation, then each operation's own properties, shown only for it. A node with one
 * resource does not ask for it.
 */
export function describeResources<Services>(resources: ReadonlyArray<Resource<Services>>): INodeProperties[] {
	// The first one given is the one that people start with; the list itself is alphabetical.
	const [first] = resources;
	const sorted = [...resources].sort(byName);
	if (first === undefined) return [];
	const resource: INodeProperties =
		sorted.length === 1
			? { displayName: 'Resource', name: 'resource', type: 'hidden', noDataExpression: true, default: first.value }
			: {
					displayName: 'Resource',
					name: 'resource',
					type: 'options',
					noDataExpression: true,
					options: sorted.map(({ value, name, description }) => ({ name, value, description })),
					default: first.value,
				};
	return [resource, ...sorted.map(describeOperations), ...sorted.flatMap(describeProperties)];
}

function describeOperations<Services>(resource: Resource<Services>): INodeProperties {
	const options: INodePropertyOptions[] = [...resource.operations]
		.sort(byName)
		.map(({ name, value, action, description }) => ({ name, value, action, description }));
	return {
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: [resource.value] } },
		options,
		default: resource.operations[0]?.value ?? '',
	};
}

function describeProperties<Services>(resource: Resource<Services>): INodeProperties[] {
	return resource.operations.flatMap((operation) =>
		operation.properties.map((property) => ({
			...property,
			displayOptions: {
				...property.displayOptions,
				show: { resource: [resource.value], operation: [operation.value], ...property.displayOptions?.show },
			},
		})),
	);
}

export interface RunSettings<Services> {
	/** Where requests for approval are kept. Absent: what needs one is refused to models. */
	readonly approvals?: (services: Services) => Store;
}

/**
 * Runs the chosen operation over all input items, one by one. What an item yields is paired with it; what fails stops
 * the node, or becomes an item with `error` and `details` when the node is set to go on.
 *
 * @param openServices Called at most once a run, when the first item needs it.
 */
export async function runResources<Services>(
	node: IExecuteFunctions,
	resources: ReadonlyArray<Resource<Services>>,
	openServices: (node: IExecuteFunctions) => Promise<Services> | Services,
	settings: RunSettings<Services> = {},
): Promise<INodeExecutionData[][]> {
	const items = node.getInputData();
	const manual = isManual(node);
	let services: Promise<Services> | undefined;
	const opened = async (): Promise<Services> => {
		services ??= Promise.resolve(openServices(node));
		return await services;
	};
	const operation = chosenOperation(node, resources);
	if ('executeAll' in operation) {
		if (isForPeople(node, operation)) throw notByModel(node, operation, 0);
		try {
			return [await operation.executeAll(node, items, manual, await opened())];
		} catch (error) {
			const shown = toNodeError(node.getNode(), error);
			if (!node.continueOnFail()) throw shown;
			return [items.map((_, itemIndex) => ({ json: errorJson(error, shown), pairedItem: { item: itemIndex } }))];
		}
	}
	const output: INodeExecutionData[] = [];
	for (const [itemIndex, item] of items.entries()) {
		try {
			const context = { node, item, itemIndex, manual };
			const result = isForPeople(node, operation)
				? await doApproved(context, operation, opened, settings)
				: await doForCustomer(context, operation, await opened());
			output.push(...toItems(result, itemIndex));
		} catch (error) {
			const shown = toNodeError(node.getNode(), error, itemIndex);
			if (!node.continueOnFail()) throw shown;
			output.push({ json: errorJson(error, shown), pairedItem: { item: itemIndex } });
		}
	}
	return [output];
}

function chosenOperation<Services>(
	node: IExecuteFunctions,
	resources: ReadonlyArray<Resource<Services>>,
): AnyOperation<Services> {
	// Neither takes an expression, so it is the same for every item.
	const resourceValue = node.getNodeParameter('resource', 0, resources[0]?.value ?? '');
	const operationValue = node.getNodeParameter('operation', 0, '');
	const operation = resources
		.find(({ value }) => value === resourceValue)
		?.operations.find(({ value }) => value === operationValue);
	if (operation !== undefined) return operation;
	throw refuse(
		node,
		0,
		`'Operation' is not known: '${String(resourceValue)}: ${String(operationValue)}'`,
		"Choose 'Resource' and 'Operation' again: the workflow comes from another version of this package.",
	);
}

/** Whether a model wants something that only a person may decide. */
const isForPeople = <Services>(node: IExecuteFunctions, operation: AnyOperation<Services>): boolean =>
	operation.needsApproval === true && isToolExecution(node);

const notByModel = <Services>(node: IExecuteFunctions, { name }: AnyOperation<Services>, itemIndex: number): Error =>
	refuse(
		node,
		itemIndex,
		`'${name}' is not done by a model alone`,
		'Let a person approve it first, or use the node in a workflow instead of as a tool.',
	);

/** What a model asked for: left for a person to decide, or done because one has approved exactly this. */
async function doApproved<Services>(
	context: OperationContext,
	operation: Operation<Services>,
	opened: () => Promise<Services>,
	{ approvals }: RunSettings<Services>,
): Promise<IDataObject> {
	const { node, itemIndex } = context;
	const { approval } = operation;
	if (approval === undefined || approvals === undefined) throw notByModel(node, operation, itemIndex);
	const services = await opened();
	return await askOrDo(context, { ...approval, name: operation.name }, services, approvals(services));
}

async function doForCustomer<Services>(
	context: OperationContext,
	operation: Operation<Services>,
	services: Services,
): Promise<OperationResult> {
	await refuseOtherCustomers(context, operation, services);
	return await operation.execute(context, services);
}

/** Whose data a model may see and change is bound by the workflow, never by ids that the model writes. */
async function refuseOtherCustomers<Services>(
	context: OperationContext,
	operation: Operation<Services>,
	services: Services,
): Promise<void> {
	const { node } = context;
	if (operation.customerOf === undefined || !isToolExecution(node)) return;
	assertOwnCustomer(context, operation.name, await operation.customerOf(context, services));
}

type OperationResult = IDataObject | IDataObject[] | INodeExecutionData[];

function toItems(result: OperationResult, itemIndex: number): INodeExecutionData[] {
	const list = Array.isArray(result) ? result : [result];
	return list.map((entry) => {
		const ready = isExecutionItem(entry) ? entry : { json: entry };
		return { ...ready, pairedItem: ready.pairedItem ?? { item: itemIndex } };
	});
}

/** Keys of n8n's own item; a plain result of ours that happens to have a `json` field has others beside it. */
const ITEM_KEYS = new Set(['json', 'binary', 'pairedItem', 'error', 'metadata', 'evaluationData', 'index']);

function isExecutionItem(entry: IDataObject | INodeExecutionData): entry is INodeExecutionData {
	return typeof entry.json === 'object' && entry.json !== null && Object.keys(entry).every((key) => ITEM_KEYS.has(key));
}
