import { NodeHelpers } from 'n8n-workflow';
import type { INode, INodeParameters, INodeProperties, NodeParameterValue } from 'n8n-workflow';

import { packageName } from '../registered';
import { allFields, choicesOf, fieldsOf, groupsOf, iconFindings, isTrigger } from './described';
import type { DescribedNode } from './described';
import {
	hasArticle,
	hasWrongFinalPeriod,
	isSentenceCase,
	isTitleCase,
	miscasedAbbreviation,
	outOfOrder,
	startsWithCapital,
} from './words';

/** A rule of the panel. `findings` says, a sentence each, where a node breaks it. */
export interface Rule<Described> {
	readonly rule: string;
	findings(described: Described): string[];
}

/** Display name and outputs of every node, by internal name. Stored in workflows: never changed. */
export const NODES_OF_THE_DESIGN: Readonly<
	Record<string, { readonly displayName: string; readonly outputs?: readonly string[] }>
> = {
	whatsAppCloudTrigger: {
		displayName: 'WhatsApp Cloud Trigger',
		outputs: ['Messages', 'Statuses', 'Echoes', 'Account', 'Due'],
	},
	whatsAppCloud: { displayName: 'WhatsApp Cloud' },
	botConversation: {
		displayName: 'Bot Conversation',
		outputs: ['Reply', 'Case', 'Handoff', 'Closed', 'Attachment'],
	},
	// In one of its two modes; in the other it has one output.
	botClassifier: {
		displayName: 'Bot Classifier',
		outputs: [
			...['Quotation', 'Order Status', 'Support', 'Documents', 'Billing', 'Human', 'Greeting', 'Thanks', 'Opt Out'],
			'Unknown',
		],
	},
	case: { displayName: 'Case' },
	crearLead: { displayName: 'Crear Lead' },
	whatsAppCrm: { displayName: 'WhatsApp CRM' },
	advisorInboxTrigger: { displayName: 'Advisor Inbox Trigger' },
	wazzup: { displayName: 'Wazzup' },
	wazzupTrigger: { displayName: 'Wazzup Trigger' },
	stripePaymentLink: { displayName: 'Stripe Payment Link' },
	stripePaymentTrigger: { displayName: 'Stripe Payment Trigger' },
};

/** The bot is bound to its customer by the workflow, so no model may call it. */
const NO_TOOLS = new Set(['botConversation']);

const CATEGORIES = new Set([
	'AI',
	'Analytics',
	'Communication',
	'Core Nodes',
	'Cybersecurity',
	'Data & Storage',
	'Development',
	'Finance & Accounting',
	'HITL',
	'Marketing',
	'Marketing & Content',
	'Miscellaneous',
	'Productivity',
	'Sales',
	'Utility',
]);

const COLLECTION_NAMES = ['Additional Fields', 'Filters', 'Options', 'Update Fields'];

const nameOf = ({ displayName, name }: INodeProperties): string => `'${displayName}' (${name})`;

const eachField =
	(finding: (field: INodeProperties) => string | undefined | false) =>
	({ node }: DescribedNode): string[] =>
		allFields(node.description.properties).flatMap((field) => finding(field) || []);

const resourceField = ({ node }: DescribedNode) =>
	node.description.properties.filter(({ name }) => name === 'resource');
const operationFields = ({ node }: DescribedNode) =>
	node.description.properties.filter(({ name }) => name === 'operation');

/** A node of this type with some parameters set, as the editor holds it when the panel opens. */
export function nodeWith({ node: { description } }: DescribedNode, chosen: INodeParameters = {}): INode {
	const { version } = description;
	const node: INode = {
		id: 'node',
		name: description.displayName,
		type: `${packageName}.${description.name}`,
		typeVersion: Array.isArray(version) ? Math.max(...version) : version,
		position: [0, 0],
		parameters: chosen,
	};
	const parameters = NodeHelpers.getNodeParameters(description.properties, chosen, true, false, node, description);
	return { ...node, parameters: parameters ?? {} };
}

export interface OperationOfNode {
	readonly resource?: string;
	readonly operation?: string;
	readonly action?: string;
}

/** Every resource and operation that a person can choose, from the panel itself; one entry for a node without. */
export function operationsOf(described: DescribedNode): OperationOfNode[] {
	const { description } = described.node;
	const resources = resourceField(described).flatMap(choicesOf);
	return (resources.length > 0 ? resources : [undefined]).flatMap((resource): OperationOfNode[] => {
		const chosen: { resource?: string } = resource ? { resource: String(resource.value) } : {};
		const node = nodeWith(described, chosen);
		const shown = operationFields(described).filter((field) =>
			NodeHelpers.displayParameter(node.parameters, field, node, description),
		);
		const operations = shown.flatMap(choicesOf);
		if (operations.length === 0) return [chosen];
		return operations.map(({ value, action }) => ({
			...chosen,
			operation: String(value),
			...(action ? { action } : {}),
		}));
	});
}

