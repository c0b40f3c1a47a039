import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** What to run, and where its output goes. */
export interface ProcessRequest {
	/** Used in messages. */
	readonly name: string;
	readonly command: string;
	readonly args: readonly string[];
	readonly env?: NodeJS.ProcessEnv;
	readonly cwd?: string;
	/** Receives standard output and error; appended to. */
	readonly logFile: string;
	/** Runs as this user when given (root only). */
	readonly user?: { readonly uid: number; readonly gid: number };
}

/** A server that runs beside the tests, in a process group of its own. */
export interface RunningProcess {
	readonly name: string;
	readonly pid: number;
	/** Undefined while it runs; afterwards in words, e.g. "ended with code 1". */
	ending(): string | undefined;
	/** Resolves when it has ended. */
	readonly ended: Promise<void>;
	/** Sends a signal to the process itself. */
	signal(signal: NodeJS.Signals): void;
	/** Asks it to end with `signal`, waits, and after `patience` milliseconds kills its whole group. */
	stop(signal?: NodeJS.Signals, patience?: number): Promise<void>;
	/** SIGKILL to the whole group, as a power cut would. */
	kill9(): Promise<void>;
	/** The last lines of its log. */
	log(lines?: number): string;
}

// Reads "watch <pid>" and "forget <pid>" lines. Its input ends when the tests end, however they end (a crash, kill -9, a
// closed terminal), and then every group still watched is killed: no server outlives the tests that started it.
const guardianProgram = `
const watched = new Set();
let rest = '';
process.stdin.on('data', (chunk) => {
	const lines = (rest + chunk).split('\\n');
	rest = lines.pop();
	for (const line of lines) {
		const [verb, pid] = line.split(' ');
		if (verb === 'watch') watched.add(Number(pid));
		else watched.delete(Number(pid));
	}
});
process.stdin.on('end', () => {
	for (const pid of watched) {
		try {
			process.kill(-pid, 'SIGKILL');
		} catch (error) {
			if (error.code !== 'ESRCH') process.exitCode = 1;
		}
	}
});
for (const signal of ['SIGINT', 'SIGHUP', 'SIGTERM']) process.on(signal, () => undefined);
`;

let guardian: ChildProcess | undefined;
const guarded = new Set<number>();

function watch(pid: number): void {
	if (guardian === undefined) {
		guardian = spawn(process.execPath, ['-e', guardianProgram], {
			stdio: ['pipe', 'ignore', 'ignore'],
			detached: true,
		});
		guardian.unref();
		const input = guardian.stdin;
		if (input !== null && 'unref' in input && typeof input.unref === 'function') input.unref();
	}
	guarded.add(pid);
	guardian.stdin?.write(`watch ${pid}\n`);
}

function forget(pid: number): void {
	if (!guarded.delete(pid)) return;
	guardian?.stdin?.write(`forget ${pid}\n`);
	if (guarded.size === 0) {
		guardian?.stdin?.end();
		guardian = undefined;
	}
}

function killGroup(pid: number): void {
	try {
		process.kill(-pid, 'SIGKILL');
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
	}
}

/** Starts a server. It is killed at the latest when this process ends, in whatever way. */
export function startProcess({ name, command, args, env, cwd, logFile, user }: ProcessRequest): RunningProcess {
	mkdirSync(dirname(logFile), { recursive: true });
	const output = openSync(logFile, 'a');
	const child = spawn(command, [...args], {
		env: env ?? process.env,
		cwd,
		stdio: ['ignore', output, output],
		detached: true,
		...(user === undefined ? {} : user),
	});
	closeSync(output);
	let ending: string | undefined;
	const ended = new Promise<void>((resolve) => {
		child.once('error', (error) => {
			ending = `could not be started: ${error.message}`;
			resolve();
		});
		child.once('exit', (code, signal) => {
			ending = signal === null ? `ended with code ${code}` : `was ended by ${signal}`;
			// Its own children (task runners, database workers) go with it.
			killGroup(pid);
			forget(pid);
			resolve();
		});
	});
	const pid = child.pid ?? -1;
	if (pid > 0) watch(pid);

	const log = (lines = 60): string =>
		existsSync(logFile) ? readFileSync(logFile, 'utf8').trimEnd().split('\n').slice(-lines).join('\n') : '';
	const kill9 = async (): Promise<void> => {
		if (ending === undefined) killGroup(pid);
		await ended;
	};
	return {
		name,
		pid,
		ended,
		log,
		kill9,
		ending: () => ending,
		signal: (signal) => {
			if (ending === undefined) child.kill(signal);
		},
		stop: async (signal = 'SIGTERM', patience = 20_000) => {
			if (ending !== undefined) return;
			child.kill(signal);
			const timer = setTimeout(() => killGroup(pid), patience);
			await ended;
			clearTimeout(timer);
		},
	};
}
