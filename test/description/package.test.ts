import { existsSync, readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import path from 'node:path';

import { importsOf, sourceFiles } from '../support/house';
import { manifest, projectFolder, sourceOf } from '../support/registered';

const written: Record<string, unknown> = JSON.parse(readFileSync(path.join(projectFolder, 'package.json'), 'utf8'));
const sources = sourceFiles(/\.tsx?$/).filter(({ file }) => /^(nodes|credentials)\/|^index\.ts$/.test(file));
const isOfAPage = ({ file }: { readonly file: string }): boolean => /^nodes\/[^/]+\/page\//.test(file);
const shipped = sources.filter((source) => !isOfAPage(source));

/** `@scope/name/part` → `@scope/name`. */
const packageOf = (specifier: string): string =>
	specifier
		.split('/')
		.slice(0, specifier.startsWith('@') ? 2 : 1)
		.join('/');

describe('the package is one that n8n can install', () => {
	test('it has the name, the keyword and the entry points that n8n looks for', () => {
		expect(written).toMatchObject({
			name: expect.stringMatching(/^n8n-nodes-/),
			keywords: expect.arrayContaining(['n8n-community-node-package']),
			license: 'MIT',
			main: 'dist/index.js',
			files: ['dist', 'workflows'],
			n8n: { n8nNodesApiVersion: 1, strict: false },
			peerDependencies: { 'n8n-workflow': '*' },
		});
	});

	test('nothing runs while it is installed, and it does not bend the versions of others', () => {
		const { scripts = {} } = written as { scripts?: Record<string, string> };

		expect(Object.keys(scripts).filter((name) => /^(pre|post)?(install|prepare|publish)$/.test(name))).toEqual([]);
		expect(written.overrides).toBeUndefined();
	});

	test("runtime dependencies are pinned exactly: n8n's installer knows no lock file", () => {
		const loose = Object.entries(manifest.dependencies).filter(([, version]) => !/^\d+\.\d+\.\d+$/.test(version));

		expect(loose).toEqual([]);
	});

	test('what is shipped imports only runtime dependencies, n8n-workflow and Node, and each dependency is imported', () => {
		const imported = new Set(
			shipped
				.flatMap(({ text }) => importsOf(text))
				.filter((specifier) => !specifier.startsWith('.') && !isBuiltin(specifier))
				.map(packageOf),
		);
		const declared = Object.keys(manifest.dependencies);

		expect([...imported].filter((name) => name !== 'n8n-workflow' && !declared.includes(name))).toEqual([]);
		expect(declared.filter((name) => !imported.has(name))).toEqual([]);
	});

	test('what a page imports is in its bundle, so it is pinned and nobody installs it', () => {
		const imported = sources
			.filter(isOfAPage)
			.flatMap(({ text }) => importsOf(text))
			.filter((specifier) => !specifier.startsWith('.'))
			.map(packageOf);
		const { devDependencies } = written as { devDependencies: Readonly<Record<string, string>> };
		// A page shares its types with the domain, and so what the domain is made of.
		const versions = { ...devDependencies, ...manifest.dependencies };

		expect(imported.length).toBeGreaterThan(0);
		expect(imported.filter((name) => !/^\d+\.\d+\.\d+$/.test(versions[name] ?? ''))).toEqual([]);
	});

	test('every node and credential in the tree is registered, and everything registered is in the tree', () => {
		const inTree = shipped
			.map(({ file }) => file)
			.filter((file) => /\.(node|credentials)\.ts$/.test(file))
			.sort();
		const registered = [...manifest.n8n.nodes, ...manifest.n8n.credentials];

		expect(registered.map(sourceOf).sort()).toEqual(inTree);
		expect(registered.filter((file) => !file.startsWith('dist/'))).toEqual([]);
	});

	test('licence and changelog are there', () => {
		expect(['LICENSE', 'CHANGELOG.md'].filter((file) => !existsSync(path.join(projectFolder, file)))).toEqual([]);
	});
});
