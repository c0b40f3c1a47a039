import { TokenBucket } from 'limiter';
import { LRUCache } from 'lru-cache';

export interface PaceSettings {
	/** How many may go at once after a rest. */
	readonly burst: number;
	/** One more every so many milliseconds. */
	readonly everyMs: number;
	/** A longer wait is refused, so that one recipient's queue does not hold an execution. */
	readonly longestWaitMs: number;
}

/** Lets calls through no faster than a vendor allows, for each key by itself. */
export interface Pace {
	/** Waits for a turn. Answers 0, or the milliseconds that the wait would have taken when that is too long. */
	take(key: string): Promise<number>;
	/** The vendor said that this key is over its limit: its allowance starts again from nothing. */
	exhaust(key: string): void;
}

interface Lane {
	readonly bucket: TokenBucket;
	waiting: number;
}

/** Recipients spoken to lately; one that is forgotten early only gets a fresh burst, which the vendor may refuse. */
const REMEMBERED_KEYS = 20_000;

export function createPace(settings: PaceSettings): Pace {
	const { burst, everyMs, longestWaitMs } = settings;
	// After this rest a bucket is full again, so forgetting it changes nothing.
	const lanes = new LRUCache<string, Lane>({
		max: REMEMBERED_KEYS,
		ttl: Math.max(1_000, Math.ceil(burst * everyMs) + longestWaitMs),
		updateAgeOnGet: true,
	});
	const laneOf = (key: string): Lane => {
		const known = lanes.get(key);
		if (known !== undefined) return known;
		const bucket = new TokenBucket({ bucketSize: burst, tokensPerInterval: 1, interval: everyMs });
		bucket.content = burst;
		const lane: Lane = { bucket, waiting: 0 };
		lanes.set(key, lane);
		return lane;
	};
	return {
		async take(key) {
			const lane = laneOf(key);
			if (lane.waiting === 0 && lane.bucket.tryRemoveTokens(1)) return 0;
			const wait = lane.bucket.getWaitTime(1) + lane.waiting * everyMs;
			if (wait > longestWaitMs) return Math.ceil(wait);
			lane.waiting += 1;
			try {
				await lane.bucket.removeTokens(1);
				return 0;
			} finally {
				lane.waiting -= 1;
			}
		},
		exhaust(key) {
			laneOf(key).bucket.content = 0;
		},
	};
}
