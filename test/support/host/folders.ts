import { existsSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** The root of this repository. */
export const projectRoot = resolve(__dirname, '..', '..', '..');

/** Where the pinned n8n is installed. */
export const hostFolder = join(projectRoot, 'test', 'host');

const runs = join(projectRoot, '.cache', 'host');
const anHour = 3_600_000;
let counter = 0;

/** What a crashed run left is kept for an hour, long enough to look at. */
function sweepOldRuns(): void {
	if (!existsSync(runs)) return;
	for (const name of readdirSync(runs)) {
		const pid = /-(\d+)-\d+$/.exec(name)?.[1];
		const folder = join(runs, name);
		if (pid === undefined || existsSync(join('/proc', pid)) || Date.now() - statSync(folder).mtimeMs < anHour) continue;
		rmSync(folder, { recursive: true, force: true });
	}
}

/** A folder of its own for one server of one test run. */
export function runFolder(name: string): string {
	if (counter === 0) sweepOldRuns();
	counter += 1;
	const folder = join(runs, `${name}-${process.pid}-${counter}`);
	mkdirSync(folder, { recursive: true });
	return folder;
}