const parametersOf = ({ resource, operation }: OperationOfNode): INodeParameters => ({
	...(resource ? { resource } : {}),
	...(operation ? { operation } : {}),
});

const placeOf = ({ resource, operation }: OperationOfNode): string =>
	[resource, operation].filter(Boolean).join(': ') || 'the panel';

/** The fields of the first level that are visible for an operation when the panel opens. */
export function visibleFields(described: DescribedNode, operation: OperationOfNode): INodeProperties[] {
	const { description } = described.node;
	const node = nodeWith(described, parametersOf(operation));
	return description.properties.filter((field) =>
		NodeHelpers.displayParameter(node.parameters, field, node, description),
	);
}

const isSame = (value: unknown, expected: NodeParameterValue, what: string): string[] =>
	value === expected ? [] : [`${what} is ${JSON.stringify(value)}, not ${JSON.stringify(expected)}`];

export const NODE_RULES: ReadonlyArray<Rule<DescribedNode>> = [
	{
		rule: 'internal and display names are those of the design',
		findings: ({ node: { description } }) => {
			const { name, displayName, defaults } = description;
			const design = NODES_OF_THE_DESIGN[name];
			if (!design) return [`${name} is not a node of the design`];
			return [
				...isSame(displayName, design.displayName, 'the display name'),
				...isSame(defaults.name, displayName, 'the default name on the canvas'),
			];
		},
	},
	{
		rule: 'names of fields and options are in Title Case',
		findings: eachField((field) => {
			const names = [
				field.displayName,
				...choicesOf(field).map(({ name }) => name),
				...groupsOf(field).map(({ displayName }) => displayName),
			];
			const wrong = names.filter((name) => !isTitleCase(name) || miscasedAbbreviation(name));
			return wrong.length > 0 && `${nameOf(field)}: ${wrong.map((name) => `"${name}"`).join(', ')}`;
		}),
	},
	{
		rule: 'actions are in sentence case, without articles, and say what they act on',
		findings: (described) =>
			operationsOf(described).flatMap((operation) => {
				const { action } = operation;
				if (!operation.operation) return [];
				if (!action) return [`${placeOf(operation)} has no action`];
				const actsOn = action.replace(/^(\w+ or \w+|get many|\w+)\s*/i, '');
				return [
					...(isSentenceCase(action) ? [] : [`${placeOf(operation)}: "${action}" is not in sentence case`]),
					...(hasArticle(action) ? [`${placeOf(operation)}: "${action}" has an article`] : []),
					...(actsOn === '' ? [`${placeOf(operation)}: "${action}" does not say what it acts on`] : []),
				];
			}),
	},
	{
		rule: 'every choice of resource and operation is fixed, and every operation is described',
		findings: (described) =>
			[...resourceField(described), ...operationFields(described)].flatMap((field) => [
				...(['options', 'hidden'].includes(field.type) && field.noDataExpression === true
					? []
					: [`${field.name} accepts an expression`]),
				...(field.required ? [`${field.name} is marked as required`] : []),
				...choicesOf(field)
					.filter(({ description }) => field.name === 'operation' && !description)
					.map(({ name }) => `operation "${name}" has no description`),
			]),
	},
	{
		rule: 'the vocabulary is that of n8n: Get Many is getAll',
		findings: (described) =>
			operationFields(described)
				.flatMap(choicesOf)
				.flatMap(({ name, value }) =>
					(value === 'getAll') === (name === 'Get Many') ? [] : [`"${name}" has the value ${String(value)}`],
				),
	},
	{
		rule: 'switches say what they decide: "Whether …"',
		findings: eachField(
			({ type, description, ...field }) =>
				type === 'boolean' &&
				!description?.startsWith('Whether ') &&
				`${nameOf({ type, ...field })}: "${description ?? ''}"`,
		),
	},
	{
		rule: 'placeholders are examples: "e.g. …"; those of lists say what is added: "Add …"',
		findings: eachField((field) => {
			const { type, placeholder } = field;
			const adds = type === 'collection' || type === 'fixedCollection' || field.typeOptions?.multipleValues === true;
			const wanted = adds ? 'Add ' : 'e.g. ';
			return placeholder && !placeholder.startsWith(wanted) && `${nameOf(field)}: "${placeholder}"`;
		}),
	},
	{
		rule: 'descriptions begin with a capital and end without a period when they are one sentence',
		findings: eachField((field) => {
			const texts = [field.description, ...choicesOf(field).map(({ description }) => description)];
			const wrong = texts.filter(
				(text) => text && (!startsWithCapital(text) || hasWrongFinalPeriod(text) || miscasedAbbreviation(text)),
			);
			return wrong.length > 0 && `${nameOf(field)}: ${wrong.map((text) => `"${text ?? ''}"`).join(', ')}`;
		}),
	},
	{
		rule: 'lists are alphabetical',
		findings: eachField((field) => {
			const lists = [
				choicesOf(field).map(({ name }) => name),
				fieldsOf(field).map(({ displayName }) => displayName),
				groupsOf(field).map(({ displayName }) => displayName),
			];
			const wrong = lists.map(outOfOrder).find((name) => name !== undefined);
			return wrong !== undefined && `${nameOf(field)}: "${wrong}" is out of order`;
		}),
	},
	{
		rule: 'optional fields are in one collection with a known name',
		findings: (described) =>
			described.node.description.properties
				.filter(({ type, displayName }) => type === 'collection' && !COLLECTION_NAMES.includes(displayName))
				.map((field) => `${nameOf(field)} is none of ${COLLECTION_NAMES.join(', ')}`),
	},
	{
		rule: 'lists of results have Return All and a Limit of 50',
		findings: (described) => [
			...eachField((field) => {
				if (field.name !== 'limit') return undefined;
				const right =
					field.default === 50 &&
					field.typeOptions?.minValue === 1 &&
					field.description === 'Max number of results to return';
				return !right && `${nameOf(field)} is not the Limit of n8n (50, at least 1, "Max number of results to return")`;
			})(described),
			...operationsOf(described)
				.filter(({ operation }) => operation === 'getAll')
				.flatMap((operation) => {
					const names = visibleFields(described, operation).map(({ name }) => name);
					return ['returnAll', 'limit']
						.filter((name) => !names.includes(name))
						.map((name) => `${placeOf(operation)} has no field ${name}`);
				}),
		],
	},
	{
		rule: 'Simplify is on and says what it does',
		findings: eachField(
			(field) =>
				(field.name === 'simplify' || field.name === 'simple') &&
				(field.default !== true ||
					field.description !== 'Whether to return a simplified version of the response instead of the raw data') &&
				`${nameOf(field)} is not the Simplify of n8n`,
		),
	},
	{
		rule: 'what is chosen from a list can be searched: list first, and its method exists',
		findings: (described) => {
			const { methods } = described.node;
			return eachField((field) => {
				const { loadOptionsMethod } = field.typeOptions ?? {};
				if (loadOptionsMethod && !methods?.loadOptions?.[loadOptionsMethod]) {
					return `${nameOf(field)} loads its options by ${loadOptionsMethod}, which does not exist`;
				}
				if (field.type !== 'resourceLocator') return undefined;
				const [first] = field.modes ?? [];
				const method = first?.typeOptions?.searchListMethod;
				if (first?.type !== 'list') return `${nameOf(field)} does not begin with a list`;
				if (!method || !methods?.listSearch?.[method]) return `${nameOf(field)} has no list search`;
				const { mode } = field.default as { mode?: string };
				return mode !== first.name && `${nameOf(field)} opens in the mode ${String(mode)}, not in the list`;
			})(described);
		},
	},
	{
		rule: 'icons exist for light and dark, and are square',
		findings: ({ node: { description }, folder }) => iconFindings(description.icon, folder),
	},
	{
		rule: 'the node can be found: codex with category, other words for it and documentation',
		findings: ({ node: { description }, codex }) => {
			if (!codex) return ['has no codex file (.node.json)'];
			const unknown = (codex.categories ?? []).filter((category) => !CATEGORIES.has(category));
			return [
				...isSame(codex.node, `${packageName}.${description.name}`, 'node'),
				...isSame(codex.codexVersion, '1.0', 'codexVersion'),
				...(codex.nodeVersion ? [] : ['nodeVersion is missing']),
				...(codex.categories?.length ? [] : ['has no category']),
				...unknown.map((category) => `"${category}" is not a category of n8n`),
				...(codex.alias?.length ? [] : ['has no alias']),
				...(codex.resources?.primaryDocumentation?.[0]?.url.startsWith('https://') ? [] : ['has no documentation']),
			];
		},
	},
	{
		rule: 'action nodes are tools of an agent, triggers and the bot are not',
		findings: (described) => {
			const { name, usableAsTool } = described.node.description;
			if (isTrigger(described)) return usableAsTool === undefined ? [] : ['is a trigger and a tool'];
			const wanted = !NO_TOOLS.has(name);
			return Boolean(usableAsTool) === wanted ? [] : [wanted ? 'is no tool' : 'is a tool, but must not be'];
		},
	},
	{
		rule: 'the canvas says what the node does: subtitle and description',
		findings: ({ node: { description } }) => [
			...(description.subtitle ? [] : ['has no subtitle']),
			...(startsWithCapital(description.description) && !hasWrongFinalPeriod(description.description)
				? []
				: [`description "${description.description}"`]),
		],
	},
	{
		rule: 'where a node takes several credentials, each is named: n8n calls all of them "Credential"',
		findings: ({ node: { description } }) => {
			const credentials = description.credentials ?? [];
			return credentials.length < 2
				? []
				: credentials.filter(({ displayName }) => !displayName).map(({ name }) => `"${name}" has no name`);
		},
	},
	{
		// n8n evaluates an expression on every request of a webhook node of version 1: four times fewer requests.
		rule: 'a node with a webhook is never of version 1',
		findings: ({ node: { description } }) =>
			description.webhooks && [description.version].flat().includes(1) ? ['has a webhook and version 1'] : [],
	},
	{
		rule: 'triggers are named so, have no input and end with the output Due',
		findings: (described) => {
			const { description } = described.node;
			if (!isTrigger(described)) return [];
			const names = outputNamesOf(described);
			return [
				...(description.displayName.endsWith(' Trigger') && description.name.endsWith('Trigger')
					? []
					: ['is not named Trigger']),
				...(description.inputs.length === 0 ? [] : ['has an input']),
				...(names.at(-1) === 'Due' ? [] : [`ends with the output ${String(names.at(-1))}, not with Due`]),
			];
		},
	},
	{
		// n8n keeps wires by index: an output that moves sends items to another branch.
		rule: 'outputs are fixed, named, and those of the design',
		findings: (described) => {
			const { name, outputs } = described.node.description;
			const names = outputNamesOf(described);
			const wanted = NODES_OF_THE_DESIGN[name]?.outputs;
			const computed = typeof outputs === 'string';
			return [
				...(computed && !wanted ? ['computes its outputs by an expression'] : []),
				...(!computed && outputs.length > 1 && names.filter(Boolean).length !== outputs.length
					? ['has outputs without a name']
					: []),
				...(wanted && !computed && JSON.stringify(names) !== JSON.stringify(wanted)
					? [`has the outputs ${names.join(', ')}, not ${wanted.join(', ')}`]
					: []),
			];
		},
	},
	{
		rule: 'the panel opens without issues for every operation; only required fields may be empty',
		findings: (described) =>
			operationsOf(described).flatMap((operation) => {
				const { description } = described.node;
				const node = nodeWith(described, parametersOf(operation));
				const issues = NodeHelpers.getNodeParametersIssues(description.properties, node, description);
				const visible = visibleFields(described, operation);
				const required = new Set(allFields(visible).flatMap(({ name, required: needed }) => (needed ? [name] : [])));
				const twice = visible
					.map(({ name }) => name)
					.filter((name, position, names) => names.indexOf(name) !== position);
				return [
					...Object.entries(issues?.parameters ?? {})
						.filter(([path]) => !required.has(path.split('.').at(-1) ?? path))
						.map(([path, texts]) => `${placeOf(operation)}, ${path}: ${texts.join(' ')}`),
					...twice.map((name) => `${placeOf(operation)} shows the field ${name} twice`),
				];
			}),
	},
	{
		rule: 'what is chosen at first is one of the choices',
		findings: eachField((field) => {
			const choices = choicesOf(field).map(({ value }) => value);
			const chosen: unknown[] = Array.isArray(field.default) ? field.default : [field.default];
			const unknown = chosen.filter((value) => !choices.some((choice) => choice === value));
			return choices.length > 0 && unknown.length > 0 && `${nameOf(field)} opens with ${JSON.stringify(field.default)}`;
		}),
	},
	{
		rule: 'tested credentials name a test that the node has',
		findings: ({ node }) =>
			(node.description.credentials ?? []).flatMap(({ name, testedBy }) =>
				typeof testedBy === 'string' && !node.methods?.credentialTest?.[testedBy]
					? [`the credential ${name} is tested by ${testedBy}, which does not exist`]
					: [],
			),
	},
];

/** Names of the outputs, from `outputNames` or from each output's own display name. */
export function outputNamesOf({ node: { description } }: DescribedNode): Array<string | undefined> {
	const { outputs, outputNames } = description;
	if (outputNames) return outputNames;
	if (typeof outputs === 'string') return [];
	return outputs.map((output) => (typeof output === 'string' ? undefined : output.displayName));
}
