import { setTimeout as sleep } from 'node:timers/promises';

import { claimRequests, pausedWindow, type RequestClaim, type RequestWindow } from '../../domain/wazzup/requestWindow';

/** Where the requests of an account are counted: in this process, or for all processes in the store. */
export interface RequestCounter {
	/** Takes up to `wanted` requests from the current window, all or some or none. */
	claim(wanted: number): Promise<Pick<RequestClaim, 'granted' | 'waitMs'>>;
	/** Wazzup refused for the rate: nothing leaves until its counter has started again. */
	pause(): Promise<void>;
}

/** Lets an account's requests through no faster than Wazzup takes them, in the order they came. */
export interface RequestPace {
	/** Waits for a turn. Answers 0, or the milliseconds that were waited for nothing. */
	take(): Promise<number>;
	exhaust(): Promise<void>;
}

/** A queue of 10,000 rows is 100 requests and two seconds: longer than this, something else is wrong. */
const LONGEST_WAIT_MS = 30_000;

interface Waiting {
	readonly since: number;
	readonly pass: (waitedMs: number) => void;
	readonly fail: (error: unknown) => void;
}

/** One claim for all who wait: a counter in a database is asked once, not once for each. */
export function createRequestPace(
	counter: RequestCounter,
	now: () => number = Date.now,
	longestWaitMs = LONGEST_WAIT_MS,
): RequestPace {
	const queue: Waiting[] = [];
	let serving = false;
	const serve = async (): Promise<void> => {
		try {
			// Everybody who asks in this moment is served by the same claim.
			await Promise.resolve();
			while (queue.length > 0) {
				const { granted, waitMs } = await counter.claim(queue.length);
				for (const waiting of queue.splice(0, granted)) waiting.pass(0);
				while (queue[0] !== undefined && now() + waitMs - queue[0].since > longestWaitMs) {
					queue.shift()?.pass(waitMs);
				}
				if (queue.length > 0) await sleep(waitMs);
			}
		} catch (error) {
			for (const waiting of queue.splice(0)) waiting.fail(error);
		} finally {
			serving = false;
		}
	};
	return {
		take: async () =>
			await new Promise<number>((pass, fail) => {
				queue.push({ since: now(), pass, fail });
				if (serving) return;
				serving = true;
				void serve();
			}),
		exhaust: async () => await counter.pause(),
	};
}

/** n8n loads packages again when they are installed: the count must outlive that. */
const WINDOWS = Symbol.for('n8n-nodes-whatsapp-crm.wazzupRequestWindows');

function windowsOfProcess(): Map<string, RequestWindow> {
	const shared = globalThis as { [WINDOWS]?: Map<string, RequestWindow> };
	shared[WINDOWS] ??= new Map();
	return shared[WINDOWS];
}

/** Counts what this process sends, for a node that works without a store. */
export function countInProcess(account: string, now: () => number = Date.now): RequestCounter {
	const windows = windowsOfProcess();
	return {
		claim: async (wanted) => {
			const claim = claimRequests(windows.get(account), now(), wanted);
			windows.set(account, claim.window);
			return await Promise.resolve(claim);
		},
		pause: async () => {
			windows.set(account, pausedWindow(now()));
			await Promise.resolve();
		},
	};
}
