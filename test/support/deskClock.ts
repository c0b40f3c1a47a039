/** A Tuesday, ten in the morning in Bogotá. */
const BEGINNING = Date.parse('2026-01-13T15:00:00.000Z');

/**
 * The clock of the desk: begins at a working hour and runs on as the machine's does, so that reminders do not depend on
 * when the tests run.
 */
export class DeskClock {
	private moved = 0;
	private readonly started = performance.now();
	private readonly spy = jest.spyOn(Date, 'now').mockImplementation(() => this.now());

	private now(): number {
		return BEGINNING + (performance.now() - this.started) + this.moved;
	}

	forward(milliseconds: number): void {
		this.moved += milliseconds;
	}

	stop(): void {
		this.spy.mockRestore();
	}
}
