import { createHash } from 'node:crypto';

/** JSON of anything; a body that came over the wire always has one, a value made by hand may not. */
function describe(value: unknown): string {
	try {
		return JSON.stringify(value) ?? typeof value;
	} catch {
		return Object.prototype.toString.call(value);
	}
}

/**
 * An id for an event that Meta gives none: the same object, delivered again, gets the same id. `circumstances` hold
 * what tells two equal objects apart (account, field, time of the entry).
 */
export function derivedEventId(
	label: string,
	object: unknown,
	circumstances: ReadonlyArray<string | undefined>,
): string {
	const digest = createHash('sha256')
		.update(circumstances.map((part) => part ?? '').join('\u0000'))
		.update('\u0000')
		.update(describe(object))
		.digest('hex');
	return `${label}:${digest.slice(0, 32)}`;
}
