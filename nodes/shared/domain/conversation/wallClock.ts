import { IANAZone } from 'luxon';

const MINUTE = 60_000;
/** A year of them. */
const MOST_HOURS = 9_000;

/**
 * Clocks on the wall of one time zone, as exports write them. Offsets are asked once an hour of the calendar: a report
 * reads tens of thousands of clocks.
 */
export class WallClock {
	private readonly zone: IANAZone;
	private readonly offsets = new Map<number, number>();

	constructor(timeZone: string) {
		this.zone = IANAZone.create(IANAZone.isValidZone(timeZone) ? timeZone : 'UTC');
	}

	/** The instant at which the clock showed this. */
	at(
		{ year, month, day }: { readonly year: number; readonly month: number; readonly day: number },
		hour: number,
		minute: number,
		second: number,
	): Date {
		const shown = Date.UTC(year, month - 1, day, hour, minute, second);
		return new Date(shown - this.offset(shown - this.offset(shown)));
	}

	/** The day on its calendar: `2026-12-31`. */
	day(at: Date): string {
		return new Date(at.getTime() + this.offset(at.getTime())).toISOString().slice(0, 10);
	}

	/** What the clock shows: the weekday from 0 (Monday) and the minute of the day. */
	shows(at: Date): { readonly weekday: number; readonly minute: number } {
		const shown = new Date(at.getTime() + this.offset(at.getTime()));
		return { weekday: (shown.getUTCDay() + 6) % 7, minute: shown.getUTCHours() * 60 + shown.getUTCMinutes() };
	}

	private offset(instant: number): number {
		const hour = Math.floor(instant / (60 * MINUTE));
		const known = this.offsets.get(hour);
		if (known !== undefined) return known;
		const offset = this.zone.offset(instant) * MINUTE;
		if (this.offsets.size >= MOST_HOURS) this.offsets.clear();
		this.offsets.set(hour, offset);
		return offset;
	}
}

const clocks = new Map<string, WallClock>();

/** The clock of a time zone; there are few, and each is asked again and again. */
export function clockOf(timeZone: string): WallClock {
	const clock = clocks.get(timeZone) ?? new WallClock(timeZone);
	clocks.set(timeZone, clock);
	return clock;
}
