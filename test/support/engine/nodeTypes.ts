import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { NodeConnectionTypes, NodeHelpers, setSafeRegexEngine } from 'n8n-workflow';
import type {
	IDataObject,
	INodeProperties,
	INodeType,
	INodeTypes,
	IVersionedNodeType,
	RegexEngine,
} from 'n8n-workflow';

import { packageName, registeredNodeClasses } from '../registered';
import { patientRegularExpressions } from './regularExpressions';

setSafeRegexEngine(patientRegularExpressions);

/** n8n loads nodes synchronously, by file. */
const load = createRequire(__filename);

export type NodeClass = new () => INodeType | IVersionedNodeType;

/** The packages of nodes that n8n itself brings. */
const builtInPackages = ['n8n-nodes-base', '@n8n/n8n-nodes-langchain'];

/** n8n's own nodes (Switch, If, OpenAI …), the real ones of the pinned n8n. */
function loadBuiltIn(packageOfNode: string, shortName: string): INodeType | IVersionedNodeType {
	const builtInFolder = path.resolve(__dirname, '../../host/node_modules', packageOfNode);
	const listFile = path.join(builtInFolder, 'dist', 'known', 'nodes.json');
	if (!existsSync(listFile)) {
		throw new Error(`${packageOfNode}.${shortName} is needed, but n8n is not installed: run npm ci in test/host.`);
	}
	const known: Record<string, { className: string; sourcePath: string }> = JSON.parse(readFileSync(listFile, 'utf8'));
	const place = known[shortName];
	if (!place) throw new Error(`n8n has no node ${packageOfNode}.${shortName}.`);
	// n8n's agent brings the SQL agent of its first version along, whose native part the tests' n8n does without.
	jest.doMock(path.resolve(__dirname, '../../host/node_modules/sqlite3'), () => ({}));
	// n8n's own nodes bring a copy of it of their own.
	const theirs: { setSafeRegexEngine(engine: RegexEngine): void } = load(
		path.resolve(__dirname, '../../host/node_modules/n8n-workflow'),
	);
	theirs.setSafeRegexEngine(patientRegularExpressions);
	const module: Record<string, NodeClass> = load(path.join(builtInFolder, place.sourcePath));
	return new module[place.className]();
}

/** What n8n adds to a node that a model uses (tool-generation/ai-tools.js). */
const TOOL_PROPERTIES: readonly INodeProperties[] = [
	{
		displayName: 'Tool Description',
		name: 'descriptionType',
		type: 'options',
		noDataExpression: true,
		options: [
			{ name: 'Set Automatically', value: 'auto' },
			{ name: 'Set Manually', value: 'manual' },
		],
		default: 'auto',
	},
	{
		displayName: 'Description',
		name: 'toolDescription',
		type: 'string',
		default: '',
		required: true,
		displayOptions: { show: { descriptionType: ['manual'] } },
	},
];

/** The node as a model's tool, as n8n makes it of every node that allows it. */
function asTool(node: INodeType): INodeType {
	const { description } = node;
	node.description = {
		...description,
		name: `${description.name}Tool`,
		displayName: `${description.displayName} Tool`,
		inputs: [],
		outputs: [NodeConnectionTypes.AiTool],
		properties: [...TOOL_PROPERTIES, ...description.properties],
	};
	return node;
}

/**
 * Finds nodes as the host does: ours by `n8n-nodes-whatsapp-crm.<name>`, n8n's own by `n8n-nodes-base.<name>`.
 * `extraClasses` are known under our package's name too, registered or not.
 */
export class NodeTypesOfTheTest implements INodeTypes {
	private readonly loaded = new Map<string, INodeType | IVersionedNodeType>();

	constructor(extraClasses: readonly NodeClass[] = []) {
		for (const NodeClassOfTheTest of extraClasses) this.add(new NodeClassOfTheTest());
	}

	/** The full type under which the node is now known. */
	add(node: INodeType | IVersionedNodeType): string {
		const type = `${packageName}.${node.description.name}`;
		this.loaded.set(type, node);
		return type;
	}

	getByName(type: string): INodeType | IVersionedNodeType {
		const known = this.loaded.get(type);
		if (known) return known;
		const node = this.load(type);
		this.loaded.set(type, node);
		return node;
	}

	getByNameAndVersion(type: string, version?: number): INodeType {
		return NodeHelpers.getVersionedNodeType(this.getByName(type), version);
	}

	getKnownTypes(): IDataObject {
		return {};
	}

	private load(type: string): INodeType | IVersionedNodeType {
		const [packageOfNode, shortName] = type.split('.');
		if (builtInPackages.includes(packageOfNode)) return loadBuiltIn(packageOfNode, shortName);
		for (const RegisteredClass of registeredNodeClasses()) {
			const node = new RegisteredClass();
			if (`${packageName}.${node.description.name}` === type) return node;
			const mayBeTool = 'usableAsTool' in node.description && node.description.usableAsTool !== undefined;
			if (mayBeTool && `${packageName}.${node.description.name}Tool` === type) return asTool(node as INodeType);
		}
		throw new Error(`The node ${type} is not registered in package.json.`);
	}
}
