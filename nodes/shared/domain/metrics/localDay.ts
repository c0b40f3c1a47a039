import { DateTime } from 'luxon';

export const DAY = 86_400_000;

/** Clocks of the world differ by whole quarters of an hour, so all moments of one have the same day and hour, ms. */
const QUARTER = 900_000;

/** Quarters that are remembered: a week of a few zones. Asking the calendar for every message would be most of the counting. */
const REMEMBERED = 4_000;

interface Clock {
	readonly day: string;
	readonly hour: string;
}

const clocks = new Map<string, Clock>();

function clockAt(at: number, timeZone: string): Clock {
	const quarter = Math.floor(at / QUARTER);
	const name = `${timeZone} ${quarter}`;
	const known = clocks.get(name);
	if (known) return known;
	const local = DateTime.fromMillis(quarter * QUARTER, { zone: timeZone });
	const clock = { day: local.toFormat('yyyy-MM-dd'), hour: local.toFormat('HH') };
	if (clocks.size >= REMEMBERED) clocks.clear();
	clocks.set(name, clock);
	return clock;
}

/** The day of a moment by the clock of the business, `2026-03-10`. */
export const localDay = (at: number, timeZone: string): string => clockAt(at, timeZone).day;

/** The hour of a moment by the clock of the business, `00` to `23`. */
export const localHour = (at: number, timeZone: string): string => clockAt(at, timeZone).hour;

/** The moment at which a local day begins: where clocks change, days have 23 or 25 hours. */
export function beginningOf(day: string, timeZone: string): number {
	return DateTime.fromISO(day, { zone: timeZone }).startOf('day').toMillis();
}

/** A day so many days later, or earlier. */
export function dayAfter(day: string, days: number): string {
	return new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY).toISOString().slice(0, 10);
}

/** The days from one to another, both included. */
export function daysBetween(from: string, to: string): string[] {
	const days: string[] = [];
	for (let day = from; day <= to; day = dayAfter(day, 1)) days.push(day);
	return days;
}
