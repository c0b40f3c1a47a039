import { InvalidInput } from '../invalidInput';
import { lookupTable } from '../lookupTable';
import { otherCurrencyIn, readWrittenAmount, type WrittenAmount } from './writtenAmount';

/** An amount in the smallest units that payments are counted in. */
export interface Money {
	readonly minor: number;
	/** ISO 4217, upper case. */
	readonly currency: string;
}

/** How a currency is written to card networks, which is not always how its country counts. */
interface CurrencyRule {
	/** Digits behind the point in minor units. */
	readonly digits: number;
	/** What an amount in minor units must be a multiple of. */
	readonly step: number;
}

const WITHOUT_DIGITS = new Set('BIF CLP DJF GNF JPY KMF KRW MGA PYG RWF VND VUV XAF XOF XPF'.split(' '));
const WITH_THREE_DIGITS = new Set('BHD JOD KWD OMR TND'.split(' '));
/** Counted in whole units by their countries, yet written with two digits that must be zero. */
const WHOLE_WITH_TWO_DIGITS = new Set('ISK UGX'.split(' '));

/** The least that may be charged, in minor units, where it is published (docs.stripe.com/currencies, minimum charge amounts). */
const LEAST = lookupTable<number>({
	AED: 200,
	AUD: 50,
	BGN: 100,
	BRL: 50,
	CAD: 50,
	CHF: 50,
	CZK: 1500,
	DKK: 250,
	EUR: 50,
	GBP: 30,
	HKD: 400,
	HUF: 17_500,
	INR: 50,
	JPY: 50,
	MXN: 1000,
	MYR: 200,
	NOK: 300,
	NZD: 50,
	PLN: 200,
	RON: 200,
	SEK: 300,
	SGD: 50,
	THB: 1000,
	USD: 50,
});

/** Twelve digits are the most that any currency is charged in; most end at eight, which the provider says. */
const MOST = 999_999_999_999;

const KNOWN = new Set(Intl.supportedValuesOf('currency'));

/** The currency as it is stored. @throws InvalidInput when there is none of this code. */
export function readCurrency(text: string, parameter = 'Currency'): string {
	const code = text.trim().toUpperCase();
	if (KNOWN.has(code)) return code;
	throw new InvalidInput({
		message: `'${parameter}' is no currency: '${text.slice(0, 20)}'`,
		description: 'Write its three letters, for example COP, MXN or USD.',
		parameter,
		reason: { code: 'unknownCurrency', values: { currency: text.slice(0, 20) } },
	});
}

function ruleOf(currency: string): CurrencyRule {
	if (WITHOUT_DIGITS.has(currency)) return { digits: 0, step: 1 };
	if (WITH_THREE_DIGITS.has(currency)) return { digits: 3, step: 10 };
	if (WHOLE_WITH_TWO_DIGITS.has(currency)) return { digits: 2, step: 100 };
	return { digits: 2, step: 1 };
}

/**
 * An amount to charge as people write it ("250.000", "1,5 millones", "99.90", or a number of an expression) in the currency's own
 * minor units.
 * @throws InvalidInput naming `parameter` when it is no amount, has more digits than the currency, or is too small.
 */
export function readMoney(written: string | number, currency: string, parameter = 'Amount'): Money {
	return checkedMoney(parseMoney(written, currency, parameter), parameter);
}

/**
 * An amount that is not charged, such as a part that is given back: no more than nothing is too small for it.
 * @throws InvalidInput naming `parameter`
 */
export function readPositiveMoney(written: string | number, currency: string, parameter = 'Amount'): Money {
	const money = parseMoney(written, currency, parameter);
	refuseMoreThanMost(money, parameter);
	if (money.minor > 0) return money;
	throw new InvalidInput({
		message: `'${parameter}' is nothing`,
		description: 'Write an amount above 0.',
		parameter,
		reason: { code: 'unreadableAmount', values: { amount: String(written).slice(0, 40) } },
	});
}

