import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import type { ICredentialType, INodeType } from 'n8n-workflow';

/** n8n loads nodes synchronously, by file. */
const load = createRequire(__filename);

export const projectFolder = path.resolve(__dirname, '../..');

interface PackageManifest {
	readonly name: string;
	readonly version: string;
	readonly dependencies: Readonly<Record<string, string>>;
	readonly n8n: { readonly nodes: readonly string[]; readonly credentials: readonly string[] };
}

export const manifest: PackageManifest = JSON.parse(readFileSync(path.join(projectFolder, 'package.json'), 'utf8'));
export const packageName = manifest.name;

/** `dist/nodes/Case/Case.node.js` → `nodes/Case/Case.node.ts`, relative to the project. */
export const sourceOf = (registeredFile: string): string =>
	registeredFile.replace(/^dist\//, '').replace(/\.js$/, '.ts');

function classesIn<Instance>(registeredFile: string): Array<new () => Instance> {
	const exported: Record<string, unknown> = load(path.join(projectFolder, sourceOf(registeredFile)));
	return Object.values(exported).filter((value): value is new () => Instance => typeof value === 'function');
}

/** What n8n loads from one registered file: the class named like the file. */
function classOf<Instance>(registeredFile: string, ending: RegExp): new () => Instance {
	const className = path.basename(registeredFile).replace(ending, '');
	const found = classesIn<Instance>(registeredFile).find(({ name }) => name === className);
	if (!found) throw new Error(`${sourceOf(registeredFile)} exports no class named ${className}, which n8n looks for.`);
	return found;
}

/** Every node class of package.json, from its TypeScript source. */
export const registeredNodeClasses = (): Array<new () => INodeType> =>
	manifest.n8n.nodes.map((file) => classOf<INodeType>(file, /\.node\.js$/));

/** Every credential class of package.json, from its TypeScript source. */
export const registeredCredentialClasses = (): Array<new () => ICredentialType> =>
	manifest.n8n.credentials.map((file) => classOf<ICredentialType>(file, /\.credentials\.js$/));
