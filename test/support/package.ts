import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readFile, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';

import { manifest, packageName, projectFolder } from './registered';

const runFile = promisify(execFile);
const cacheFolder = path.join(projectFolder, '.cache', 'packed');

/** The arguments of n8n's own installer (community-packages.service.ts of n8n 2.41.1, `downloadPackage`). */
const INSTALL_ARGUMENTS = [
	'install',
	'--audit=false',
	'--fund=false',
	'--bin-links=false',
	'--install-strategy=shallow',
	'--ignore-scripts=true',
	'--package-lock=false',
];

const npm = async (npmArguments: readonly string[], folder: string): Promise<string> => {
	const { stdout } = await runFile('npm', [...npmArguments], {
		cwd: folder,
		maxBuffer: 64 * 1024 * 1024,
		shell: process.platform === 'win32',
	});
	return stdout.trim();
};

/**
 * The package as a user gets it: packed by npm, unpacked and completed by the steps that n8n's installer takes. Made
 * once for the same content: npm packs without times, so equal content is an equal archive.
 *
 * @returns the folder of the installed package, with its own node_modules
 * @throws when dist was not built or npm cannot install the dependencies
 */
export async function packPackage(): Promise<string> {
	const unbuilt = [...manifest.n8n.nodes, ...manifest.n8n.credentials, 'dist/index.js'].filter(
		(file) => !existsSync(path.join(projectFolder, file)),
	);
	if (unbuilt.length > 0) throw new Error(`Build the package first (npm run build): ${unbuilt.join(', ')} is missing.`);

	await mkdir(cacheFolder, { recursive: true });
	const workFolder = await mkdtemp(path.join(cacheFolder, 'making-'));
	try {
		const archive = (
			await npm(['pack', '--quiet', '--ignore-scripts', '--pack-destination', workFolder], projectFolder)
		)
			.split('\n')
			.at(-1);
		const archiveFile = path.join(workFolder, String(archive));
		const content = createHash('sha256')
			.update(await readFile(archiveFile))
			.digest('hex')
			.slice(0, 16);
		const finished = path.join(cacheFolder, content, packageName);
		if (existsSync(finished)) return finished;

		const packageFolder = path.join(workFolder, packageName);
		await mkdir(packageFolder);
		await runFile('tar', ['-xzf', archiveFile, '-C', packageFolder, '--strip-components=1']);
		await keepRuntimeDependencies(path.join(packageFolder, 'package.json'));
		await npm(INSTALL_ARGUMENTS, packageFolder);
		await removeOldOnes(path.basename(workFolder));
		await mkdir(path.dirname(finished), { recursive: true });
		await putInPlace(packageFolder, finished);
		return finished;
	} finally {
		await rm(workFolder, { recursive: true, force: true });
	}
}

async function keepRuntimeDependencies(manifestFile: string): Promise<void> {
	const kept: Record<string, unknown> = JSON.parse(await readFile(manifestFile, 'utf8'));
	for (const leftOut of ['devDependencies', 'peerDependencies', 'optionalDependencies']) delete kept[leftOut];
	await writeFile(manifestFile, JSON.stringify(kept, null, 2));
}

/** Each is 50 MB; those of the last hour may be in use by a test that still runs, and `mine` is, whatever the clocks say. */
async function removeOldOnes(mine: string): Promise<void> {
	for (const folder of await readdir(cacheFolder)) {
		if (folder === mine) continue;
		const { mtimeMs } = await stat(path.join(cacheFolder, folder));
		if (Date.now() - mtimeMs > 3_600_000) await rm(path.join(cacheFolder, folder), { recursive: true, force: true });
	}
}

/** Two tests may make the same package at the same time: the first one wins, the other's is the same. */
async function putInPlace(made: string, finished: string): Promise<void> {
	try {
		await rename(made, finished);
	} catch (reason) {
		if (!existsSync(finished)) throw reason;
	}
}

/**
 * Installs the packed package for one n8n, where n8n looks for community packages.
 *
 * @param userFolder the folder that n8n gets as `N8N_USER_FOLDER`
 * @returns the folder of the installed package
 */
export async function packAndInstall(userFolder: string): Promise<string> {
	const packed = await packPackage();
	const nodesFolder = path.join(userFolder, '.n8n', 'nodes');
	const target = path.join(nodesFolder, 'node_modules', packageName);
	await rm(target, { recursive: true, force: true });
	await cp(packed, target, { recursive: true });
	const installed = { name: 'installed-nodes', private: true, dependencies: { [packageName]: manifest.version } };
	await writeFile(path.join(nodesFolder, 'package.json'), JSON.stringify(installed, null, 2));
	return target;
}