function parseMoney(written: string | number, currency: string, parameter: string): Money {
	const code = readCurrency(currency);
	const { digits, step } = ruleOf(code);
	const refuse = (what: string, description: string): InvalidInput =>
		new InvalidInput({
			message: `'${parameter}' ${what}: '${String(written).slice(0, 40)}'`,
			description,
			parameter,
			reason: { code: 'unreadableAmount', values: { amount: String(written).slice(0, 40) } },
		});
	const named = typeof written === 'number' ? undefined : otherCurrencyIn(written, code);
	if (named !== undefined) {
		throw refuse(`is in ${named}, not in ${code}`, "Change 'Currency', or write the amount without a currency.");
	}
	const read = typeof written === 'number' ? numberParts(written) : readWrittenAmount(written, digits);
	if (read === undefined) {
		throw refuse('is no amount', `Write it as a number, for example 250.000 or 99,90 (${code}).`);
	}
	const fraction = read.fraction.replace(/0+$/, '');
	if (fraction.length > digits) {
		throw refuse(
			'has more digits than the currency',
			`${code} has ${digits === 0 ? 'no' : digits} digits behind the point.`,
		);
	}
	const minor = Number(`${read.whole}${fraction.padEnd(digits, '0')}`);
	if (minor % step !== 0) {
		throw refuse('is divided too finely', `Amounts in ${code} end in ${step === 100 ? 'whole units' : 'a zero'}.`);
	}
	return { minor, currency: code };
}

function numberParts(value: number): WrittenAmount | undefined {
	const match = /^(\d+)(?:\.(\d+))?$/.exec(String(value));
	return match === null ? undefined : { whole: match[1] ?? '', fraction: match[2] ?? '' };
}

function refuseMoreThanMost({ minor }: Money, parameter: string): void {
	if (minor <= MOST) return;
	throw new InvalidInput({
		message: `'${parameter}' is more than can be charged`,
		description: 'Divide it into several payments.',
		parameter,
		reason: { code: 'amountTooLarge' },
	});
}

/** The same amount when it may be charged. @throws InvalidInput when it is too small or too large. */
export function checkedMoney(money: Money, parameter = 'Amount'): Money {
	const { minor, currency } = money;
	const least = LEAST.get(currency) ?? ruleOf(currency).step;
	if (minor < least) {
		throw new InvalidInput({
			message: `'${parameter}' is less than can be charged: ${writeMoney(money, 'es-CO')}`,
			description: `The least is ${writeMoney({ minor: least, currency }, 'es-CO')}.`,
			parameter,
		});
	}
	refuseMoreThanMost(money, parameter);
	return money;
}

/**
 * A part of a total, in hundredths of it, rounded down to what the currency can express.
 * @throws InvalidInput when nothing, or the whole, is left.
 */
export function shareOf(total: Money, percentage: number, parameter = 'Deposit Percentage'): Money {
	if (!Number.isFinite(percentage) || percentage <= 0 || percentage >= 100) {
		throw new InvalidInput({
			message: `'${parameter}' is no part of the total: ${percentage}`,
			description: 'Write more than 0 and less than 100.',
			parameter,
		});
	}
	const { step } = ruleOf(total.currency);
	// Percentages have at most four digits behind the point here; whole numbers keep money exact.
	const share = (BigInt(total.minor) * BigInt(Math.round(percentage * 10_000))) / 1_000_000n;
	const minor = Number(share - (share % BigInt(step)));
	return checkedMoney({ minor, currency: total.currency }, parameter);
}

/** The amount with a point before its digits: `250000`, `99.90`. Exact; for machines and for reading it in again. */
export function decimalOf({ minor, currency }: Money): string {
	const { digits } = ruleOf(currency);
	const written = String(minor).padStart(digits + 1, '0');
	const fraction = written.slice(written.length - digits);
	return digits === 0 || /^0+$/.test(fraction)
		? written.slice(0, written.length - digits)
		: `${written.slice(0, -digits)}.${fraction}`;
}

/** The amount as people of a country write it: "$ 250.000" in Colombia, "$99.90" in the United States. */
export function writeMoney(money: Money, locale: string): string {
	const { digits } = ruleOf(money.currency);
	return new Intl.NumberFormat(locale, {
		style: 'currency',
		currency: money.currency,
		minimumFractionDigits: 0,
		maximumFractionDigits: digits,
		...(money.minor % 10 ** digits === 0 ? {} : { minimumFractionDigits: digits }),
	}).format(money.minor / 10 ** digits);
}
