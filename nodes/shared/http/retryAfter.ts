/**
 * Milliseconds that a `Retry-After` header asks for, in either form of RFC 9110 10.2.3 (seconds, or a date).
 * Absent, unreadable and past values are `undefined`.
 */
export function retryAfterMs(header: unknown, nowMs: number): number | undefined {
	if (typeof header !== 'string' || header.trim() === '') return undefined;
	const seconds = Number(header);
	const wait = Number.isFinite(seconds) ? seconds * 1000 : Date.parse(header) - nowMs;
	return Number.isFinite(wait) && wait > 0 ? Math.ceil(wait) : undefined;
}
