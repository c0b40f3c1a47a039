/**
 * Every command of the project: `npm run demo | test | bench | lint | build | check`. Started by whatever Node (20 or
 * newer) the machine has, it installs what is missing and runs the real work on the project's own Node 24. It imports
 * only what Node brings, because it runs before anything is installed.
 */
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';

import {
	InstallationStopped,
	installBrowser,
	installHost,
	installProject,
	installRedis,
	projectEnvironment,
	projectFolder,
	projectNode,
	say,
} from './installation.mjs';

/** Seconds-long levels run side by side; those that start servers, browsers and n8n run one after the other. */
const QUICK_LEVELS = ['unit', 'clients', 'description', 'engine', 'workflows'];
const SLOW_LEVELS = ['store', 'e2e', 'browser'];
const LEVELS = [...QUICK_LEVELS, ...SLOW_LEVELS];
/** Levels that take n8n's own nodes (Switch, Merge …) or the whole n8n from test/host. */
const HOST_LEVELS = ['engine', 'workflows', 'e2e', 'browser'];

const tool = (...place) => path.join(projectFolder, 'node_modules', ...place);
const cacheFolder = path.join(projectFolder, '.cache');

/** Runs a program of the project on its Node, in the foreground; resolves with its exit code. */
function onProjectNode(programArguments) {
	return new Promise((resolve, reject) => {
		const child = spawn(projectNode(), programArguments, {
			cwd: projectFolder,
			env: projectEnvironment(),
			stdio: 'inherit',
		});
		// Ctrl+C reaches the child by itself; this program stays until the child has put its things in order.
		const waitForTheChild = () => undefined;
		const passOn = () => child.kill('SIGTERM');
		process.on('SIGINT', waitForTheChild);
		process.on('SIGTERM', passOn);
		child.once('error', reject);
		child.once('exit', (code, signal) => {
			process.off('SIGINT', waitForTheChild);
			process.off('SIGTERM', passOn);
			resolve(code ?? (signal === 'SIGINT' ? 130 : 1));
		});
	});
}

/** Runs steps until one does not end with 0. */
async function inOrder(...steps) {
	for (const step of steps) {
		const code = await step();
		if (code !== 0) return code;
	}
	return 0;
}

const typeScript = (...typeScriptArguments) =>
	onProjectNode([tool('typescript', 'bin', 'tsc'), ...typeScriptArguments]);

function build() {
	say('Building dist (about 20 seconds) …');
	rmSync(path.join(projectFolder, 'dist'), { recursive: true, force: true });
	return inOrder(
		// Not incremental: after dist was removed, an incremental compiler believes that its files are still there.
		() => typeScript('-p', 'tsconfig.json', '--incremental', 'false', '--tsBuildInfoFile', 'null'),
		() => onProjectNode([tool('gulp', 'bin', 'gulp.js'), '--log-level']),
	);
}

async function lint() {
	say('Linting (about a minute) …');
	const places = ['nodes', 'credentials', 'test', 'index.ts', 'gulpfile.js', 'eslint.config.mjs', 'jest.config.cjs'];
	const present = places.filter((place) => existsSync(path.join(projectFolder, place)));
	// All of them speak, so that one round shows everything there is to repair.
	const codes = [
		await onProjectNode([tool('eslint', 'bin', 'eslint.js'), '.', '--max-warnings', '0']),
		await onProjectNode([tool('prettier', 'bin', 'prettier.cjs'), '--check', '--log-level', 'warn', ...present]),
		await typeScript('--noEmit', '-p', 'test/tsconfig.json'),
		await typeScript('-p', path.join('nodes', 'AdvisorInboxTrigger', 'page', 'tsconfig.json')),
	];
	return Math.max(...codes);
}

