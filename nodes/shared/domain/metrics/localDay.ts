import { DateTime } from 'luxon';

export const DAY = 86_400_000;

/** The day of a moment by the clock of the business, `2026-03-10`. */
export function localDay(at: number, timeZone: string): string {
	return DateTime.fromMillis(at, { zone: timeZone }).toFormat('yyyy-MM-dd');
}

/** The hour of a moment by the clock of the business, `00` to `23`. */
export function localHour(at: number, timeZone: string): string {
	return DateTime.fromMillis(at, { zone: timeZone }).toFormat('HH');
}

/** The moment at which a local day begins: where clocks change, days have 23 or 25 hours. */
export function beginningOf(day: string, timeZone: string): number {
	return DateTime.fromISO(day, { zone: timeZone }).startOf('day').toMillis();
}

/** A day so many days later, or earlier. */
export function dayAfter(day: string, days: number): string {
	return DateTime.fromISO(day, { zone: 'utc' }).plus({ days }).toFormat('yyyy-MM-dd');
}

/** The days from one to another, both included. */
export function daysBetween(from: string, to: string): string[] {
	const days: string[] = [];
	for (let day = from; day <= to; day = dayAfter(day, 1)) days.push(day);
	return days;
}
