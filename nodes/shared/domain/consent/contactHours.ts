import { lookupTable } from '../lookupTable';
import type { BusinessProfile } from '../profile/businessProfile';
import { daysWithHours, type Weekday, type WeekHours } from '../profile/weekHours';

/** When what we write on our own account may leave: collection and advertising. */
export interface ContactHours {
	readonly week: WeekHours;
	/** Whether they apply on public holidays and on the business's own too; otherwise nothing leaves then. */
	readonly onHolidays: boolean;
	/** From one collection message to the next there are at least so many days of the calendar; 0: as many as there are. */
	readonly collectionEveryDays: number;
}

/** Hours that a country has, and the rule that they come from. */
export interface LawfulHours extends ContactHours {
	/** As its lawyers cite it; undefined where we know of no rule. */
	readonly law?: string;
}

type Range = readonly [from: string, to: string];

const rangesOf = (range?: Range): WeekHours['monday'] =>
	range === undefined ? [] : [{ from: range[0], to: range[1] }];

const week = (weekdays: Range, saturday?: Range): WeekHours => ({
	monday: rangesOf(weekdays),
	tuesday: rangesOf(weekdays),
	wednesday: rangesOf(weekdays),
	thursday: rangesOf(weekdays),
	friday: rangesOf(weekdays),
	saturday: rangesOf(saturday),
	sunday: [],
});

const lawful = (law: string, hours: WeekHours, collectionEveryDays = 1): LawfulHours => ({
	law,
	week: hours,
	onHolidays: false,
	collectionEveryDays,
});

/**
 * Rules for collection by message or telephone, and for advertising where only that is ruled. Where a rule says nothing of
 * holidays, Sundays or how often, the cautious reading stands here; a business that knows better writes its own.
 */
const LAWS = lookupTable<LawfulHours>({
	// No national hours (CDC, arts. 42 and 71). Of the states' the narrowest holds: the bot does not know where a customer lives.
	// São Paulo: Lei 15.426/2014, 8-20, Saturday 8-14. Rio de Janeiro: Lei 7.868/2018, 9-19. Espírito Santo: Lei 10.626/2017, 8-19.
	BR: lawful('Lei estadual 7.868/2018 (RJ)', week(['09:00', '19:00'])),
	// Working days and hours of art. 59 of the Código de Procedimiento Civil. Messages, by Ley 21.320 of 2021: two a week, two days
	// apart; every fourth day is never more, wherever the week begins.
	CL: lawful('Ley 19.496, art. 37 (Ley 21.320)', week(['08:00', '20:00'], ['08:00', '20:00']), 4),
	// Art. 3: hours, and collection once a day; messages of advertising keep the same.
	CO: lawful('Ley 2300 de 2023', week(['07:00', '19:00'], ['08:00', '15:00'])),
	// Reform of 2022: never at weekends and on holidays, once a day by the same means, messages included.
	EC: lawful('Ley Orgánica de Defensa del Consumidor, art. 49', week(['07:00', '20:00'])),
	// Commercial calls; for collection Spain names no hours.
	ES: lawful('Real Decreto Legislativo 1/2007, art. 96', week(['09:00', '21:00'])),
	// Disposiciones generales of the Condusef for collection agencies (DOF 2014-10-07), by the debtor's own clock; Profeco says the same
	// of agencies of shops.
	MX: lawful('Disposiciones Condusef y Profeco (DOF 07/10/2014)', week(['07:00', '22:00'])),
	// Visits and calls from 20:00 to 7:00, on Saturdays, Sundays and holidays are abusive.
	PE: lawful('Ley 29571, art. 62', week(['07:00', '20:00'])),
});

/** Inside of every rule above. */
const CAUTIOUS: LawfulHours = { week: week(['09:00', '19:00']), onHolidays: false, collectionEveryDays: 1 };

/** Countries whose rule is known, by their two letters. */
export const COUNTRIES_WITH_LAW: readonly string[] = [...LAWS.keys()];

/** The hours of a country, or cautious ones where we know of no rule. */
export const lawfulHours = (country: string): LawfulHours => LAWS.get(country) ?? CAUTIOUS;

/** The hours that a business keeps: those of its country, or its own (D25). */
export function contactHoursOf({ country, contactHours }: BusinessProfile): ContactHours {
	return contactHours.rule === 'own' ? contactHours : lawfulHours(country);
}

const capitalized = (day: Weekday): string => `${day.slice(0, 1).toUpperCase()}${day.slice(1)}`;

/** The week for people who read English: `Monday to Friday 7:00–19:00, Saturday 8:00–15:00`. */
export const weekInWords = ({ week }: ContactHours): string =>
	daysWithHours(week)
		.map(({ first, last, hours }) =>
			first === last ? `${capitalized(first)} ${hours}` : `${capitalized(first)} to ${capitalized(last)} ${hours}`,
		)
		.join(', ');
