import { plain } from '../classifier/normalise';

/** A file that a customer has sent, and what they wrote around it. */
export interface SentFile {
	/** `image`, `document` … */
	readonly type: string;
	readonly filename?: string;
	/** The caption and what was written shortly before and after. */
	readonly words: readonly string[];
	/** Whether the customer has been asked for money that is not there yet. */
	readonly owes: boolean;
}

/** In Spanish, English and Portuguese, without accents. */
const SAYS_PAID =
	/\b(?:comprobante|comprovante|consigne|consignacion|transferencia|transferi|pague|pagado|pagada|paguei|paid|receipt|voucher|soporte (?:de|del) pago|recibo (?:de|del) pago|proof of payment|nequi|daviplata|bancolombia|pse|pix)\b/u;

const WITHOUT_WORDS = /^\s*$/u;

/**
 * Whether a file is probably meant as proof of a payment: the customer says so, its name does, or they owe money and sent it without
 * a word. It decides only who looks at it; that nothing is confirmed by it does not depend on this.
 */
export function looksLikeProof({ type, filename = '', words, owes }: SentFile): boolean {
	if (type !== 'image' && type !== 'document') return false;
	const said = [filename.replace(/[_.-]+/gu, ' '), ...words].map(plain);
	if (said.some((text) => SAYS_PAID.test(text))) return true;
	return owes && words.every((text) => WITHOUT_WORDS.test(text));
}

/** A signed payment that a proof may be of. */
export interface SignedPayment {
	readonly id: string;
	/** In whole units of its currency. */
	readonly amount: number;
	/** Milliseconds. */
	readonly paidAt: number;
	/** The provider's ids, such as a link's: a proof may show one. */
	readonly references: readonly string[];
}

/** How long before the proof a payment of an unknown amount may have been made, and how much a clock may be ahead, ms. */
const NEAR = 3 * 86_400_000;
const AHEAD = 3_600_000;

/** What was read from a proof, where something was. */
export interface ReadFromProof {
	/** In whole units. */
	readonly amount?: number;
	readonly reference?: string;
}

/** Fewer signs, or fewer digits among them, are no number of a payment: an amount, a word, the time. */
const SHORTEST_REFERENCE = 6;
const FEWEST_DIGITS = 4;

/** The number of a payment as it is compared, however it was read; undefined: too little to know a receipt by. */
export function comparedReference(reference: string | undefined): string | undefined {
	// «Comprobante No. 0000041234»: what names the number is no part of it.
	const parts = plain(reference ?? '')
		.split(/\s+/u)
		.filter((part) => /\d/u.test(part));
	const signs = parts.join('').replace(/[^a-z0-9]/gu, '');
	return signs.length >= SHORTEST_REFERENCE && signs.replace(/\D/gu, '').length >= FEWEST_DIGITS ? signs : undefined;
}

/** The signed payment that a proof is of: by its reference, else by its amount, else by its time alone. */
export function paymentOfProof(
	payments: readonly SignedPayment[],
	at: number,
	{ amount, reference }: ReadFromProof,
): SignedPayment | undefined {
	const near = payments
		.filter(({ paidAt }) => paidAt <= at + AHEAD && paidAt >= at - NEAR)
		.sort((first, second) => second.paidAt - first.paidAt);
	const wanted = reference?.trim().toLowerCase();
	if (wanted !== undefined && wanted !== '') {
		const named = payments.find(({ references }) => references.some((one) => one.toLowerCase() === wanted));
		if (named !== undefined) return named;
	}
	return amount === undefined ? near[0] : near.find((payment) => payment.amount === amount);
}
