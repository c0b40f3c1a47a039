const TICK = 10;

/**
 * A watch for what must not take longer than some seconds: it counts the time that this process was given, and stands
 * still while a busy machine works for others. So it tells a slow product from a slow machine.
 */
export class GivenTime {
	private ticks = 0;
	private readonly started = performance.now();
	private readonly ticking = setInterval(() => {
		this.ticks += 1;
	}, TICK);

	/** Milliseconds since the watch was started. */
	now(): number {
		return this.ticks * TICK;
	}

	/** How much of the time so far this process was given: 1 on a machine that does nothing else. */
	share(): number {
		return Math.min(1, this.now() / (performance.now() - this.started));
	}

	stop(): void {
		clearInterval(this.ticking);
	}
}
