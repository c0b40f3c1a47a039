/** A number of the accounts that the advisor opened to us. */
export interface OfferedNumber {
	readonly phoneNumberId: string;
	readonly wabaId: string;
	/** As Meta writes it: `+57 300 123 4567`. */
	readonly displayPhoneNumber: string;
	readonly verifiedName?: string;
	/** Also used in the WhatsApp Business app: the only kind that can be mirrored. */
	readonly onBusinessApp: boolean;
}

export type NumberChoice =
	| { readonly kind: 'chosen'; readonly number: OfferedNumber }
	| { readonly kind: 'none' | 'not_on_app' | 'several'; readonly offered: readonly OfferedNumber[] };

const digitsOf = (phone: string | undefined): string => (phone ?? '').replace(/\D/g, '');

/**
 * Which of the offered numbers is the advisor's. Meta's dialog tells the account only, so it is the one the person named,
 * else the only one of the app, else the one that is the advisor's phone in our records.
 */
export function chooseNumber(
	offered: readonly OfferedNumber[],
	wish: { readonly phoneNumberId?: string; readonly advisorPhone?: string },
): NumberChoice {
	if (wish.phoneNumberId !== undefined) {
		const named = offered.find(({ phoneNumberId }) => phoneNumberId === wish.phoneNumberId);
		return named === undefined ? { kind: 'none', offered } : { kind: 'chosen', number: named };
	}
	if (offered.length === 0) return { kind: 'none', offered };
	const mirrorable = offered.filter(({ onBusinessApp }) => onBusinessApp);
	const [first] = mirrorable;
	if (first === undefined) return { kind: 'not_on_app', offered };
	if (mirrorable.length === 1) return { kind: 'chosen', number: first };
	const phone = digitsOf(wish.advisorPhone);
	const own = mirrorable.filter(({ displayPhoneNumber }) => digitsOf(displayPhoneNumber) === phone);
	return phone !== '' && own[0] !== undefined
		? { kind: 'chosen', number: own[0] }
		: { kind: 'several', offered: mirrorable };
}
