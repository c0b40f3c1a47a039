import { DateTime } from 'luxon';

import { isHoliday } from '../conversation/holidays';
import type { BusinessProfile } from '../profile/businessProfile';

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

export type Permission = { readonly allowed: true } | { readonly allowed: false; readonly reason: string };

/** Until when of a local day the law lets collection and advertising out, and from when; undefined: not on that day. */
function lawfulHours(local: DateTime): readonly [from: number, to: number] | undefined {
	if (local.weekday === 7) return undefined;
	return local.weekday === 6 ? [8, 15] : [7, 19];
}

const refuse = (reason: string): Permission => ({ allowed: false, reason });

/**
 * Whether a message may leave now (B16, D25).
 *
 * Colombia's Ley 2300 of 2023 lets collection and advertising out Monday to Friday 7:00-19:00 and Saturday 8:00-15:00, never
 * on Sundays and holidays, collection once a day.
 */
export function mayWrite(purpose: Purpose, consent: Consent, at: Date, profile: BusinessProfile): Permission {
	if (purpose === 'answer') return { allowed: true };
	if (consent.optedOutAt !== undefined) return refuse('The person asked not to be written to.');
	if (purpose === 'service') return { allowed: true };
	if (purpose === 'marketing' && consent.marketingSince === undefined)
		return refuse('The person has not agreed to marketing messages.');
	const local = DateTime.fromJSDate(at, { zone: profile.timeZone });
	if (isHoliday(profile, at)) return refuse('Today is a holiday.');
	const hours = lawfulHours(local);
	if (hours === undefined || local.hour < hours[0] || local.hour >= hours[1])
		return refuse('Such messages leave Monday to Friday 7:00-19:00 and Saturday 8:00-15:00 only.');
	if (purpose === 'collection' && consent.lastCollectionAt !== undefined) {
		const last = DateTime.fromMillis(consent.lastCollectionAt, { zone: profile.timeZone });
		if (last.hasSame(local, 'day')) return refuse('A collection message already left today.');
	}
	return { allowed: true };
}

/** Longer than any row of holidays. */
const DAYS_LOOKED_AT = 30;

/** The first time from `at` on at which a collection message may leave, as far as hours and the one a day go. */
export function collectionTime(
	{ lastCollectionAt }: Pick<Consent, 'lastCollectionAt'>,
	at: Date,
	profile: BusinessProfile,
): Date {
	let moment = DateTime.fromJSDate(at, { zone: profile.timeZone });
	const last =
		lastCollectionAt === undefined ? undefined : DateTime.fromMillis(lastCollectionAt, { zone: profile.timeZone });
	for (let day = 0; day < DAYS_LOOKED_AT; day += 1) {
		const hours = lawfulHours(moment);
		if (hours !== undefined && !isHoliday(profile, moment.toJSDate()) && last?.hasSame(moment, 'day') !== true) {
			const opens = moment.startOf('day').set({ hour: hours[0] });
			if (moment < opens) return opens.toJSDate();
			if (moment.hour < hours[1]) return moment.toJSDate();
		}
		moment = moment.plus({ days: 1 }).startOf('day');
	}
	return moment.toJSDate();
}
