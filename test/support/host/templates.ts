import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

import { projectRoot } from './folders';
import type { WorkflowFile, WorkflowNode } from './n8nApi';

const templatesFolder = join(projectRoot, 'workflows');
const manualTrigger = 'n8n-nodes-base.manualTrigger';

/** Every workflow that the package ships, by file name. */
export function shippedTemplates(): ReadonlyMap<string, WorkflowFile> {
	if (!existsSync(templatesFolder)) return new Map();
	return new Map(
		readdirSync(templatesFolder)
			.filter((name) => name.endsWith('.json'))
			.sort()
			.map((name) => [name, JSON.parse(readFileSync(join(templatesFolder, name), 'utf8')) as WorkflowFile]),
	);
}

/** One template that the package ships, e.g. `customer-service-bot.json`. */
export function shippedTemplate(name: string): WorkflowFile {
	const template = shippedTemplates().get(name);
	if (template === undefined) throw new Error(`There is no 'workflows/${name}'`);
	return template;
}

/** Whether the workflow is meant to be published; the others are executed by hand. */
export const startsByItself = ({ nodes }: WorkflowFile): boolean =>
	nodes.some(({ type, disabled }) => type.endsWith('Trigger') && type !== manualTrigger && disabled !== true);

/** Whether the workflow begins with an account of Wazzup. */
export const worksForWazzup = ({ nodes }: WorkflowFile): boolean =>
	nodes.some(({ type }) => type.endsWith('.wazzupTrigger'));

/** Whether the workflow sets the one address that an account of Wazzup has. */
const takesWazzupAddress = ({ nodes }: WorkflowFile): boolean =>
	nodes.some(({ type, parameters }) => type.endsWith('.wazzupTrigger') && parameters.subscription !== 'manual');

/**
 * Those that a desk with all of these publishes: everything that starts by itself, and of the workflows that take
 * Wazzup's one address the first, because a client chooses one of them.
 */
export function publishedTogether<File extends WorkflowFile>(files: readonly File[]): readonly File[] {
	const first = files.find(takesWazzupAddress);
	return files.filter((file) => startsByItself(file) && (file === first || !takesWazzupAddress(file)));
}

/** Name of the node that "Execute workflow" begins with, in a workflow that a person executes. */
export const buttonOf = ({ nodes }: WorkflowFile): string | undefined =>
	nodes.find(({ type }) => type === manualTrigger)?.name;

/** The template as a consultant prepares it for one of several clients: its own name, credentials by the client's names. */
export function forClient(template: WorkflowFile, client: string): WorkflowFile {
	const renamed = ({ credentials, ...node }: WorkflowNode): WorkflowNode =>
		credentials === undefined
			? node
			: {
					...node,
					credentials: Object.fromEntries(
						Object.entries(credentials).map(([type, { id, name }]) => [type, { id, name: `${name} (${client})` }]),
					),
				};
	return { ...template, name: `${template.name} (${client})`, nodes: template.nodes.map(renamed) };
}

/** A credential that a template asks for. */
export interface CredentialNeed {
	readonly type: string;
	readonly name: string;
}

/** Each credential that the workflows name, once. */
export function credentialsNamedIn(workflows: readonly WorkflowFile[]): readonly CredentialNeed[] {
	const needs = workflows.flatMap(({ nodes }) =>
		nodes.flatMap(({ credentials = {} }) => Object.entries(credentials).map(([type, { name }]) => ({ type, name }))),
	);
	return [...new Map(needs.map((need) => [`${need.type} ${need.name}`, need])).values()];
}
