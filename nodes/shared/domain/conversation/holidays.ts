import Holidays from 'date-holidays';

import type { BusinessProfile } from '../profile/businessProfile';
import { clockOf } from './wallClock';

/** Days by country and year: a turn asks for the same few again and again, and drawing up a year takes milliseconds. */
const calendars = new Map<string, ReadonlySet<string>>();
/** Years that are kept; more would only come of a clock that runs wild. */
const MOST_CALENDARS = 50;

function publicHolidays(country: string, year: number): ReadonlySet<string> {
	const key = `${country}:${year}`;
	const known = calendars.get(key);
	if (known !== undefined) return known;
	const days = new Set(
		new Holidays(country, { types: ['public'] }).getHolidays(year).map(({ date }) => date.slice(0, 10)),
	);
	if (calendars.size >= MOST_CALENDARS) calendars.clear();
	calendars.set(key, days);
	return days;
}

/** Whether a moment falls on a public holiday of the business's country, or on a day that the business itself named. */
export function isHoliday(profile: BusinessProfile, at: Date): boolean {
	const day = clockOf(profile.timeZone).day(at);
	return profile.hours.holidays.includes(day) || publicHolidays(profile.country, Number(day.slice(0, 4))).has(day);
}
