import { session } from './state/session';
import { language, words } from './words/words';

/** Everything is said in the page's language and in the clock of the business, wherever the advisor sits. */
const timeZone = (): string => session.value?.business.timeZone ?? 'America/Bogota';

const locale = (): string => {
	const country = session.value?.business.country;
	if (language.value === 'es') return country ? `es-${country}` : 'es-CO';
	return language.value;
};

const formats = new Map<string, Intl.DateTimeFormat>();

function dateFormat(options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
	const key = `${locale()} ${timeZone()} ${JSON.stringify(options)}`;
	const known = formats.get(key);
	if (known) return known;
	const made = new Intl.DateTimeFormat(locale(), { timeZone: timeZone(), ...options });
	formats.set(key, made);
	return made;
}

export const clock = (at: string | number): string =>
	dateFormat({ hour: 'numeric', minute: '2-digit' }).format(new Date(at));

/** `2026-03-10`, in the business's zone. */
export function localDay(at: string | number): string {
	const parts = new Intl.DateTimeFormat('en-CA', {
		timeZone: timeZone(),
		year: 'numeric',
		month: '2-digit',
		day: '2-digit',
	}).format(new Date(at));
	return parts;
}

const DAY_MS = 86_400_000;

/** «Hoy», «Ayer», a weekday of the last week, else the date. */
export function dayName(at: string, now: number): string {
	const day = localDay(at);
	if (day === localDay(now)) return words.value.time.today;
	if (day === localDay(now - DAY_MS)) return words.value.time.yesterday;
	const date = new Date(at);
	if (now - date.getTime() < 6 * DAY_MS) return dateFormat({ weekday: 'long' }).format(date);
	return dateFormat({ day: 'numeric', month: 'long', year: 'numeric' }).format(date);
}

/** As short as a list allows: the clock today, else the day. */
export function shortTime(at: string, now: number): string {
	const day = localDay(at);
	if (day === localDay(now)) return clock(at);
	if (day === localDay(now - DAY_MS)) return words.value.time.yesterday;
	return dateFormat({ day: 'numeric', month: 'short' }).format(new Date(at));
}

export const dateAndTime = (at: string): string =>
	dateFormat({ day: 'numeric', month: 'short', year: 'numeric', hour: 'numeric', minute: '2-digit' }).format(
		new Date(at),
	);

export const dayOfChart = (day: string): string =>
	new Intl.DateTimeFormat(locale(), { timeZone: 'UTC', day: 'numeric', month: 'short' }).format(
		new Date(`${day}T00:00:00Z`),
	);

/** Up to here hours say more than days: a window that has just opened closes in 24 h. */
const HOURS_OF_TWO_DAYS = 48;

/** A span as people say it: `3 min`, `2 h 05 min`, `4 d`. */
export function span(milliseconds: number): string {
	const minutes = Math.max(0, Math.floor(milliseconds / 60_000));
	if (minutes < 1) return words.value.time.underAMinute;
	if (minutes < 60) return `${minutes} min`;
	const hours = Math.floor(minutes / 60);
	if (hours < HOURS_OF_TWO_DAYS)
		return minutes % 60 === 0 ? `${hours} h` : `${hours} h ${String(minutes % 60).padStart(2, '0')} min`;
	return `${Math.floor(hours / 24)} d`;
}

export const number = (value: number, digits = 0): string =>
	new Intl.NumberFormat(locale(), { maximumFractionDigits: digits }).format(value);

export const share = (value: number): string =>
	new Intl.NumberFormat(locale(), { style: 'percent', maximumFractionDigits: 1 }).format(value);

/** Decimal text of a vendor, or a number, as money. */
export function money(amount: string | number, currency: string): string {
	const value = Number(amount);
	if (!Number.isFinite(value)) return `${amount} ${currency}`;
	try {
		return new Intl.NumberFormat(locale(), {
			style: 'currency',
			currency,
			currencyDisplay: 'narrowSymbol',
			// Answers of a model cost thousandths of a cent, which are not nothing.
			...(value !== 0 && Math.abs(value) < 0.01
				? { maximumSignificantDigits: 2 }
				: { minimumFractionDigits: 0, maximumFractionDigits: value % 1 === 0 ? 0 : 2 }),
		}).format(value);
	} catch {
		// Not an ISO 4217 code: said as it came.
		return `${number(value, 2)} ${currency}`;
	}
}

export function fileSize(bytes: number): string {
	if (bytes < 1024) return `${bytes} B`;
	if (bytes < 1024 ** 2) return `${number(bytes / 1024)} KB`;
	return `${number(bytes / 1024 ** 2, 1)} MB`;
}

/** The value of `<input type="datetime-local">`, in the business's zone, as an instant. */
export function instantOf(local: string): string {
	const asUtc = Date.parse(`${local}:00Z`);
	// The zone's distance at about that moment, taken twice for a change of the clocks in between.
	let guess = asUtc;
	for (let round = 0; round < 2; round += 1) guess = asUtc - offsetAt(guess);
	return new Date(guess).toISOString();
}

/** An instant as `<input type="datetime-local">` has it, in the business's zone. */
export const localInput = (at: number): string => new Date(at + offsetAt(at)).toISOString().slice(0, 16);

function offsetAt(at: number): number {
	const parts = new Intl.DateTimeFormat('en-CA', {
		timeZone: timeZone(),
		hourCycle: 'h23',
		year: 'numeric',
		month: '2-digit',
		day: '2-digit',
		hour: '2-digit',
		minute: '2-digit',
		second: '2-digit',
	}).formatToParts(new Date(at));
	const part = (type: string): string => parts.find((candidate) => candidate.type === type)?.value ?? '00';
	const wall = Date.parse(
		`${part('year')}-${part('month')}-${part('day')}T${part('hour')}:${part('minute')}:${part('second')}Z`,
	);
	return wall - Math.floor(at / 1000) * 1000;
}

/** Digits of a phone number set apart for reading. */
export const phoneForReading = (phone: string): string =>
	phone
		// WhatsApp names a business number by its digits alone.
		.replace(/^\d{10,15}$/, '+$&')
		.replace(/^\+(57)(\d{3})(\d{3})(\d{4})$/, '+$1 $2 $3 $4')
		.replace(/^\+(1)(\d{3})(\d{3})(\d{4})$/, '+$1 $2 $3 $4');
