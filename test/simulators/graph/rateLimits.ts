/**
 * Generic cell rate algorithm: a bucket that needs one number per key. `spacingMs` is the steady rate, `burst` how
 * many may come at once.
 */
export class RateLimit {
	private readonly arrivals = new Map<string, number>();

	constructor(
		private readonly spacingMs: number,
		private readonly burst: number,
	) {}

	/** Takes a place when there is one. */
	admit(key: string, now: number): boolean {
		if (this.spacingMs <= 0) return true;
		const theoretical = Math.max(now, this.arrivals.get(key) ?? 0);
		if (theoretical - now > (this.burst - 1) * this.spacingMs) return false;
		this.arrivals.set(key, theoretical + this.spacingMs);
		return true;
	}

	/** Takes a place even when there is none: what a customer writes is never refused but counts. */
	count(key: string, now: number): void {
		if (this.spacingMs <= 0) return;
		const theoretical = Math.max(now, this.arrivals.get(key) ?? 0);
		this.arrivals.set(key, Math.min(theoretical, now + this.burst * this.spacingMs) + this.spacingMs);
	}
}

/** One message to one person each 6 s, 45 in advance: MD/about-the-platform#rate-limits. */
export const pairRate = (): RateLimit => new RateLimit(6_000, 45);

/** Messages a second of one number, in and out together: MD/throughput. */
export const throughput = (messagesPerSecond: number): RateLimit =>
	new RateLimit(Number.isFinite(messagesPerSecond) ? 1_000 / messagesPerSecond : 0, messagesPerSecond);
