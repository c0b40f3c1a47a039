import { fork } from 'node:child_process';
import { join } from 'node:path';

import type { SyncReport } from '../../nodes/shared/usecases/wazzup/sync';
import type { SyncProcessNews, SyncProcessOptions } from './syncProcess';

/** How a run in another process ended. */
export interface SyncRun {
	readonly report: SyncReport;
	readonly milliseconds: number;
	/** How many points it has passed at which it could have been told to die. */
	readonly points: number;
}

/** Another process that syncs. */
export interface SyncProcess {
	readonly pid: number;
	/** What it holds before its first run. */
	readonly idleMegabytes: number;
	/** Where it makes what Wazzup asks for. */
	readonly webhooksUri: string;
	/** Resolves when it has ended, however. */
	readonly gone: Promise<void>;
	/** One run; undefined when the process died of it. */
	sync(): Promise<SyncRun | undefined>;
	stop(): Promise<void>;
}

const running = new Set<SyncProcess>();

/** For `afterEach`: a test that failed half-way leaves no process behind. */
export async function endSyncProcesses(): Promise<void> {
	await Promise.all([...running].map(async (one) => await one.stop()));
}

/** @throws Error with what it said when it does not start. */
export async function startSyncProcess(options: SyncProcessOptions): Promise<SyncProcess> {
	const child = fork(join(__dirname, 'syncProcess.ts'), [JSON.stringify(options)], {
		execArgv: ['--import', 'tsx'],
		stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
	});
	let complaints = '';
	child.stderr?.on('data', (chunk: Buffer) => {
		complaints += chunk.toString();
	});
	const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
	const news = async (): Promise<SyncProcessNews | undefined> =>
		await Promise.race([
			new Promise<SyncProcessNews>((resolve) => child.once('message', resolve)),
			gone.then(() => undefined),
		]);
	const first = await news();
	if (first === undefined || !('ready' in first) || child.pid === undefined) {
		child.kill('SIGKILL');
		throw new Error(`The process did not start: ${complaints}`);
	}
	const started: SyncProcess = {
		pid: child.pid,
		idleMegabytes: first.megabytes,
		webhooksUri: first.webhooksUri,
		gone,
		async sync() {
			const heard = news();
			child.send('sync');
			const end = await heard;
			if (end === undefined) {
				if (child.signalCode === 'SIGKILL') return undefined;
				throw new Error(`The process ended with code ${child.exitCode}: ${complaints}`);
			}
			if (!('ended' in end)) throw new Error('problem' in end ? end.problem : 'It was not asked to start');
			return { report: end.ended, milliseconds: end.milliseconds, points: end.points };
		},
		async stop() {
			if (child.connected) child.disconnect();
			else child.kill('SIGKILL');
			await gone;
		},
	};
	running.add(started);
	void gone.then(() => running.delete(started));
	return started;
}
