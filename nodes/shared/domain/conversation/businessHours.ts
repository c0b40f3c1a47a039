import { DateTime } from 'luxon';

import type { BusinessProfile } from '../profile/businessProfile';
import { isHoliday } from './holidays';

const DAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;

const MINUTE = 60_000;

const minutesOf = (clock: string): number => {
	const [hours = 0, minutes = 0] = clock.split(':').map(Number);
	return hours * 60 + minutes;
};

/** Whether the business is open at a moment, by its own clock and its country's holidays. Without hours it is always open. */
export function isOpen(profile: BusinessProfile, at: Date): boolean {
	const { week } = profile.hours;
	if (DAYS.every((day) => week[day].length === 0)) return true;
	const local = DateTime.fromJSDate(at, { zone: profile.timeZone });
	if (isHoliday(profile, at)) return false;
	const minute = local.hour * 60 + local.minute;
	const day = DAYS[local.weekday - 1] ?? 'monday';
	return week[day].some(({ from, to }) => minute >= minutesOf(from) && minute < minutesOf(to));
}

/** Days that are looked at for opening hours: more than any series of holidays. */
const MOST_DAYS = 30;

/** The moment at which `minutes` of opening hours have passed since `from`. Without hours every minute counts. */
export function afterOpenMinutes(profile: BusinessProfile, from: Date, minutes: number): Date {
	const { week } = profile.hours;
	if (DAYS.every((day) => week[day].length === 0)) return new Date(from.getTime() + minutes * MINUTE);
	let left = minutes * MINUTE;
	const first = DateTime.fromJSDate(from, { zone: profile.timeZone }).startOf('day');
	for (let count = 0; count < MOST_DAYS; count += 1) {
		const day = first.plus({ days: count });
		// A holiday is asked by its noon: its own day in any zone.
		if (isHoliday(profile, day.set({ hour: 12 }).toJSDate())) continue;
		const hours = [...week[DAYS[day.weekday - 1] ?? 'monday']].sort((one, other) => (one.from < other.from ? -1 : 1));
		for (const open of hours) {
			const begin = Math.max(atClock(day, open.from), from.getTime());
			const end = atClock(day, open.to);
			if (end <= begin) continue;
			if (left <= end - begin) return new Date(begin + left);
			left -= end - begin;
		}
	}
	return new Date(first.plus({ days: MOST_DAYS }).toMillis());
}

const atClock = (day: DateTime, clock: string): number =>
	day.set({ hour: Math.floor(minutesOf(clock) / 60), minute: minutesOf(clock) % 60 }).toMillis();

/** The end of the quiet hours that `at` falls into (D19), or nothing when it may be written. */
export function endOfQuietHours(profile: BusinessProfile, at: Date): Date | undefined {
	const from = minutesOf(profile.times.quietFrom);
	const to = minutesOf(profile.times.quietTo);
	if (from === to) return undefined;
	const local = DateTime.fromJSDate(at, { zone: profile.timeZone });
	const minute = local.hour * 60 + local.minute;
	const quiet = from < to ? minute >= from && minute < to : minute >= from || minute < to;
	if (!quiet) return undefined;
	const end = local.startOf('day').set({ hour: Math.floor(to / 60), minute: to % 60 });
	return (minute < to ? end : end.plus({ days: 1 })).toJSDate();
}
