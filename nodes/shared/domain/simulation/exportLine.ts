/** A line of an export that begins an entry, before it is known which number is the day. */
export interface ExportLine {
	/** Three numbers as written. */
	readonly date: readonly [string, string, string];
	readonly hour: number;
	readonly minute: number;
	readonly second: number;
	/** Whether the clock said a. m. or p. m. */
	readonly twelveHours: boolean;
	/** Everything behind the clock. */
	readonly rest: string;
}

/** Marks of writing direction and byte order: WhatsApp puts them before names, notes and whole lines. */
const INVISIBLE = /[\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g;

/** Text without what cannot be seen. */
export const visible = (text: string): string => text.replace(INVISIBLE, '');

const DATE = String.raw`(\d{1,4})[/.-]\s?(\d{1,2})[/.-]\s?(\d{1,4})\.?`;
const CLOCK = String.raw`(\d{1,2})[:.](\d{2})(?:[:.](\d{2}))?(?:\s?([ap])\.?\s?m\.?)?`;
const BETWEEN = String.raw`,?\s(?:(?:a las|às|as|at|,)\s)?`;

/** iOS: `[12/03/24, 2:05:10 p. m.] Ana: hola`. */
const BRACKETED = new RegExp(String.raw`^\[${DATE}${BETWEEN}${CLOCK}\]\s?(.*)$`, 'isu');
/** Android: `12/03/2024, 14:05 - Ana: hola`. */
const DASHED = new RegExp(String.raw`^${DATE}${BETWEEN}${CLOCK}\s[-–]\s(.*)$`, 'isu');

/** Reads the beginning of an entry; undefined for a line that goes on with the entry before. */
export function readLine(line: string): ExportLine | undefined {
	const match = BRACKETED.exec(line) ?? DASHED.exec(line);
	if (match === null) return undefined;
	const [, first = '', second = '', third = '', hours = '', minutes = '', seconds, half, rest = ''] = match;
	const written = Number(hours);
	if (written > 23 || Number(minutes) > 59 || Number(seconds ?? 0) > 59) return undefined;
	const afternoon = half?.toLowerCase() === 'p';
	return {
		date: [first, second, third],
		hour: half === undefined || written > 12 ? written : (written % 12) + (afternoon ? 12 : 0),
		minute: Number(minutes),
		second: Number(seconds ?? 0),
		twelveHours: half !== undefined,
		rest,
	};
}

export type DateOrder = 'day_first' | 'month_first' | 'year_first';

export interface CalendarDay {
	readonly year: number;
	readonly month: number;
	readonly day: number;
}

/** The day that three numbers mean; undefined when there is no such day. */
export function readDay(date: ExportLine['date'], order: DateOrder): CalendarDay | undefined {
	const [first, second, third] = date.map(Number);
	const [year, month, day] =
		order === 'year_first'
			? [first, second, third]
			: order === 'month_first'
				? [third, first, second]
				: [third, second, first];
	if (year === undefined || month === undefined || day === undefined) return undefined;
	if (month < 1 || month > 12 || day < 1) return undefined;
	const full = year < 100 ? 2000 + year : year;
	if (full < 1970 || full > 9999 || day > new Date(Date.UTC(full, month, 0)).getUTCDate()) return undefined;
	return { year: full, month, day };
}

const numberOfDay = ({ year, month, day }: CalendarDay): number => year * 10_000 + month * 100 + day;

/** How often the days run backwards when they are read in this order; a chat only ever goes on. */
function stepsBack(dates: ReadonlyArray<ExportLine['date']>, order: DateOrder): number {
	let before = 0;
	let back = 0;
	for (const date of dates) {
		const day = readDay(date, order);
		if (day === undefined) continue;
		const now = numberOfDay(day);
		if (now < before) back += 1;
		before = now;
	}
	return back;
}

/** Days between the first and the last entry, roughly: of two readings the one without leaps of months is right. */
function span(dates: ReadonlyArray<ExportLine['date']>, order: DateOrder): number {
	const days = dates
		.flatMap((date) => readDay(date, order) ?? [])
		.map(({ year, month, day }) => Date.UTC(year, month - 1, day));
	return days.length === 0
		? 0
		: days.reduce((most, day) => Math.max(most, day)) - days.reduce((least, day) => Math.min(least, day));
}

/**
 * Which number is the day: what cannot be a month decides, else the reading in which time never runs backwards, else the
 * shorter story, else what the country writes.
 */
export function decideDateOrder(lines: readonly ExportLine[], usual: DateOrder): DateOrder {
	const dates = lines.map(({ date }) => date);
	if (dates.some(([first]) => first.length === 4)) return 'year_first';
	const days = dates.filter(([first]) => Number(first) > 12).length;
	const months = dates.filter(([, second]) => Number(second) > 12).length;
	if (days !== months) return days > months ? 'day_first' : 'month_first';
	const backDayFirst = stepsBack(dates, 'day_first');
	const backMonthFirst = stepsBack(dates, 'month_first');
	if (backDayFirst !== backMonthFirst) return backDayFirst < backMonthFirst ? 'day_first' : 'month_first';
	const spanDayFirst = span(dates, 'day_first');
	const spanMonthFirst = span(dates, 'month_first');
	if (spanDayFirst !== spanMonthFirst) return spanDayFirst < spanMonthFirst ? 'day_first' : 'month_first';
	return usual;
}
