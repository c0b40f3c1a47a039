import { DateTime } from 'luxon';

import type { BusinessProfile } from '../profile/businessProfile';
import { minutesOf, WEEKDAYS } from '../profile/weekHours';
import { isHoliday } from './holidays';
import { clockOf } from './wallClock';

const MINUTE = 60_000;

/** Whether the business is open at a moment, by its own clock and its country's holidays. Without hours it is always open. */
export function isOpen(profile: BusinessProfile, at: Date): boolean {
	const { week } = profile.hours;
	if (WEEKDAYS.every((day) => week[day].length === 0)) return true;
	if (isHoliday(profile, at)) return false;
	const { weekday, minute } = clockOf(profile.timeZone).shows(at);
	const day = WEEKDAYS[weekday] ?? 'monday';
	return week[day].some(({ from, to }) => minute >= minutesOf(from) && minute < minutesOf(to));
}

/** Whether the business is open from one moment of a day to another without a break, and no clock is changed between them. */
function isOpenFrom(profile: BusinessProfile, from: Date, until: Date): boolean {
	if (isHoliday(profile, from)) return false;
	const clock = clockOf(profile.timeZone);
	const begin = clock.shows(from);
	const end = clock.shows(until);
	const passed = Math.floor(until.getTime() / MINUTE) - Math.floor(from.getTime() / MINUTE);
	return (
		end.minute - begin.minute === passed &&
		profile.hours.week[WEEKDAYS[begin.weekday] ?? 'monday'].some(
			(open) => begin.minute >= minutesOf(open.from) && end.minute < minutesOf(open.to),
		)
	);
}

/** Days that are looked at for opening hours: more than any series of holidays. */
const MOST_DAYS = 30;

/** The moment at which `minutes` of opening hours have passed since `from`. Without hours every minute counts. */
export function afterOpenMinutes(profile: BusinessProfile, from: Date, minutes: number): Date {
	const { week } = profile.hours;
	if (WEEKDAYS.every((day) => week[day].length === 0)) return new Date(from.getTime() + minutes * MINUTE);
	let left = minutes * MINUTE;
	const soon = new Date(from.getTime() + left);
	if (isOpenFrom(profile, from, soon)) return soon;
	const first = DateTime.fromJSDate(from, { zone: profile.timeZone }).startOf('day');
	for (let count = 0; count < MOST_DAYS; count += 1) {
		const day = first.plus({ days: count });
		// A holiday is asked by its noon: its own day in any zone.
		if (isHoliday(profile, day.set({ hour: 12 }).toJSDate())) continue;
		const hours = [...week[WEEKDAYS[day.weekday - 1] ?? 'monday']].sort((one, other) =>
			one.from < other.from ? -1 : 1,
		);
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
