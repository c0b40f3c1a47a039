const DECIMAL = /^(-?)(\d+)(?:\.(\d+))?$/;

/** A decimal as a whole number of its smallest parts. Money is never a binary fraction. */
function parts(decimal: string): { readonly units: bigint; readonly places: number } {
	const [, sign = '', whole = '0', fraction = ''] = DECIMAL.exec(decimal) ?? [];
	return { units: BigInt(`${sign}${whole}${fraction}`), places: fraction.length };
}

function written(units: bigint, places: number): string {
	const sign = units < 0n ? '-' : '';
	const digits = (units < 0n ? -units : units).toString().padStart(places + 1, '0');
	const whole = digits.slice(0, digits.length - places);
	const fraction = digits.slice(digits.length - places).replace(/0+$/, '');
	return `${sign}${whole}${fraction === '' ? '' : `.${fraction}`}`;
}

/** The sum of two decimals, exact. */
export function addDecimals(one: string, other: string): string {
	const [a, b] = [parts(one), parts(other)];
	const places = Math.max(a.places, b.places);
	const scaled = ({ units, places: own }: typeof a) => units * 10n ** BigInt(places - own);
	return written(scaled(a) + scaled(b), places);
}

/** A decimal so many times, exact. */
export function multiplyDecimal(decimal: string, times: number): string {
	const { units, places } = parts(decimal);
	return written(units * BigInt(Math.trunc(times)), places);
}

/** A millionth of a decimal, exact. */
export function millionthOf(decimal: string): string {
	const { units, places } = parts(decimal);
	return written(units, places + 6);
}
