/** Digits of an id of ours that tell when it was made (UUIDv7). */
const TIME_DIGITS = 12;

const timeOf = (id: string): number => Number.parseInt(id.replaceAll('-', '').slice(0, TIME_DIGITS), 16);

function idsFrom(time: number): string {
	const digits = Math.round(time).toString(16).padStart(TIME_DIGITS, '0');
	return `${digits.slice(0, 8)}-${digits.slice(8)}`;
}

/** Ids from `from` on, and before `below`. */
export interface Stretch {
	readonly from: string;
	readonly below?: string;
}

/** Far enough from any simple fraction that following numbers look at other places. */
const GOLDEN = 0.618_033_988_749_895;

/**
 * Where a sample of a table looks, spread evenly over its whole time: the same number looks at the same places, the next one at
 * others. Together the stretches hold every record once.
 * @param ids the first and the last one of the table
 * @param count how many stretches; what lies before the first of them comes last, as one more
 */
export function stretchesOf(
	ids: { readonly first: string; readonly last: string },
	count: number,
	sample: number,
): readonly Stretch[] {
	const begin = timeOf(ids.first);
	const width = (timeOf(ids.last) - begin) / count;
	if (!Number.isFinite(width) || width <= 0) return [{ from: '' }];
	const shift = Math.abs(sample * GOLDEN) % 1;
	const bounds = Array.from({ length: count }, (_, place) => idsFrom(begin + (place + shift) * width));
	const stretches = bounds.map((from, place): Stretch => {
		const below = bounds[place + 1];
		return below === undefined ? { from } : { from, below };
	});
	return [...stretches, { from: '', below: bounds[0] }];
}
