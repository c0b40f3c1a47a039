import { createHash, timingSafeEqual } from 'node:crypto';

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/**
 * Whether a delivery carries the secret of the address, compared in constant time. Wazzup signs nothing, so the secret in
 * the address is all that tells its deliveries from anybody's. Without an expected secret nothing is trusted.
 */
export function verifyWazzupSecret(given: unknown, expected: string): boolean {
	if (expected === '' || typeof given !== 'string') return false;
	return timingSafeEqual(digest(given), digest(expected));
}
