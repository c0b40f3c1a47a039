/**
 * PostgreSQL refuses text with a zero byte, and SQLite's own functions read only as far as one. Somebody's phone sends it, a
 * vendor repeats for days what could not be stored, and nobody can see it: both databases leave it out.
 */
export function withoutZeroBytes<Value>(parameters: readonly Value[]): readonly Value[] {
	return parameters.some(hasZeroByte) ? parameters.map(cleaned) : parameters;
}

const hasZeroByte = (value: unknown): boolean => typeof value === 'string' && value.includes('\0');

function cleaned<Value>(value: Value): Value;
function cleaned(value: unknown): unknown {
	return typeof value === 'string' ? value.replaceAll('\0', '') : value;
}
