import { createHmac, timingSafeEqual } from 'node:crypto';

const PREFIX = 'sha256=';
const HEX_DIGEST = /^[0-9a-f]{64}$/;

/**
 * Says whether Meta signed these bytes with this app secret.
 *
 * The HMAC is over the bytes as they arrived: Meta escapes every character outside ASCII (`\u00e1`), so a body that was
 * parsed and serialised again never matches.
 *
 * @param rawBody the request body, untouched
 * @param header value of `X-Hub-Signature-256`; an array when a client sent it several times, which Meta never does
 * @param appSecret the app's secret; empty means nothing can be trusted
 * @returns false for anything that is not a valid signature; never throws, compares in constant time
 */
export function verifyMetaSignature(
	rawBody: Buffer | Uint8Array | string,
	header: string | string[] | undefined,
	appSecret: string,
): boolean {
	if (typeof header !== 'string' || typeof appSecret !== 'string' || appSecret === '') return false;
	if (typeof rawBody !== 'string' && !(rawBody instanceof Uint8Array)) return false;
	if (!header.startsWith(PREFIX)) return false;
	const given = header.slice(PREFIX.length).toLowerCase();
	if (!HEX_DIGEST.test(given)) return false;
	const expected = createHmac('sha256', appSecret).update(rawBody).digest();
	return timingSafeEqual(expected, Buffer.from(given, 'hex'));
}
