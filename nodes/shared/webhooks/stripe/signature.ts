import { createHmac, timingSafeEqual } from 'node:crypto';

const HEX_DIGEST = /^[0-9a-f]{64}$/i;
const SECONDS = /^\d{1,12}$/;

/** How old a signature may be, seconds; Stripe's own default. */
export const STRIPE_TOLERANCE = 300;

export interface StripeSignatureOptions {
	/** How old the signature may be; 300 when absent. */
	readonly toleranceSeconds?: number;
	readonly now: Date;
}

function partsOf(header: string): { readonly timestamps: string[]; readonly signatures: string[] } {
	const timestamps: string[] = [];
	const signatures: string[] = [];
	for (const part of header.split(',')) {
		const [scheme, value = ''] = part.trim().split('=', 2);
		if (scheme === 't') timestamps.push(value);
		// v0 is Stripe's scheme for its own test events: a signature that anybody may be led to believe is none.
		else if (scheme === 'v1' && HEX_DIGEST.test(value)) signatures.push(value);
	}
	return { timestamps, signatures };
}

/**
 * Says whether Stripe signed these bytes with one of these secrets.
 *
 * @param rawBody the request body, untouched
 * @param header value of `Stripe-Signature`; it carries several v1 signatures while a secret is being rotated
 * @param secret the endpoint's `whsec_…`, or all that are good at the moment; empty ones mean nothing can be trusted
 * @returns false for anything that is not a valid and recent signature; never throws, compares in constant time
 */
export function verifyStripeSignature(
	rawBody: Buffer | Uint8Array | string,
	header: string | string[] | undefined,
	secret: string | readonly string[],
	{ toleranceSeconds = STRIPE_TOLERANCE, now }: StripeSignatureOptions,
): boolean {
	if (typeof header !== 'string') return false;
	if (typeof rawBody !== 'string' && !(rawBody instanceof Uint8Array)) return false;
	const secrets = (typeof secret === 'string' ? [secret] : [...(secret ?? [])]).filter(
		(one) => typeof one === 'string' && one !== '',
	);
	const { timestamps, signatures } = partsOf(header);
	const [timestamp] = timestamps;
	if (timestamp === undefined || timestamps.length > 1 || !SECONDS.test(timestamp)) return false;
	const age = Math.floor(now.getTime() / 1_000) - Number(timestamp);
	// Written so that a tolerance or time that is no number accepts nothing.
	if (!(age <= toleranceSeconds)) return false;
	let valid = false;
	for (const one of secrets) {
		const expected = createHmac('sha256', one).update(`${timestamp}.`).update(rawBody).digest();
		for (const signature of signatures) {
			// No early end: how long it takes tells nothing.
			valid = timingSafeEqual(expected, Buffer.from(signature, 'hex')) || valid;
		}
	}
	return valid;
}
