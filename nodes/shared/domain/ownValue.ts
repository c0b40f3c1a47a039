/**
 * What stands in a record under a name from outside, such as the field of a client's own question. `record[name]` would answer
 * for `constructor` and `toString` too, which every object inherits.
 */
export function ownValue<Value>(
	record: Readonly<Partial<Record<string, Value>>> | null | undefined,
	name: string,
): Value | undefined {
	return record !== null && record !== undefined && Object.hasOwn(record, name) ? record[name] : undefined;
}
