import { setTimeout as sleep } from 'node:timers/promises';

import { PATIENCE } from '../patience';

/** How long to wait, and how often to look. */
export interface Patience {
	/** Milliseconds until giving up; PATIENCE unless told. */
	readonly within?: number;
	/** Milliseconds between two looks; 50 unless told. */
	readonly every?: number;
	/** Asked at each look: a reason to stop waiting at once, such as a process that died. */
	readonly hopeless?: () => string | undefined;
}

/**
 * Looks until `look` gives something other than `undefined` or `false`. A look that throws counts as "not yet", and its
 * words end up in the message when time runs out.
 */
export async function eventually<T>(
	what: string,
	look: () => Promise<T | undefined | false> | T | undefined | false,
	{ within = PATIENCE, every = 50, hopeless }: Patience = {},
): Promise<T> {
	const deadline = performance.now() + within;
	let lastReason = '';
	for (;;) {
		try {
			const seen = await look();
			if (seen !== undefined && seen !== false) return seen;
			lastReason = '';
		} catch (error) {
			lastReason = error instanceof Error ? error.message : String(error);
		}
		const obstacle = hopeless?.();
		if (obstacle !== undefined) throw new Error(`Gave up waiting for ${what}: ${obstacle}`);
		if (performance.now() >= deadline) {
			throw new Error(`Waited ${within} ms in vain for ${what}${lastReason === '' ? '' : ` (${lastReason})`}`);
		}
		await sleep(every);
	}
}
