import { DateTime } from 'luxon';

import { isHoliday } from '../conversation/holidays';
import type { BusinessProfile } from '../profile/businessProfile';
import { minutesOf, WEEKDAYS, type Weekday, type WeekHours } from '../profile/weekHours';
import { contactHoursOf, weekInWords, type ContactHours } from './contactHours';

/**
 * Why a message leaves. `answer`: the customer wrote first. `service`: about something that is under way (reminder, receipt).
 * `marketing` and `collection`: on our own account.
 */
export type Purpose = 'answer' | 'service' | 'marketing' | 'collection';

export interface Consent {
	/** When the person asked not to be written to; milliseconds. */
	readonly optedOutAt?: number;
	/** When the person agreed to marketing; milliseconds. */
	readonly marketingSince?: number;
	/** When the last collection message left; milliseconds. */
	readonly lastCollectionAt?: number;
}

/** Why not, for who says it in another language. */
export type WriteObstacle =
	| 'optedOut'
	| 'noMarketingConsent'
	| 'holidayToday'
	| 'outsideContactHours'
	| 'collectionTooSoon';

export type Permission =
	| { readonly allowed: true }
	| { readonly allowed: false; readonly code: WriteObstacle; readonly reason: string };

const refuse = (code: WriteObstacle, reason: string): Permission => ({ allowed: false, code, reason });

const localTime = (at: number | Date, { timeZone }: BusinessProfile): DateTime =>
	DateTime.fromMillis(Number(at), { zone: timeZone });

const minuteOf = ({ hour, minute }: DateTime): number => hour * 60 + minute;

const dayOf = (local: DateTime): Weekday => WEEKDAYS[local.weekday - 1] ?? 'monday';

const isClosedDay = (hours: ContactHours, profile: BusinessProfile, local: DateTime): boolean =>
	!hours.onHolidays && isHoliday(profile, local.toJSDate());

/** Whether a collection message would follow the last one too soon. */
function isTooSoon(
	{ collectionEveryDays }: ContactHours,
	{ lastCollectionAt }: Pick<Consent, 'lastCollectionAt'>,
	local: DateTime,
	profile: BusinessProfile,
): boolean {
	if (lastCollectionAt === undefined) return false;
	const last = localTime(lastCollectionAt, profile).startOf('day');
	return local.startOf('day').diff(last, 'days').days < collectionEveryDays;
}

/** Whether a message may leave now (B16): collection and advertising in the hours of the country's law or of the profile (D25). */
export function mayWrite(purpose: Purpose, consent: Consent, at: Date, profile: BusinessProfile): Permission {
	if (purpose === 'answer') return { allowed: true };
	if (consent.optedOutAt !== undefined) return refuse('optedOut', 'The person asked not to be written to.');
	if (purpose === 'service') return { allowed: true };
	if (purpose === 'marketing' && consent.marketingSince === undefined)
		return refuse('noMarketingConsent', 'The person has not agreed to marketing messages.');
	const hours = contactHoursOf(profile);
	const local = localTime(at, profile);
	if (isClosedDay(hours, profile, local)) return refuse('holidayToday', 'Today is a holiday.');
	const minute = minuteOf(local);
	if (!hours.week[dayOf(local)].some(({ from, to }) => minute >= minutesOf(from) && minute < minutesOf(to)))
		return refuse('outsideContactHours', `Such messages leave ${weekInWords(hours)} only.`);
	if (purpose === 'collection' && isTooSoon(hours, consent, local, profile))
		return refuse(
			'collectionTooSoon',
			hours.collectionEveryDays === 1
				? 'A collection message already left today.'
				: `A collection message left less than ${hours.collectionEveryDays} days ago.`,
		);
	return { allowed: true };
}

/** Longer than any row of holidays after the longest pause between two collection messages. */
const DAYS_LOOKED_AT = 60;

/** The first time from `at` on at which a collection message may leave, as far as hours and how often go. */
export function collectionTime(consent: Pick<Consent, 'lastCollectionAt'>, at: Date, profile: BusinessProfile): Date {
	const hours = contactHoursOf(profile);
	let moment = localTime(at, profile);
	for (let day = 0; day < DAYS_LOOKED_AT; day += 1) {
		if (!isClosedDay(hours, profile, moment) && !isTooSoon(hours, consent, moment, profile)) {
			const open = firstOpen(hours.week[dayOf(moment)], moment);
			if (open !== undefined) return open.toJSDate();
		}
		moment = moment.plus({ days: 1 }).startOf('day');
	}
	return moment.toJSDate();
}

/** The first time of a day's hours that is not before a moment of that day. */
function firstOpen(hours: WeekHours['monday'], moment: DateTime): DateTime | undefined {
	const ranges = hours.map((range) => ({ from: minutesOf(range.from), to: minutesOf(range.to) }));
	for (const { from, to } of ranges.sort((one, other) => one.from - other.from)) {
		if (minuteOf(moment) >= to) continue;
		const start = { hour: Math.floor(from / 60), minute: from % 60, second: 0, millisecond: 0 };
		const opens = minuteOf(moment) >= from ? moment : moment.set(start);
		// A clock that is put forward may leave out the whole range.
		if (minuteOf(opens) < to) return opens;
	}
	return undefined;
}
