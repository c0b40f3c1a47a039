import { IANAZone } from 'luxon';

import type { CalendarDay } from './exportLine';

const MINUTE = 60_000;

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
	at({ year, month, day }: CalendarDay, hour: number, minute: number, second: number): Date {
		const shown = Date.UTC(year, month - 1, day, hour, minute, second);
		return new Date(shown - this.offset(shown - this.offset(shown)));
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
		this.offsets.set(hour, offset);
		return offset;
	}
}
