import type { BusinessProfile } from './businessProfile';

/** The days of a week's hours, from Monday as luxon counts them. */
export const WEEKDAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;
export type Weekday = (typeof WEEKDAYS)[number];

/** Hours of each day of a week. */
export type WeekHours = BusinessProfile['hours']['week'];

/** The minute of the day at which a clock shows this: `07:30` is 450, `24:00` is 1440. */
export function minutesOf(clock: string): number {
	const [hours = 0, minutes = 0] = clock.split(':').map(Number);
	return hours * 60 + minutes;
}

/** Days in a row that have the same hours. */
export interface DaysWithHours {
	readonly first: Weekday;
	readonly last: Weekday;
	/** As people say them: `7:00–19:00`. */
	readonly hours: string;
}

const shortClock = (clock: string): string => clock.replace(/^0(?=\d:)/, '');

/** A week as people say it, with neighbours of the same hours together; days without hours are left out. */
export function daysWithHours(week: WeekHours): DaysWithHours[] {
	const groups: DaysWithHours[] = [];
	let before: string | undefined;
	for (const day of WEEKDAYS) {
		const hours = week[day].map(({ from, to }) => `${shortClock(from)}–${shortClock(to)}`).join(', ');
		const group = groups.at(-1);
		if (hours !== '' && group !== undefined && hours === before) groups[groups.length - 1] = { ...group, last: day };
		else if (hours !== '') groups.push({ first: day, last: day, hours });
		before = hours;
	}
	return groups;
}
