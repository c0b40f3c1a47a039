import { identityKeys } from '../../domain/identity/identityKeys';
import { normalizePhone } from '../../domain/identity/phone';
import { InvalidInput } from '../../domain/invalidInput';
import type { Identity } from '../../domain/messages/events';
import { addExclusions, excludedAmong, type LinkedNumberRow } from '../../store/repositories/linkedNumbers';
import type { Store, StoreTransaction } from '../../store/store';

/** Not the address but its HMAC: the list itself would be a list of private contacts. */
const digestOf = (store: Store, address: string): string => store.sign(`excluded ${address}`);

/** The exclusion list of a number, as it was typed. @throws InvalidInput naming what is no phone number */
export function exclusionDigests(store: Store, typed: readonly string[], country: string): string[] {
	const wanted = typed.map((number) => number.trim()).filter((number) => number !== '');
	const unreadable = wanted.filter((number) => normalizePhone(number, country) === undefined);
	if (unreadable.length > 0) {
		throw new InvalidInput({
			message: `'Excluded Numbers' has entries that are no phone numbers: ${unreadable.map((number) => `'${number}'`).join(', ')}`,
			description: 'Write each with its country code, for example +57 300 123 4567.',
			parameter: 'Excluded Numbers',
			reason: { code: 'notPhones', values: { numbers: unreadable.join(', ') } },
		});
	}
	return wanted.flatMap((number) => {
		const phone = normalizePhone(number, country);
		return phone === undefined ? [] : [digestOf(store, phone.e164.slice(1))];
	});
}

/**
 * Whether the conversation with this person is left out of the mirror. A person may come without a phone number later:
 * whoever was recognised by their number once stays recognised by their user id (D31).
 */
export async function isExcluded(
	tx: StoreTransaction,
	store: Store,
	linkedNumber: LinkedNumberRow,
	person: Identity,
): Promise<boolean> {
	const digests = identityKeys(person).map(({ value }) => digestOf(store, value));
	const known = await excludedAmong(tx, linkedNumber.id, digests);
	if (known.length === 0) return false;
	if (known.length < digests.length) await addExclusions(tx, store, linkedNumber.id, digests);
	return true;
}
