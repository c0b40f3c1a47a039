import { DateTime } from 'luxon';

function withDate(pattern: string, at: Date, timeZone: string): string {
	const local = DateTime.fromJSDate(at, { zone: timeZone });
	return pattern
		.replaceAll('{YYYY}', local.toFormat('yyyy'))
		.replaceAll('{YY}', local.toFormat('yy'))
		.replaceAll('{MM}', local.toFormat('MM'))
		.replaceAll('{DD}', local.toFormat('dd'));
}

/**
 * Name of the count that numbers a case: one count for every way the rest of the number can read, so that `{YYYY}` in the
 * pattern begins at 1 each year and no number comes twice.
 */
export function caseCounter(pattern: string, at: Date, timeZone: string): string {
	return `case:${withDate(pattern, at, timeZone).replace(/\{(0*1)\}/, '#')}`;
}

/**
 * The number a customer is told: `PS-{YYYY}-{000001}` with counter 42 in 2026 is `PS-2026-000042`.
 *
 * @param pattern `{YYYY}`, `{YY}`, `{MM}`, `{DD}` and one counter `{0…01}` with as many digits as it shall have at least
 * @param counter the workspace's next count, from 1
 * @param at when the case is made; the date is the one of the business's own time zone
 */
export function formatCaseNumber(pattern: string, counter: number, at: Date, timeZone: string): string {
	return withDate(pattern, at, timeZone).replace(/\{(0*1)\}/, (_, digits: string) =>
		String(counter).padStart(digits.length, '0'),
	);
}
