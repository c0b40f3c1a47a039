import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type {
	ICredentialType,
	INodeProperties,
	INodePropertyCollection,
	INodePropertyOptions,
	INodeType,
	Themed,
} from 'n8n-workflow';

import { manifest, projectFolder, registeredCredentialClasses, registeredNodeClasses, sourceOf } from '../registered';

/** The codex file beside a node: what n8n's node search and node panel read. */
export interface Codex {
	readonly node?: string;
	readonly nodeVersion?: string;
	readonly codexVersion?: string;
	readonly categories?: readonly string[];
	readonly alias?: readonly string[];
	readonly resources?: { readonly primaryDocumentation?: ReadonlyArray<{ readonly url: string }> };
}

/** A node as the rules see it. */
export interface DescribedNode {
	readonly node: INodeType;
	/** Folder of the source file, absolute: icons are looked up from here. */
	readonly folder: string;
	readonly codex: Codex | undefined;
}

export interface DescribedCredential {
	readonly credential: ICredentialType;
	readonly folder: string;
	/** The registered nodes that use it. */
	readonly nodes: readonly INodeType[];
}

export function registeredNodes(): DescribedNode[] {
	return registeredNodeClasses().map((NodeClass, position) => {
		const source = path.join(projectFolder, sourceOf(manifest.n8n.nodes[position]));
		const codexFile = source.replace(/\.ts$/, '.json');
		const codex: Codex | undefined = existsSync(codexFile) ? JSON.parse(readFileSync(codexFile, 'utf8')) : undefined;
		return { node: new NodeClass(), folder: path.dirname(source), codex };
	});
}

export function registeredCredentials(): DescribedCredential[] {
	const nodes = registeredNodeClasses().map((NodeClass) => new NodeClass());
	return registeredCredentialClasses().map((CredentialClass, position) => {
		const credential = new CredentialClass();
		const uses = nodes.filter(({ description }) =>
			(description.credentials ?? []).some(({ name }) => name === credential.name),
		);
		const folder = path.dirname(path.join(projectFolder, sourceOf(manifest.n8n.credentials[position])));
		return { credential, folder, nodes: uses };
	});
}

export const isTrigger = ({ node }: DescribedNode): boolean => node.description.group.includes('trigger');

type AnyOption = INodePropertyOptions | INodeProperties | INodePropertyCollection;

const isField = (option: AnyOption): option is INodeProperties => 'type' in option;
const isGroup = (option: AnyOption): option is INodePropertyCollection => 'values' in option;

export const choicesOf = ({ type, options = [] }: INodeProperties): INodePropertyOptions[] =>
	type === 'options' || type === 'multiOptions'
		? options.filter((option): option is INodePropertyOptions => !isField(option) && !isGroup(option))
		: [];

export const fieldsOf = ({ type, options = [] }: INodeProperties): INodeProperties[] =>
	type === 'collection' ? options.filter(isField) : [];

export const groupsOf = ({ type, options = [] }: INodeProperties): INodePropertyCollection[] =>
	type === 'fixedCollection' ? options.filter(isGroup) : [];

/** Types that show a text or nothing: they have no name of their own in the panel. */
const SILENT_TYPES = new Set(['hidden', 'notice', 'callout', 'button', 'credentials', 'curlImport', 'icon']);

/** Every field a person can meet in the panel, however deep, silent ones left out. */
export const allFields = (properties: readonly INodeProperties[]): INodeProperties[] =>
	properties
		.filter(({ type }) => !SILENT_TYPES.has(type))
		.flatMap((field) => [
			field,
			...allFields(fieldsOf(field)),
			...groupsOf(field).flatMap(({ values }) => allFields(values)),
		]);

/** What is wrong with an icon: light and dark SVG files must exist, differ and be square. */
export function iconFindings(icon: Themed<string> | string | undefined, folder: string): string[] {
	if (!icon) return ['has no icon'];
	if (typeof icon === 'string') return ['has one icon for light and dark; give { light, dark }'];
	const files = [icon.light, icon.dark].map((name) => path.join(folder, name.replace(/^file:/, '')));
	const missing = files.filter((file) => !existsSync(file) || !file.endsWith('.svg'));
	if (missing.length > 0) return missing.map((file) => `has no SVG file ${path.relative(projectFolder, file)}`);
	const [light, dark] = files.map((file) => readFileSync(file, 'utf8'));
	const oblong = [light, dark].filter((svg) => {
		const box = /viewBox="([\d.\s-]+)"/.exec(svg)?.[1].trim().split(/\s+/).map(Number);
		return !box || box[2] !== box[3];
	});
	return [
		...(light === dark ? ['has the same drawing for light and dark'] : []),
		...(oblong.length > 0 ? ['has an icon that is not square (viewBox)'] : []),
	];
}
