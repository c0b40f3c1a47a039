/**
 * The `code` of an error of Node ("ENOENT"), pg ("28P01") or any library. Not by `instanceof`: n8n loads nodes in another
 * realm, whose `Error` is not the one that Node's own modules throw.
 */
export function errorCode(error: unknown): string | undefined {
	return typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string'
		? error.code
		: undefined;
}
