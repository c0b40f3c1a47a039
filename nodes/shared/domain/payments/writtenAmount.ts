import { plain } from '../classifier/normalise';
import { NUMBER_WORDS } from '../classifier/vocabulary';
import { lookupTable } from '../lookupTable';

/** An amount as it was written, digit for digit: money is never counted in floating point. */
export interface WrittenAmount {
	readonly whole: string;
	/** Digits behind the point. */
	readonly fraction: string;
}

const KNOWN = new Set(Intl.supportedValuesOf('currency'));

const ANY: readonly string[] = [];
const PESOS = ['ARS', 'CLP', 'COP', 'CUP', 'DOP', 'MXN', 'PHP', 'UYU'];
const DOLLARS = ['AUD', 'BSD', 'BZD', 'CAD', 'HKD', 'JMD', 'NZD', 'SGD', 'TTD', 'TWD', 'USD'];

/** What people write for a currency, and which it may be. */
const SIGNS = lookupTable<readonly string[]>({
	$: ANY,
	$u: ['UYU'],
	a$: ['AUD'],
	ar$: ['ARS'],
	c$: ['CAD', 'NIO'],
	ca$: ['CAD'],
	cl$: ['CLP'],
	clp$: ['CLP'],
	'cn¥': ['CNY'],
	col$: ['COP'],
	hk$: ['HKD'],
	mx$: ['MXN'],
	nt$: ['TWD'],
	nz$: ['NZD'],
	r$: ['BRL'],
	rd$: ['DOP'],
	us$: ['USD'],
	'£': ['GBP'],
	'¥': ['CNY', 'JPY'],
	'€': ['EUR'],
	'₡': ['CRC'],
	'₩': ['KRW'],
	'₪': ['ILS'],
	'₫': ['VND'],
	'₱': ['PHP'],
	'₲': ['PYG'],
	'₹': ['INR'],
	bs: ['BOB', 'VES'],
	dolar: DOLLARS,
	dolares: DOLLARS,
	dollar: DOLLARS,
	dollars: DOLLARS,
	euro: ['EUR'],
	euros: ['EUR'],
	guaranies: ['PYG'],
	libras: ['GBP'],
	peso: PESOS,
	pesos: PESOS,
	quetzales: ['GTQ'],
	reais: ['BRL'],
	real: ['BRL'],
	reales: ['BRL'],
	's/': ['PEN'],
	's/.': ['PEN'],
	soles: ['PEN'],
	yenes: ['JPY'],
});

const SIGN = String.raw`(?:\$u(?!\p{L})|\p{L}*\p{Sc}|s\/\.?|\p{L}+)`;
const SIGN_BEFORE = new RegExp(`^${SIGN}`, 'iu');
const SIGN_BEHIND = new RegExp(`${SIGN}$`, 'iu');

function currenciesOf(sign: string): readonly string[] | undefined {
	const code = sign.toUpperCase();
	return KNOWN.has(code) ? [code] : SIGNS.get(plain(sign));
}

interface Sign {
	readonly sign: string;
	readonly currencies: readonly string[];
}

function signAt(place: RegExp, text: string): Sign | undefined {
	const sign = place.exec(text)?.[0];
	const currencies = sign === undefined ? undefined : currenciesOf(sign);
	return sign === undefined || currencies === undefined ? undefined : { sign, currencies };
}

/** No amount is longer, and nobody's text is searched for one at length. */
const LONGEST = 60;

/** The text without the currencies before and behind it, and those it names. */
function withoutSigns(text: string): { readonly bare: string; readonly signs: readonly Sign[] } {
	const signs: Sign[] = [];
	let bare = text.length > LONGEST ? '' : text.replace(/[\s\u00A0\u202F]+/gu, ' ').trim();
	for (;;) {
		const before = signAt(SIGN_BEFORE, bare);
		const found = before ?? signAt(SIGN_BEHIND, bare);
		if (found === undefined) return { bare, signs };
		signs.push(found);
		const { length } = found.sign;
		bare = (before === undefined ? bare.slice(0, -length).replace(/ de ?$/iu, '') : bare.slice(length)).trim();
	}
}

