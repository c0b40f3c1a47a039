import type { INodeProperties } from 'n8n-workflow';
import { z } from 'zod';

import { contactHoursOf } from '../../shared/domain/consent/contactHours';
import type { BusinessProfile } from '../../shared/domain/profile/businessProfile';
import { WEEKDAYS, type WeekHours } from '../../shared/domain/profile/weekHours';
import { rowsOf, words } from '../../shared/n8n/parameters';
import { text } from './fieldParts';

/** Monday to Sunday would be out of the alphabetical order of every list of n8n. */
const dayOptions = ['Friday', 'Monday', 'Saturday', 'Sunday', 'Thursday', 'Tuesday', 'Wednesday'].map((name) => ({
	name,
	value: name.toLowerCase(),
}));

/** Hours of a whole week, as rows of days with the same hours. */
const weekField = (
	displayName: string,
	name: string,
	description: string,
	[from, to]: readonly [from: string, to: string],
): INodeProperties => ({
	displayName,
	name,
	type: 'fixedCollection',
	typeOptions: { multipleValues: true },
	placeholder: `Add ${displayName.toLowerCase()}`,
	default: {},
	description,
	options: [
		{
			displayName: 'Hours',
			name: 'range',
			values: [
				{
					displayName: 'Days',
					name: 'days',
					type: 'multiOptions',
					options: dayOptions,
					default: ['monday', 'tuesday', 'wednesday', 'thursday', 'friday'],
					description: 'Days with these hours',
				},
				text('From', 'from', 'e.g. 08:00', from),
				text('To', 'to', 'e.g. 17:30', to),
			],
		},
	],
});

export const openingHoursField = weekField(
	'Opening Hours',
	'openingHours',
	'The whole week; days that are not listed are closed',
	['When the business opens', 'When it closes'],
);

export const contactHoursField = weekField(
	'Contact Hours',
	'contactHours',
	"When reminders of payments and advertising may leave: the whole week. Without this field the hours of the country's law.",
	['When they may leave', 'From when they wait'],
);

export const contactHoursRuleField: INodeProperties = {
	displayName: 'Contact Hours Rule',
	name: 'contactHoursRule',
	type: 'options',
	options: [
		{ name: "Country's Law", value: 'country', description: 'Cautious hours where we know of no law' },
		{ name: 'Own', value: 'own', description: "Those of 'Contact Hours'" },
	],
	default: 'country',
	description: 'Whose hours count for reminders of payments and advertising',
};

export const contactOnHolidaysField: INodeProperties = {
	displayName: 'Contact on Holidays',
	name: 'contactOnHolidays',
	type: 'boolean',
	default: false,
	description: "Whether 'Contact Hours' apply on holidays too; otherwise nothing leaves on one",
};

const hoursRow = z.object({ days: z.array(z.string()).default([]), from: words, to: words });
type HoursRow = z.infer<typeof hoursRow>;

/** Rows of a week as the form gives them. */
export const hoursRows = rowsOf<HoursRow>('range', hoursRow).optional();

/** The week that rows make; undefined without any. */
export function weekOf(rows: readonly HoursRow[] | undefined): WeekHours | undefined {
	if (rows === undefined || rows.length === 0) return undefined;
	const hoursOf = (day: string): WeekHours['monday'] =>
		rows.filter(({ days }) => days.includes(day)).map(({ from, to }) => ({ from, to }));
	return {
		monday: hoursOf('monday'),
		tuesday: hoursOf('tuesday'),
		wednesday: hoursOf('wednesday'),
		thursday: hoursOf('thursday'),
		friday: hoursOf('friday'),
		saturday: hoursOf('saturday'),
		sunday: hoursOf('sunday'),
	};
}

/** What the form says of the contact hours. */
export interface ContactHoursAsked {
	readonly contactHours?: readonly HoursRow[];
	readonly contactHoursRule?: BusinessProfile['contactHours']['rule'];
	readonly contactOnHolidays?: boolean;
	readonly collectionEveryDays?: number;
}

/** One value of its own makes the hours own ones; the rest of them is what counted until now. */
export function contactHoursAsked(
	{ contactHours, contactHoursRule, contactOnHolidays, collectionEveryDays }: ContactHoursAsked,
	base: BusinessProfile,
): BusinessProfile['contactHours'] | undefined {
	const week = weekOf(contactHours);
	const isOwn = week !== undefined || contactOnHolidays !== undefined || collectionEveryDays !== undefined;
	const rule = contactHoursRule ?? (isOwn ? 'own' : undefined);
	if (rule === undefined) return undefined;
	const kept = base.contactHours;
	const isEmpty = WEEKDAYS.every((day) => kept.week[day].length === 0);
	const before = rule === 'country' || kept.rule === 'own' || !isEmpty ? kept : contactHoursOf(base);
	return {
		rule,
		week: week ?? before.week,
		onHolidays: contactOnHolidays ?? before.onHolidays,
		collectionEveryDays: collectionEveryDays ?? before.collectionEveryDays,
	};
}
