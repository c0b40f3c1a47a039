import { DateTime } from 'luxon';

import { plain } from './normalise';
import { NUMBER_WORDS } from './vocabulary';

const DATE_WORDS: ReadonlyArray<readonly [RegExp, number]> = [
	[/\bpasado manana\b|\bday after tomorrow\b|\bdepois de amanha\b/, 2],
	[/\bmanana\b|\btomorrow\b|\bamanha\b/, 1],
	[/\bhoy\b|\btoday\b|\bhoje\b/, 0],
];
const WEEKDAYS = ['lunes', 'martes', 'miercoles', 'jueves', 'viernes', 'sabado', 'domingo'];
const MONTHS = 'enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre'.split(' ');
const NAMED_DAY = new RegExp(`\\b(\\d{1,2}|primero) (?:de |del )?(${MONTHS.join('|')})(?: (?:de |del )?(\\d{4}))?\\b`);
const AFTER_SOME_TIME = /\b(?:en|dentro de) (\w+) (dias?|semanas?|mes|meses)\b/;
/** What makes a day the one by which something is wanted, and not one in the past. */
const WANTED_BY =
	/\b(?:para(?: antes)?|antes de[l]?|a mas tardar|entreg\w+|necesit\w+|llegue|lleguen|envien?|manden|fecha limite|by|until|ate)\b(?=(.{0,60}))/g;

/** The day, this year or, when it is past, the next. */
function comingDay(today: DateTime, month: number, day: number, year?: number): string | undefined {
	const date = DateTime.fromObject({ year: year ?? today.year, month, day }, { zone: today.zoneName ?? 'utc' });
	if (!date.isValid) return undefined;
	return (year === undefined && date < today ? date.plus({ years: 1 }) : date).toISODate() ?? undefined;
}

/**
 * A day as people say it ("mañana", "el viernes", "fin de mes", "25/12", "15 de diciembre", "en 8 días"), as ISO date in the
 * business's time zone.
 */
export function readDate(text: string, now: Date, timeZone: string): string | undefined {
	const words = plain(text);
	const today = DateTime.fromJSDate(now, { zone: timeZone }).startOf('day');
	const iso = (day: DateTime): string | undefined => day.toISODate() ?? undefined;
	const written = /\b(\d{4})-(\d{1,2})-(\d{1,2})\b/.exec(words);
	if (written !== null) return comingDay(today, Number(written[2]), Number(written[3]), Number(written[1]));
	const local = /\b(\d{1,2})[/-](\d{1,2})(?:[/-](\d{2,4}))?\b/.exec(words);
	if (local !== null) {
		const year = local[3] === undefined ? undefined : Number(local[3]) + (local[3].length === 2 ? 2000 : 0);
		return comingDay(today, Number(local[2]), Number(local[1]), year);
	}
	const named = NAMED_DAY.exec(words);
	if (named !== null)
		return comingDay(
			today,
			MONTHS.indexOf(named[2] ?? '') + 1,
			named[1] === 'primero' ? 1 : Number(named[1]),
			named[3] === undefined ? undefined : Number(named[3]),
		);
	if (/\bfin(?:al|ales)? de mes\b/.test(words)) return iso(today.endOf('month'));
	const later = AFTER_SOME_TIME.exec(words);
	const count = later === null ? undefined : (NUMBER_WORDS.get(later[1] ?? '') ?? Number(later[1]));
	if (count !== undefined && Number.isInteger(count) && count <= 366) {
		const unit = later?.[2] ?? '';
		return iso(
			today.plus(
				unit.startsWith('dia') ? { days: count } : unit.startsWith('sem') ? { weeks: count } : { months: count },
			),
		);
	}
	for (const [word, days] of DATE_WORDS) if (word.test(words)) return iso(today.plus({ days }));
	const weekday = WEEKDAYS.findIndex((name) => new RegExp(`\\b${name}\\b`).test(words));
	return weekday < 0 ? undefined : iso(today.plus({ days: (weekday + 1 - today.weekday + 7) % 7 || 7 }));
}

/** What any way of saying a day has in it; most messages have nothing of it and need no calendar. */
const DAY =
	/\d|hoy|ma[nñ]ana|today|tomorrow|hoje|amanh|lunes|martes|mi[eé]rcoles|jueves|viernes|s[aá]bado|domingo|\bmes|semana|d[ií]as|primero de/iu;

/** The day by which something is wanted, in a message that says more than a day. */
export function dateWanted(text: string, now: Date, timeZone: string): string | undefined {
	if (!DAY.test(text)) return undefined;
	const words = plain(text).replace(/\b(?:por la|en la|de la|esta) manana\b/g, ' ');
	for (const [, wanted = ''] of words.matchAll(WANTED_BY)) {
		const date = readDate(wanted, now, timeZone);
		if (date !== undefined) return date;
	}
	// Nothing but a day: "pasado mañana".
	return /^(?:el |la |este |esta |proximo |al )*(?:\S+|fin de mes|pasado manana|\d+ de \S+)$/.test(words.trim())
		? readDate(words, now, timeZone)
		: undefined;
}
