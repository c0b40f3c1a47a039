import { stdnum, type Validator } from 'stdnum';

import { lookupTable } from '../lookupTable';

/**
 * Why a text is no identification: `missing` no number at all, `incomplete` too few characters, `too_long` too many,
 * `check_digit` a control digit that does not fit the rest, `phone` a mobile number instead, `format` never issued like that.
 */
export type IdentificationProblem = 'missing' | 'incomplete' | 'too_long' | 'check_digit' | 'phone' | 'format';

export interface Identification {
	/** Name of the document where it is issued: `CC`, `NIT`, `CE`, `PPT`, `TI`, `PASSPORT`, `RFC`, `CUIT`, `ID` … */
	readonly type: string;
	/** For storing and comparing: no separators, except before a NIT's or RUT's check digit (`900123456-8`). */
	readonly value: string;
	/** As people print it: `900.123.456-8`. */
	readonly formatted: string;
}

export type IdentificationResult = Identification | { readonly problem: IdentificationProblem };

/** How a number of one document is judged; undefined: it is another document. */
type Reading = (number: string) => IdentificationResult | undefined;

/** Names of documents in front of the number, in words without accents. What is named is read as that and nothing else. */
const NAMES: ReadonlyArray<readonly [name: string, pattern: RegExp]> = [
	['PASSPORT', /\b(?:pasaporte|passport|passaporte)\b/],
	['PPT', /\b(?:ppt|pep|permiso (?:de|por) proteccion(?: temporal)?)\b/],
	['CE', /\b(?:c\.? ?e\.?(?=[\s:#\d])|cedula de extranjeria|carne de extranjeria)/],
	[
		'ID',
		/\b(?:documento|cedula|identificacion|identidad|id) (?:\w+ )?(?:extranjer[oa]|venezolan[oa]|ecuatorian[oa]|peruan[oa]|mexican[oa]|chilen[oa]|argentin[oa]|brasiler[oa]|panamen[oa]|espanol[a]?|dominican[oa]|de otro pais|del exterior)\b/,
	],
	['TI', /(?<!\b(?:a|con|de|para|por|sin) )\b(?:t\.? ?i\.?(?=[\s:#\d])|tarjeta de identidad)/],
	['NIT', /\bn\.? ?i\.? ?t\b/],
	['RUT', /\br\.? ?u\.? ?t\b/],
	['CC', /\b(?:c\.? ?c\.?(?=[\s:#\d])|cedula(?: de ciudadania)?\b)/],
	['RFC', /\brfc\b/],
	['CURP', /\bcurp\b/],
	['CPF', /\bcpf\b/],
	['CNPJ', /\bcnpj\b/],
	['CUIT', /\bcui[tl]\b/],
	['RUC', /\bruc\b/],
	['RIF', /\brif\b/],
	['DNI', /\bdni\b/],
	['DPI', /\bdpi\b/],
	['DUI', /\bdui\b/],
];

const thousands = (digits: string): string => digits.replace(/\B(?=(\d{3})+$)/g, '.');

const plain =
	(type: string, pattern: RegExp): Reading =>
	(number) =>
		pattern.test(number) ? { type, value: number, formatted: thousands(number) } : undefined;

const passport: Reading = (number) =>
	/^[A-Z]{0,3}\d{5,9}[A-Z]?$/.test(number) ? { type: 'PASSPORT', value: number, formatted: number } : undefined;

function nitCheckDigit(digits: string): string | undefined {
	return '0123456789'.split('').find((digit) => stdnum.CO.nit.validate(`${digits}${digit}`).isValid);
}

function nit(base: string, checkDigit: string | undefined): IdentificationResult {
	const right = nitCheckDigit(base);
	if (right === undefined) return { problem: 'format' };
	if (checkDigit !== undefined && checkDigit !== right) return { problem: 'check_digit' };
	return { type: 'NIT', value: `${base}-${right}`, formatted: `${thousands(base)}-${right}` };
}

function colombianNit(number: string): IdentificationResult | undefined {
	const parts = /^(\d{6,10})(?:-(\d))?$/.exec(number);
	if (!parts) return undefined;
	const [, digits, checkDigit] = parts;
	if (checkDigit !== undefined) return nit(digits, checkDigit);
	// Ten digits: nine and the control digit, or the citizen number of a trader.
	if (digits.length === 10 && /^[89]/.test(digits)) return nit(digits.slice(0, 9), digits.slice(9));
	return nit(digits, undefined);
}

const citizenCard = plain('CC', /^(?:[1-9]\d{3,7}|1\d{9})$/);
const minorsCard = plain('TI', /^(?:1\d{9}|\d{11})$/);

const COLOMBIAN = lookupTable<Reading>({
	NIT: colombianNit,
	RUT: colombianNit,
	CC: citizenCard,
	TI: minorsCard,
	CE: (number) => (/^[1-9]\d{3,6}$/.test(number) ? { type: 'CE', value: number, formatted: number } : undefined),
	PPT: (number) => (/^[1-9]\d{4,8}$/.test(number) ? { type: 'PPT', value: number, formatted: number } : undefined),
	PASSPORT: passport,
});

/** Eleven digits of a Colombian minor's card begin with the day of birth: `91042512345`. */
const BEGINS_WITH_BIRTHDAY = /^\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{5}$/;

/** A Colombian number that nobody named. */
function unnamedColombian(number: string): IdentificationResult {
	if (/-[\dK]$/.test(number)) {
		const read = colombianNit(number) ?? { problem: 'format' };
		// A Chilean RUT looks the same and has another check digit.
		return isIdentification(read) ? read : (validRut(number) ?? readElsewhere('CO', number) ?? read);
	}
	if (/^[A-Z]/.test(number)) return readElsewhere('CO', number) ?? passport(number) ?? { problem: 'format' };
	if (number.length >= 11 && !BEGINS_WITH_BIRTHDAY.test(number)) {
		const foreign = readElsewhere('CO', number);
		if (foreign !== undefined) return foreign;
	}
	if (!/^\d+$/.test(number)) return { problem: 'format' };
	if (/^(\d)\1+$/.test(number)) return { problem: 'format' };
	if (/^(?:57)?3\d{9}$/.test(number)) return { problem: 'phone' };
	if (number.length < 6) return { problem: 'incomplete' };
	if (/^[89]\d{8,9}$/.test(number)) return colombianNit(number) ?? { problem: 'format' };
	if (number.length === 9) return { problem: 'incomplete' };
	if (number.length > 11) return { problem: 'too_long' };
	return citizenCard(number) ?? minorsCard(number) ?? { problem: 'format' };
}

function checked(type: string, validator: Validator): readonly [string, Reading] {
	return [
		type,
		(number) => {
			const result = validator.validate(number.replace(/-/g, ''));
			if (result.isValid) return { type, value: result.compact, formatted: validator.format(result.compact) };
			return result.error.name === 'InvalidChecksum' ? { problem: 'check_digit' } : undefined;
		},
	];
}

/** Chile prints dots and a hyphen before the check digit, which is part of the number's usual form. */
const chileanRut: Reading = (number) => {
	const result = stdnum.CL.rut.validate(number.replace(/-/g, ''));
	if (!result.isValid) return result.error.name === 'InvalidChecksum' ? { problem: 'check_digit' } : undefined;
	const [base, checkDigit] = [result.compact.slice(0, -1), result.compact.slice(-1)];
	return { type: 'RUT', value: `${base}-${checkDigit}`, formatted: `${thousands(base)}-${checkDigit}` };
};

/** Documents of the other countries, the more specific first. */
const DOCUMENTS = lookupTable<ReadonlyArray<readonly [type: string, read: Reading]>>({
	AR: [checked('CUIT', stdnum.AR.cuit), checked('DNI', stdnum.AR.dni)],
	BR: [checked('CNPJ', stdnum.BR.cnpj), checked('CPF', stdnum.BR.cpf)],
	CL: [['RUT', chileanRut]],
	EC: [checked('RUC', stdnum.EC.ruc), checked('CI', stdnum.EC.ci)],
	ES: [checked('DNI', stdnum.ES.dni), checked('NIE', stdnum.ES.nie), checked('CIF', stdnum.ES.cif)],
	MX: [checked('CURP', stdnum.MX.curp), checked('RFC', stdnum.MX.rfc)],
	PE: [checked('RUC', stdnum.PE.ruc), checked('DNI', stdnum.PE.cui), checked('CE', stdnum.PE.ce)],
	UY: [checked('RUT', stdnum.UY.rut), checked('CI', stdnum.UY.cedula)],
	VE: [checked('RIF', stdnum.VE.rif), ['CI', plain('CI', /^[VE]?\d{6,8}$/)]],
});

const isIdentification = (result: IdentificationResult | undefined): result is Identification =>
	result !== undefined && 'type' in result;

const validRut = (number: string): Identification | undefined => {
	const read = chileanRut(number);
	return isIdentification(read) ? read : undefined;
};

/** Documents whose form and control digits nobody writes by chance. */
const UNMISTAKABLE = ['CNPJ', 'CPF', 'CURP', 'RFC', 'RUC', 'CUIT'];

/** How a document that was named is read in the countries that issue one of this name. */
const readingsNamed = (home: string, named: string): Reading[] => [
	...(home === 'CO' ? [] : [COLOMBIAN.get(named)].filter((read) => read !== undefined)),
	...[...DOCUMENTS]
		.filter(([country]) => country !== home)
		.flatMap(([, documents]) => documents.filter(([type]) => type === named).map(([, read]) => read)),
];

/** A document of another country than the business's: by its name, and without one only where its form leaves no doubt. */
function readElsewhere(home: string, number: string, named?: string): Identification | undefined {
	if (/^(.)\1+$/.test(number)) return undefined;
	const names = named === undefined ? UNMISTAKABLE : [named];
	return names
		.flatMap((name) => readingsNamed(home, name))
		.map((read) => read(number))
		.find(isIdentification);
}

/** A document that is issued only abroad: checked where its country is known, kept as it is written where it is not. */
function readNamedElsewhere(number: string, named: string): IdentificationResult {
	const found = readElsewhere('CO', number, named);
	if (found !== undefined) return found;
	const readings = readingsNamed('CO', named).map((read) => read(number));
	if (readings.length > 0) return readings.find((reading) => reading !== undefined) ?? { problem: 'format' };
	if (number.length < 5) return { problem: 'incomplete' };
	return number.length > 18 ? { problem: 'too_long' } : { type: named, value: number, formatted: number };
}

function readForeign(country: string, number: string, named: string | undefined): IdentificationResult {
	if (named === 'PASSPORT') return passport(number) ?? { problem: 'format' };
	const documents = DOCUMENTS.get(country) ?? [];
	const asNamed = documents.filter(([type]) => type === named);
	const readings = (asNamed.length > 0 ? asNamed : documents).map(([, read]) => read(number));
	const best =
		readings.find(isIdentification) ??
		readElsewhere(country, number, named) ??
		readings.find((reading) => reading !== undefined);
	if (best !== undefined) return best;
	if (number.length < 5) return { problem: 'incomplete' };
	if (number.length > 18) return { problem: 'too_long' };
	if (documents.length === 0) return { type: named ?? 'ID', value: number, formatted: number };
	return (/^[A-Z]/.test(number) ? passport(number) : undefined) ?? { problem: 'format' };
}

function readColombian(number: string, named: string | undefined): IdentificationResult {
	if (named === undefined) return unnamedColombian(number);
	const reading = COLOMBIAN.get(named);
	if (reading === undefined) return readNamedElsewhere(number, named);
	const read = reading(number);
	if (isIdentification(read)) return read;
	const foreign = readElsewhere('CO', number, named);
	if (foreign !== undefined) return foreign;
	if (read !== undefined) return read;
	const digits = number.replace(/\D/g, '');
	if (digits.length < 6) return { problem: 'incomplete' };
	return { problem: digits.length > 11 ? 'too_long' : 'format' };
}

/** What holds digits and is no identification: e-mail addresses, links, dates. */
const OTHER_NUMBERS = /\S+@\S+|https?:\/\/\S+|\b\d{1,2}[-/]\d{1,2}[-/]\d{2,4}\b/g;

const INTERNATIONAL_PHONE = /\+\s?\d[\d\s().-]{6,}\d/g;

/**
 * The numbers in a text without their separators; a hyphen before a last single character is kept, because it announces
 * a check digit. Spaces join only groups of three digits and a phone's three groups, so that "20 portátiles" beside a number stays apart.
 */
function numbersIn(text: string): string[] {
	const joined = text
		.toUpperCase()
		.replace(/(?<=\d)[.,'’](?=\d{3})/g, '')
		.replace(
			/(?<![\d-])(\d{1,3})((?: \d{3})+)(?! ?\d)/g,
			(_all, head: string, rest: string) => head + rest.replace(/ /g, ''),
		)
		.replace(/\b(\d{3}) (\d{3}) (\d{4})\b/g, '$1$2$3')
		// Guatemala's DPI: 1234 56789 0101
		.replace(/\b(\d{4}) (\d{5}) (\d{4})\b/g, '$1$2$3')
		.replace(/\s*[-–—]\s*(?=[\dK](?![\dA-Z]))/g, '-')
		// Brazil's CNPJ: 16.727.230/0001-97
		.replace(/(?<=\d)\/(?=\d{4}-\d{2}\b)/g, '');
	const numbers = joined.match(/(?:\b[A-Z]-)?[A-Z&Ñ]*\d[A-Z&Ñ\d]*(?:-[\dA-Z]+)*/g) ?? [];
	return numbers
		.filter((number) => number.replace(/\D/g, '').length >= 4)
		.map((number) => {
			const whole = number.replace(/-/g, '');
			return /-[\dK]$/.test(number) ? `${whole.slice(0, -1)}-${whole.slice(-1)}` : whole;
		});
}

/**
 * Finds and checks a person's or company's identification in what they wrote, in the forms of their country.
 *
 * Colombia (`CO`): citizen card, NIT with or without check digit (a missing one is added, a wrong one refused),
 * foreigner's card, PPT, identity card of minors, passport. Argentina, Brazil, Chile, Ecuador, Mexico, Peru, Spain,
 * Uruguay and Venezuela by their control digits. A document of another of these countries is taken too: by its name, or by a
 * form that leaves no doubt (CPF, CNPJ, RFC, CURP, CUIT, RUC). Elsewhere any number of 5 to 18 characters passes as `ID`.
 *
 * @param text an answer in free words: "mi cédula es 1.020.304.050"
 * @param country ISO 3166 alpha-2, as in the business profile
 */
export function validateIdentification(text: string, country: string): IdentificationResult {
	const written = text
		.normalize('NFKC')
		.replace(OTHER_NUMBERS, ' ')
		.replace(/\b(cc|ce|ti|ppt|nit|rut|ruc|rfc|dni|dpi|cpf|cnpj|cuit|curp)(?=\d)/gi, '$1 ');
	const numbers = numbersIn(written.replace(INTERNATIONAL_PHONE, ' '));
	if (numbers.length === 0 && written.search(INTERNATIONAL_PHONE) !== -1) return { problem: 'phone' };
	if (numbers.length === 0)
		return { problem: /\d/.test(written) && !/\p{L}/u.test(written) ? 'incomplete' : 'missing' };
	const words = written.toLowerCase().normalize('NFD').replace(/\p{M}/gu, '');
	const named = NAMES.find(([, pattern]) => pattern.test(words))?.[0];
	const home = country.toUpperCase();
	const readings = numbers.map((number) =>
		home === 'CO' ? readColombian(number, named) : readForeign(home, number, named),
	);
	return readings.find(isIdentification) ?? readings[0];
}
