// The full metadata: the small one cannot tell a mobile from a landline nor refuse a number that was never assigned,
// and WhatsApp only lives on the first kind. It costs 70 kB more.
import {
	isSupportedCountry,
	parsePhoneNumberFromString,
	type CountryCode,
	type PhoneNumber,
} from 'libphonenumber-js/max';

import { lookupTable } from '../lookupTable';

/** `unknown`: possible by its length, but in no range that the numbering plans knew when this package was built. */
export type PhoneType = 'mobile' | 'fixed' | 'fixed_or_mobile' | 'other' | 'unknown';

export interface NormalizedPhone {
	/** `+573001234567` */
	readonly e164: string;
	/** ISO 3166 alpha-2; absent for international services without a country. */
	readonly country?: string;
	readonly type: PhoneType;
}

const PHONE_TYPES = lookupTable<PhoneType>({
	MOBILE: 'mobile',
	FIXED_LINE: 'fixed',
	FIXED_LINE_OR_MOBILE: 'fixed_or_mobile',
});

/**
 * WhatsApp keeps ids from before two reforms. Mexico dropped the `1` after the country code in 2019; Brazil put a `9`
 * before mobile numbers by 2016, and ids outside of the first areas never followed.
 * @see https://developers.facebook.com/documentation/business-messaging/whatsapp/messages/send-messages#phone-number-formats
 */
function undoOldForms(digits: string): string {
	const mexican = /^521(\d{10})$/.exec(digits);
	if (mexican) return `52${mexican[1]}`;
	const brazilian = /^55([1-9]\d)([6-9]\d{7})$/.exec(digits);
	if (brazilian) return `55${brazilian[1]}9${brazilian[2]}`;
	return digits;
}

function typeOf(phone: PhoneNumber): PhoneType {
	const type = phone.getType();
	return type === undefined ? 'other' : (PHONE_TYPES.get(type) ?? 'other');
}

function countryCode(country: string): CountryCode | undefined {
	const code = country.toUpperCase();
	return isSupportedCountry(code) ? code : undefined;
}

/**
 * Reads a phone number as people write it: with or without `+`, `00`, country code, trunk prefixes (`15` in Argentina,
 * `0` in many countries), separators, words around it.
 *
 * A number without a country code belongs to `defaultCountry`, and must exist in its numbering plan. With a country code
 * and a possible length it is accepted even from a range that is not known yet, as type `unknown`.
 *
 * @param raw what was typed
 * @param defaultCountry ISO 3166 alpha-2, as in the business profile
 * @returns undefined when there is no phone number in the text
 */
export function normalizePhone(raw: string, defaultCountry: string): NormalizedPhone | undefined {
	const written = raw.normalize('NFKC').trim();
	const international = /^[^\d+]*(?:\+|00)\s*(\d[\d\s().\-/]*)/.exec(written);
	if (international) {
		const digits = undoOldForms(international[1].replace(/\D/g, ''));
		const phone = parsePhoneNumberFromString(`+${digits}`);
		if (!phone?.isPossible()) return undefined;
		return { e164: phone.number, country: phone.country, type: phone.isValid() ? typeOf(phone) : 'unknown' };
	}
	const country = countryCode(defaultCountry);
	if (country === undefined) return undefined;
	const national = parsePhoneNumberFromString(written, country);
	if (national?.isValid()) return { e164: national.number, country: national.country, type: typeOf(national) };
	// "573001234567": people copy WhatsApp's way of writing, without the plus.
	const digits = written.replace(/\D/g, '');
	const copied = digits.length >= 10 ? parsePhoneNumberFromString(`+${undoOldForms(digits)}`) : undefined;
	return copied?.isValid() ? { e164: copied.number, country: copied.country, type: typeOf(copied) } : undefined;
}

/**
 * The number behind a WhatsApp id, in E.164. Ids from before the reforms in Mexico and Brazil give the number of today;
 * an id is never refused because its range is unknown, since WhatsApp has verified it.
 * @param waId digits, as in a webhook; a `+` is tolerated
 * @returns undefined when it cannot be a phone number
 */
export function waIdToE164(waId: string): string | undefined {
	const digits = waId.replace(/^\+/, '');
	return /^[1-9]\d{6,14}$/.test(digits) ? `+${undoOldForms(digits)}` : undefined;
}