/** Runs jest on some levels and gives its counts. A suite that could not even load counts as one failed test. */
async function runJest(levels, jestArguments) {
	const reportFile = path.join(cacheFolder, `jest-${levels[0]}.json`);
	mkdirSync(cacheFolder, { recursive: true });
	rmSync(reportFile, { force: true });
	const code = await onProjectNode([
		tool('jest', 'bin', 'jest.js'),
		'--selectProjects',
		...levels,
		'--json',
		`--outputFile=${reportFile}`,
		'--passWithNoTests',
		...jestArguments,
	]);
	if (!existsSync(reportFile)) return { passed: 0, failed: 1, skipped: 0 };
	const report = JSON.parse(readFileSync(reportFile, 'utf8'));
	const failed = report.numFailedTests + report.numRuntimeErrorTestSuites;
	return {
		passed: report.numPassedTests,
		failed: code !== 0 && failed === 0 ? 1 : failed,
		skipped: report.numPendingTests + report.numTodoTests,
	};
}

async function runLevels(levels, jestArguments = []) {
	const total = { passed: 0, failed: 0, skipped: 0 };
	const groups = [
		[levels.filter((level) => QUICK_LEVELS.includes(level)), ['--maxWorkers=2']],
		// In a worker all the same: it is replaced when it holds too much memory (jest.config.cjs).
		[levels.filter((level) => SLOW_LEVELS.includes(level)), ['--maxWorkers=1']],
	];
	for (const [group, pace] of groups) {
		if (group.length === 0) continue;
		say(`Testing: ${group.join(', ')} …`);
		const counts = await runJest(group, [...pace, ...jestArguments]);
		for (const kind of Object.keys(total)) total[kind] += counts[kind];
	}
	return total;
}

/** `--only unit,store` selects levels; everything else is handed to jest (`-t "reminder"`, a file). */
function readTestArguments(given) {
	const rest = [...given];
	const position = rest.findIndex((argument) => argument === '--only' || argument.startsWith('--only='));
	if (position === -1) return { levels: LEVELS, whole: rest.length === 0, jestArguments: rest };
	const [argument, following] = rest.splice(position, rest[position] === '--only' ? 2 : 1);
	const levels = (argument.includes('=') ? argument.slice('--only='.length) : (following ?? '')).split(',');
	const unknown = levels.filter((level) => !LEVELS.includes(level));
	if (unknown.length > 0) {
		throw new InstallationStopped(`There is no level '${unknown.join(', ')}'. Levels: ${LEVELS.join(', ')}.`);
	}
	return { levels, whole: false, jestArguments: rest };
}

async function test(given) {
	const { levels, whole, jestArguments } = readTestArguments(given);
	const needsDist = levels.includes('e2e') || levels.includes('browser');
	if (levels.some((level) => HOST_LEVELS.includes(level))) installHost();
	if (needsDist) {
		installBrowser();
		installRedis();
	}
	const steps = [];
	if (whole || needsDist) steps.push(['The build', build]);
	if (whole) steps.push(['The lint', lint]);
	const broken = [];
	for (const [name, step] of steps) {
		if ((await step()) !== 0) broken.push(name);
	}
	const counts = await runLevels(levels, jestArguments);
	for (const name of broken) say(`${name} is not clean: see above. It counts as one failed.`);
	const failed = counts.failed + broken.length;
	if (counts.passed + failed === 0) say('No test ran.');
	say(`${counts.passed} passed, ${failed} failed, ${counts.skipped} skipped`);
	return failed === 0 && counts.passed > 0 ? 0 : 1;
}

async function check() {
	installHost();
	return inOrder(lint, build, async () => {
		const { passed, failed, skipped } = await runLevels(QUICK_LEVELS);
		say(`${passed} passed, ${failed} failed, ${skipped} skipped`);
		return failed === 0 && passed > 0 ? 0 : 1;
	});
}

/** A TypeScript program of the project that runs on the real n8n. */
const onHost = (program) => async (given) => {
	installHost();
	return inOrder(build, () => onProjectNode(['--import', 'tsx', path.join('test', program), ...given]));
};

const TASKS = {
	build,
	lint,
	check,
	test,
	demo: onHost('demo/demo.ts'),
	bench: onHost('bench/bench.ts'),
};

const [task, ...given] = process.argv.slice(2);
try {
	const work = TASKS[task];
	if (!work) throw new InstallationStopped(`Say what to do: ${Object.keys(TASKS).join(', ')}.`);
	installProject();
	process.exitCode = await work(given);
} catch (reason) {
	if (!(reason instanceof InstallationStopped)) throw reason;
	process.stderr.write(`${reason.message}\n`);
	process.exitCode = 1;
}
