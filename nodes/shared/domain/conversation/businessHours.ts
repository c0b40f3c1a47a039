import { DateTime } from 'luxon';

import type { BusinessProfile } from '../profile/businessProfile';
import { isHoliday } from './holidays';

const DAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;

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
