import { spawn } from 'node:child_process';
import { join } from 'node:path';

import type { ChildTask } from './storeChild';

/** Another process that works on a store. */
export interface StoreProcess {
	/** Resolves when it says that it has begun. */
	readonly ready: Promise<void>;
	/** Resolves when it has ended well, rejects with what it said otherwise. */
	readonly ended: Promise<void>;
	/** SIGKILL; resolves when it is gone. */
	kill9(): Promise<void>;
}

const running = new Set<StoreProcess>();

/** For `afterEach`: a test that failed half-way leaves no process behind. */
export async function endStoreProcesses(): Promise<void> {
	await Promise.all([...running].map(async (other) => await other.kill9()));
}

export function startStoreProcess(task: ChildTask): StoreProcess {
	const child = spawn(process.execPath, ['--import', 'tsx', join(__dirname, 'storeChild.ts'), JSON.stringify(task)], {
		stdio: ['ignore', 'pipe', 'pipe'],
	});
	let complaints = '';
	child.stderr.on('data', (chunk: Buffer) => {
		complaints += chunk.toString();
	});
	const gone = new Promise<number | null>((resolve) => child.once('exit', resolve));
	const ended = gone.then((code) => {
		if (code !== 0 && code !== null) throw new Error(`The other process ended with code ${code}: ${complaints}`);
	});
	const ready = new Promise<void>((resolve, reject) => {
		child.stdout.on('data', (chunk: Buffer) => {
			if (chunk.toString().includes('ready')) resolve();
		});
		ended.then(() => resolve(), reject);
	});
	// Whoever awaits one of the two hears of a failure; the other must not count as unhandled.
	ended.catch(() => undefined);
	ready.catch(() => undefined);
	const other: StoreProcess = {
		ready,
		ended,
		kill9: async () => {
			child.kill('SIGKILL');
			await gone;
		},
	};
	running.add(other);
	void gone.then(() => running.delete(other));
	return other;
}