/** Groups of three digits; what begins with a zero has none. */
const GROUPED = /^[1-9]\d{0,2}([.,'’ ])\d{3}(?:\1\d{3})*(?:([.,])(\d+))?$/u;
const PLAIN = /^(\d+)(?:[.,](\d+))?$/u;
/** "12500.000": a point too much, or three zeros behind one. */
const NEITHER = /^\d{4,}[.,]\d{3}$/u;

/** @param threeDigits whether three digits may stand behind the point, so that "1.500" could be either */
function digitsOf(text: string, threeDigits: boolean): WrittenAmount | undefined {
	const plainly = PLAIN.exec(text);
	const [, mark, last, end = ''] = GROUPED.exec(text) ?? [];
	if (mark !== undefined && mark !== last) {
		if (threeDigits && plainly !== null && last === undefined && plainly[2]?.length === 3) return undefined;
		const whole = text.slice(0, last === undefined ? undefined : -(end.length + 1)).replace(/\D/gu, '');
		return { whole, fraction: end };
	}
	if (plainly === null || (!threeDigits && NEITHER.test(text))) return undefined;
	return { whole: plainly[1] ?? '', fraction: plainly[2] ?? '' };
}

const COUNT = String.raw`(?<count>[\d.,'’]+|[a-z]+)`;
/** "1,5 millones", "millón y medio", "1 millón 200 mil". */
const MILLIONS = new RegExp(
	`^(?:${COUNT} ?)?(?<unit>millones|millon|palos?|melones)(?:(?<half> y medio)| (?:y )?(?<thousands>\\d{1,3}) ?mil(?: (?<ones>\\d{3}))?)?$`,
	'u',
);
/** "300 mil", "250k", "100 mil 500". */
const THOUSANDS = new RegExp(`^${COUNT} ?(?:mil|k|lucas?)(?: (?<ones>\\d{3}))?$`, 'u');

function countOf(text: string | undefined, unit: string): WrittenAmount | undefined {
	if (text === undefined) return /^(?:millon|palo)$/u.test(unit) ? { whole: '1', fraction: '' } : undefined;
	if (text === 'medio') return { whole: '0', fraction: '5' };
	const word = NUMBER_WORDS.get(text);
	if (word !== undefined) return { whole: String(word), fraction: '' };
	// "1.250 millones" is more than a thousand millions, or one and a quarter.
	return digitsOf(text, true);
}

/** So many thousands or millions, and what follows them. */
function times(count: WrittenAmount, zeros: 3 | 6, rest: number): WrittenAmount | undefined {
	const { whole, fraction } = count;
	// Nobody goes on counting behind a fraction: "1,5 millones 200 mil".
	if (fraction.length > zeros || (rest > 0 && fraction !== '')) return undefined;
	const counted = BigInt(whole + fraction.padEnd(zeros, '0')) + BigInt(rest);
	return { whole: String(counted), fraction: '' };
}

function wordsOf(text: string): WrittenAmount | undefined {
	const said = plain(text);
	const { groups } = MILLIONS.exec(said) ?? {};
	if (groups !== undefined) {
		const { half, thousands = '0', ones = '0' } = groups;
		const count = countOf(groups.count, groups.unit ?? '');
		const rest = half === undefined ? Number(thousands) * 1_000 + Number(ones) : 500_000;
		return count && times(count, 6, rest);
	}
	const { count: counted, ones = '0' } = THOUSANDS.exec(said)?.groups ?? {};
	const count = counted === undefined ? undefined : countOf(counted, 'mil');
	return count && times(count, 3, Number(ones));
}

/**
 * An amount as people write it, the whole text or nothing of it: what is left out of an amount is money.
 * @param digits how many the currency has behind the point
 * @returns undefined when it is none, or could be two
 */
export function readWrittenAmount(text: string, digits: number): WrittenAmount | undefined {
	const { bare } = withoutSigns(text);
	return digitsOf(bare, digits === 3) ?? wordsOf(bare);
}

/** The currency that a text names instead of the wanted one, as it is called; undefined when it names none. */
export function otherCurrencyIn(text: string, wanted: string): string | undefined {
	const against = withoutSigns(text).signs.find(
		({ currencies }) => currencies.length > 0 && !currencies.includes(wanted),
	);
	return against?.currencies.length === 1 ? against.currencies[0] : against?.sign;
}
