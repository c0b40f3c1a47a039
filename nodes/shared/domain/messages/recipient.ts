import { InvalidInput } from '../invalidInput';
import { normalizePhone } from '../identity/phone';
import type { Identity } from './events';

/**
 * Business-scoped user id: country, dot, up to 128 letters and digits; a managed portfolio's id has `ENT.` between
 * (developers.facebook.com/documentation/business-messaging/whatsapp/business-scoped-user-ids).
 */
const USER_ID = /^[A-Z]{2}\.(ENT\.)?[A-Za-z0-9]{1,128}$/;

/** Shorter digits without a country are a national number of nobody knows where. */
const SHORTEST_WHATSAPP_ID = 10;

/**
 * Who a message goes to, from what somebody typed: a phone number in any usual form (a national one with the default
 * country), a WhatsApp id (digits) or a business-scoped user id.
 *
 * @param defaultCountry Two-letter country of numbers without a country code, for example `CO`; empty = none.
 * @throws InvalidInput when it is none of these.
 */
export function readRecipient(raw: string, defaultCountry: string): Identity {
	const text = raw.trim();
	const userId = USER_ID.exec(text);
	if (userId !== null) return userId[1] === undefined ? { userId: text } : { parentUserId: text };
	const country = defaultCountry.trim();
	if (country !== '' && !/^[a-z]{2}$/i.test(country)) {
		throw new InvalidInput({
			message: `'Default Country' is not a country code: '${defaultCountry}'`,
			description: 'Use two letters, for example CO, MX or ES.',
			parameter: 'Default Country',
		});
	}
	const digits = text.replace(/[\s().\-/]/g, '');
	// A WhatsApp id whose range is not in any numbering plan yet (or is kept for tests) is left for WhatsApp to judge.
	const copied = /^[1-9]\d+$/.test(digits) && digits.length >= SHORTEST_WHATSAPP_ID ? `+${digits}` : undefined;
	const phone = normalizePhone(text, country) ?? (copied === undefined ? undefined : normalizePhone(copied, country));
	if (phone !== undefined) return { waId: phone.e164.slice(1) };
	throw new InvalidInput({
		message: `'To' is neither a phone number nor a WhatsApp user id: '${raw}'`,
		description:
			"Use the number with its country code, for example +57 300 123 4567, or set 'Default Country' for numbers without one.",
		parameter: 'To',
	});
}
