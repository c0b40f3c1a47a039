import { isSupportedCountry, parsePhoneNumberFromString } from 'libphonenumber-js/max';

import { InvalidInput } from '../invalidInput';
import type { Identity } from './events';

/**
 * Business-scoped user id: country, dot, up to 128 letters and digits; a managed portfolio's id has `ENT.` between
 * (developers.facebook.com/documentation/business-messaging/whatsapp/business-scoped-user-ids).
 */
const USER_ID = /^[A-Z]{2}\.(ENT\.)?[A-Za-z0-9]{1,128}$/;

/**
 * Who a message goes to, from what somebody typed: a phone number in any usual form (a national one with the default
 * country), a WhatsApp id (digits) or a business-scoped user id.
 *
 * @param defaultCountry Two-letter country of numbers without a country code, for example `CO`.
 * @throws InvalidInput when it is none of these.
 */
export function readRecipient(raw: string, defaultCountry: string): Identity {
	const text = raw.trim();
	const userId = USER_ID.exec(text);
	if (userId !== null) return userId[1] === undefined ? { userId: text } : { parentUserId: text };
	const country = defaultCountry.trim().toUpperCase();
	if (country !== '' && !isSupportedCountry(country)) {
		throw new InvalidInput({
			message: `'Default Country' is not a country code: ${defaultCountry}`,
			description: 'Use two letters, for example CO, MX or ES.',
			parameter: 'Default Country',
		});
	}
	const international = text.startsWith('00') ? `+${text.slice(2)}` : text;
	const national =
		international.startsWith('+') || !isSupportedCountry(country)
			? undefined
			: parsePhoneNumberFromString(international, country);
	if (national?.isValid() === true) return { waId: national.number.slice(1) };
	// Numbers that are new or kept for tests (+1 555 …) are possible, not valid: WhatsApp decides whether they exist.
	const digits = international.replace(/[\s().\-/]/g, '').replace(/^\+?/, '+');
	const number = /^\+\d{7,15}$/.test(digits) ? parsePhoneNumberFromString(digits) : undefined;
	if (number?.isPossible() === true) return { waId: number.number.slice(1) };
	throw new InvalidInput({
		message: `'To' is neither a phone number nor a WhatsApp user id: '${raw}'`,
		description:
			"Use the number with its country code, for example +57 300 123 4567, or set 'Default Country' for numbers without one.",
		parameter: 'To',
	});
}
