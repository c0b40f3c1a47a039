/**
 * A table that is looked up with a word from outside: a vendor's code, a customer's word, a field of somebody's profile. An
 * object would answer for `constructor` and `toString` too, which every object inherits, and a builder writes "soy constructor".
 */
export function lookupTable<Value>(rows: Readonly<Record<string, Value>>): ReadonlyMap<string, Value> {
	return new Map(Object.entries(rows));
}
