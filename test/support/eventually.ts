import { setTimeout as sleep } from 'node:timers/promises';

import { PATIENCE } from './patience';

/** Waits until something is so, however busy the machine is; a test that waited for a time instead would pass by chance. */
export async function eventually(what: string, isSo: () => boolean | Promise<boolean>): Promise<void> {
	const deadline = performance.now() + PATIENCE;
	while (!(await isSo())) {
		if (performance.now() > deadline) throw new Error(`Never came: ${what}`);
		await sleep(10);
	}
}
