import { FAMILIAR_NAMES } from '../identity/familiarNames';
import { normalizePhone } from '../identity/phone';
import { validateIdentification } from '../identity/identification';
import { parsePersonName } from '../identity/personName';
import { lookupTable } from '../lookupTable';
import { plain, type Token } from './normalise';
import type { Found } from './meaning';
import { isCommonWord } from './phraseIndex';
import type { Entities } from './types';
import { CITIES, FILLERS, NUMBER_WORDS, type Concept } from './vocabulary';

const EMAIL = /[\p{L}\p{N}._%+-]+@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+/u;
/** "pedido 4521", "orden #A-233", "guía n° 9981". */
const ORDER_NUMBER =
	/(?:pedido|orden|compra|gu[ií]a|remisi[oó]n|order|oc|despacho|env[ií]o|pedidos)\s*(?:de compra\s*)?(?:(?:n[uú]mero|numero|num|nro|no|n|ref|c[oó]digo|es el|es|con n[uú]mero)\b\.?\s*)?[°º#:.\s]*([a-z]{0,4}-?\d[\d-]{2,})/iu;
const IDENTIFICATION_CUE =
	/(?:c[eé]dula|\bcc\b|\bc\.c\.?|\bnit\b|documento|identificaci[oó]n|identificado|\bce\b|\bppt\b|pasaporte|passport|passaporte|\brut\b|\brfc\b|\bcurp\b|\bcpf\b|\bcnpj\b|\bcuit\b|\bruc\b|\bdni\b|\bti\b|\bid\b)[^0-9A-Za-z]*(?:(?:n[uú]mero|numero|number|no|nro|es|is|de|la|el|mi|nuestra|empresa|compa[nñ][ií]a)\b[^0-9A-Za-z]*)*([A-Z]{0,4}\d[\dA-Z.\s-]{4,20}\d[A-Z]?\d?|[A-Z]{4}\d{6}[A-Z0-9]{3,8})/iu;
const NAME_CUE =
	/(?<cue>(?:cordialmente|atentamente|att|atte)[.,:]?|me llamo|mi nombre es|mi nombre completo es|soy|les? habla|habla(?: con)?|te escribe|les? escribe|les? saluda|te saluda|my name is|i am|i'm|meu nome [eé]|me chamo)\s+(?:(?:el |la )?(?:ing(?:enier[oa])?|doctora?|dra?|se[nñ]ora?|sra?|profesora?|profe|arquitect[oa]|arq|abogad[oa]|contadora?|lic(?:enciad[oa])?|do[nñ]a?)\.?\s+)?((?:\p{L}[\p{L}'’.-]*\s*){1,6})/iu;
const ADVISOR_CUE =
	/(?:me atendi[oó]|me vendi[oó]|me asesor[oó]|habl[eé] con|compr[eé] con|atendid[oa] por|asesor(?:a)?(?: comercial)?(?: que me atendi[oó])?(?: es| fue|:)?|comercial(?: es| fue|:)|vendedor(?:a)?(?: es| fue|:)?)\s+((?:la |el )?(?:se[nñ]or(?:a|ita)? )?\p{Lu}\p{L}+(?:\s+\p{Lu}\p{L}+){0,2})/u;
const ADVISOR_CUE_SMALL =
	/(?:me atendi[oó]|me vendi[oó]|me asesor[oó]|habl[eé] con|compr[eé] con|atendid[oa] por|asesora? (?:es|fue)|comercial (?:es|fue)|vendedora? (?:es|fue))\s+(?:la |el )?(?:se[nñ]or(?:a|ita)? |don |do[nñ]a )?(\p{L}+(?:\s+\p{L}+){0,2})/iu;
const MONEY =
	/(?:\$|cop|usd|presupuesto(?: es)?(?: de)?|hasta|m[aá]ximo)?\s*(\d+(?:[.,'’]\d+)*)\s*(millones|mill[oó]n|millon|palos|palo|melones|mil|k|pesos|cop|usd|d[oó]lares|lucas)?(\s+y\s+medi[oa])?/giu;
/** "dos millones", "millón y medio", "medio millón". */
const MONEY_IN_WORDS =
	/(?<![\p{L}\d.,'’]\s?)(?:(?<count>\p{L}+)\s+)?(?<unit>millones|mill[oó]n|palos|palo|melones)\b(?<half>\s+y\s+medio)?/giu;
const MULTIPLIERS = lookupTable<number>({
	millones: 1e6,
	millon: 1e6,
	millón: 1e6,
	palos: 1e6,
	palo: 1e6,
	melones: 1e6,
	mil: 1e3,
	k: 1e3,
	lucas: 1e3,
});
/** "hasta 5" and "máximo 10" count things; from here on they are money. */
const LEAST_LIMIT = 1_000;

/** `1.500.000` and `1,5` as people write them in Latin America: groups of three digits are thousands. */
export function readNumber(text: string): number | undefined {
	if (/^\d{1,3}(?:[.,'’]\d{3})+$/.test(text)) return Number(text.replace(/[.,'’]/g, ''));
	const value = Number(text.replace(',', '.'));
	return Number.isFinite(value) ? value : undefined;
}

/** An amount of money: "1,5 millones", "300 mil", "2 palos", "$ 500.000", "millón y medio". */
export function readAmount(text: string): number | undefined {
	for (const match of text.matchAll(MONEY)) {
		const unit = match[2]?.toLowerCase();
		const value = readNumber(match[1] ?? '');
		if (value === undefined) continue;
		const half = match[3] === undefined ? 0 : 0.5;
		const multiplier = MULTIPLIERS.get(unit ?? '');
		if (multiplier !== undefined) return (value + half) * multiplier;
		const limit = /^\s*(?:hasta|m[aá]ximo)/iu.test(match[0]);
		const hasSign = limit ? value >= LEAST_LIMIT : /^\s*(?:\$|cop|usd|presupuesto)/iu.test(match[0]);
		if (unit !== undefined || hasSign) return value;
	}
	for (const { groups } of text.matchAll(MONEY_IN_WORDS)) {
		const count = plain(groups?.['count'] ?? '');
		const half = groups?.['half'] === undefined ? 0 : 0.5;
		const value =
			count === 'medio'
				? 0.5
				: (NUMBER_WORDS.get(count) ?? (/^mill|^palo$/i.test(groups?.['unit'] ?? '') ? 1 : undefined));
		if (value !== undefined) return (value + half) * 1e6;
	}
	return undefined;
}

const DOZENS = lookupTable<number>({
	docena: 12,
	docenas: 12,
	par: 2,
	decena: 10,
	centena: 100,
	dozen: 12,
});

const HALF = /^medi[ao]$/;

/** A number of pieces at the position, in digits or words ("una docena", "20", "veinte"). */
export function readQuantity(
	words: readonly string[],
	position: number,
): { value: number; length: number } | undefined {
	const word = words[position] ?? '';
	const next = words[position + 1] ?? '';
	const count = /^\d{1,6}$|^\d{1,3}(?:[.,]\d{3})+$/.test(word) ? readNumber(word) : NUMBER_WORDS.get(word);
	const dozen = DOZENS.get(word);
	if (dozen !== undefined) return { value: dozen, length: 1 };
	if (HALF.test(word)) {
		const whole = DOZENS.get(next);
		return whole === undefined ? undefined : { value: whole / 2, length: 2 };
	}
	if (count === undefined) return undefined;
	const dozens = DOZENS.get(next);
	if (dozens !== undefined) return { value: count * dozens, length: 2 };
	const rest = next === 'y' ? NUMBER_WORDS.get(words[position + 2] ?? '') : undefined;
	if (rest !== undefined && count >= 20 && count < 100) return { value: count + rest, length: 3 };
	if (next === 'mil' && /^\d+$/.test(word)) return { value: count * 1000, length: 2 };
	return { value: count, length: 1 };
}

/** Units of a thing, not a number of things ("16 gb", "27 pulgadas"). */
const MEASURES =
	/^(?:gb|tb|mb|ram|pulgadas?|pulg|mm|cm|metros?|m|va|kva|w|watts|hz|ghz|mhz|mp|mpx|core|generacion|gen|anos?|meses|dias?|horas?|puertos|mbps|ppm|millones|millon|palos|palo|lucas|mil|pesos|dolares|usd|cop|cuotas|tb)$/;
/** Where the product's name is over. */
const AFTER_PRODUCT =
	/^(?:para|por|porque|maximo|max|minimo|hasta|presupuesto|gracias|urgente|con|que|si|cuanto|cuanta|en|y|a|ya|soy|me|mi|es|pero|the|for|please|pra|como|cual|tienen|hay|manejan|quedo|atento|atenta|necesito|quiero|quisiera|precio|cotizacion|formal|donde|segun|entonces|esta|favor|tambien)$/;

/** From here on somebody speaks of themselves or their company, not of a thing. */
const ABOUT_THE_PERSON = new Set([
	'passport',
	'pasaporte',
	'identificacion',
	'celular',
	'telefono',
	'direccion',
	'nombre',
	'empresa',
	'nit',
	'rut',
	'cedula',
	'llamo',
	'correo',
	'razon',
]);

export interface ProductMention {
	readonly product?: string;
	readonly quantity?: number;
}

interface PlacedMention extends ProductMention {
	/** Position of the word behind it. */
	readonly end: number;
}

/**
 * The thing that is wanted and how many of it, from a message or an answer.
 *
 * @param from position to start reading at
 */
export function readProduct(tokens: readonly Token[], words: readonly string[], from = 0): ProductMention {
	const { product, quantity } = productAt(tokens, words, from);
	return { ...(product === undefined ? {} : { product }), ...(quantity === undefined ? {} : { quantity }) };
}

function productAt(tokens: readonly Token[], words: readonly string[], from: number): PlacedMention {
	let quantity: number | undefined;
	const product: string[] = [];
	let position = from;
	for (; position < words.length; position += 1) {
		const word = words[position] ?? '';
		if (product.length === 0) {
			const counted = readQuantity(words, position);
			const article = word === 'un' || word === 'una' || word === 'um' || word === 'uma' || word === 'uno';
			if (counted !== undefined && !MEASURES.test(words[position + counted.length] ?? '')) {
				if (!article || counted.length > 1) quantity = counted.value;
				position += counted.length - 1;
				continue;
			}
			if (ABOUT_THE_PERSON.has(word) || isLongNumber(word) || isLongNumber(words[position + 1])) break;
			if (isMoneyAt(words, position)) break;
			if (isSkippable(word, words[position + 1])) continue;
		} else {
			if (tokens[position]?.clause !== tokens[position - 1]?.clause) break;
			if (AFTER_PRODUCT.test(word) && !isSpecification(words, position) && !isAllInOne(words, position)) break;
			if (word === 'de' && isMoneyAt(words, position + 1)) break;
		}
		if (product.length >= 10) break;
		product.push(tokens[position]?.raw ?? word);
	}
	while (product.length > 0 && /^(?:de|del|la|el|los|las|un|una|y|e|o|a)$/i.test(product.at(-1) ?? '')) product.pop();
	return {
		...(product.length > 0 && product.some((part) => /\p{L}{2,}/u.test(part)) ? { product: product.join(' ') } : {}),
		...(quantity === undefined ? {} : { quantity }),
		end: position,
	};
}

/** The position behind "los", "unas", "de" at the beginning of a clause. */
function behindArticles(words: readonly string[], from: number): number {
	let position = from;
	while (/^(?:el|la|los|las|un|una|unos|unas|de|y|e)$/.test(words[position] ?? '')) position += 1;
	return position;
}

/** "10 mouse, 10 teclados y 5 monitores": what stands behind the next comma is one more thing of the list. */
function goesOn(tokens: readonly Token[], words: readonly string[], end: number, things: readonly number[]): boolean {
	const joined = words[end] === 'y' || words[end] === 'e';
	if (!joined && tokens[end]?.clause !== (tokens[end - 1]?.clause ?? 0) + 1) return false;
	const start = joined ? end + 1 : end;
	const counted = readQuantity(words, start);
	const first = behindArticles(words, start + (counted?.length ?? 0));
	if (MEASURES.test(words[first] ?? '') || isMoneyAt(words, start)) return false;
	if (things.includes(first)) return true;
	return counted !== undefined && /^\p{L}{4,}/u.test(words[first] ?? '') && !isCommonWord(words[first] ?? '');
}

/** The thing at a position with the others of its list, each with its own number. */
function listFrom(
	tokens: readonly Token[],
	words: readonly string[],
	from: number,
	things: readonly number[],
): ProductMention {
	const first = productAt(tokens, words, from);
	const listed = [first];
	for (let { end } = first; first.product !== undefined && listed.length < MOST_LISTED; ) {
		if (!goesOn(tokens, words, end, things)) break;
		const next = productAt(tokens, words, /^[ye]$/.test(words[end] ?? '') ? end + 1 : end);
		if (next.product === undefined) break;
		listed.push(next);
		({ end } = next);
	}
	if (listed.length === 1) {
		const { product, quantity } = first;
		return { ...(product === undefined ? {} : { product }), ...(quantity === undefined ? {} : { quantity }) };
	}
	return { product: listed.map(({ quantity, product }) => [quantity, product].filter(Boolean).join(' ')).join(', ') };
}

/** Longer lists belong into a file; the message itself is kept whole. */
const MOST_LISTED = 20;

const MONEY_UNITS = /^(?:millones|millon|palos|palo|lucas|mil|pesos|k)$/;

/** "de 4 millones" says what a thing may cost, not what it is. */
const isMoneyAt = (words: readonly string[], position: number): boolean =>
	MONEY_UNITS.test(words[position + 1] ?? '') || MONEY_UNITS.test(words[position] ?? '');

/** A telephone or an identification: "celular 3101112233". */
const isLongNumber = (word: string | undefined): boolean => word !== undefined && /^\d{7,}$/.test(word);

/** Common words that begin the name of a thing when another word follows: "video beam", "torre gamer". */
const BEGINS_A_THING = new Set(['video', 'audio', 'torre', 'mesa', 'punto', 'caja', 'cajas', 'puntos', 'luz', 'linea']);

const isSkippable = (word: string, next: string | undefined): boolean =>
	((FILLERS.has(word) || (isCommonWord(word) && word.length < 9 && !/\d/.test(word))) &&
		!(BEGINS_A_THING.has(word) && next !== undefined && !isCommonWord(next) && !/^\d/.test(next))) ||
	UNITS.test(word);

/** "computadores todo en uno": this "en" is part of the name. */
const isAllInOne = (words: readonly string[], position: number): boolean =>
	words.slice(position - 1, position + 2).join(' ') === 'todo en uno';

/** What things are counted in. */
const UNITS = /^(?:unidades|unidad|uds|cajas|caja|unds|und|piezas|pieza|pcs|paquetes|paquete|rollos)$/;

/** "con 16 gb", "de 27 pulgadas": part of the product. */
function isSpecification(words: readonly string[], position: number): boolean {
	const word = words[position];
	if (word !== 'con' && word !== 'para' && word !== 'y' && word !== 'en') return false;
	const next = words[position + 1] ?? '';
	if (word === 'con')
		return next !== '' && !isCommonWord(next) && next !== 'gracias' && !/^entreg|^env[ií]o|^despach/.test(next);
	if (word === 'y') return next !== '' && !isCommonWord(next);
	return word === 'para' && /^(?:impresora|portatil|computador|servidor|celular|windows|mac)/.test(next);
}

const has = (found: readonly Found[], ...concepts: readonly Concept[]): boolean =>
	found.some(({ meaning }) => 'concept' in meaning && concepts.includes(meaning.concept));

/**
 * Everything a message says besides what it wants.
 *
 * @param text the message as written
 * @param country ISO 3166 code: documents and phone numbers are read as in this country
 */
export function readEntities(
	text: string,
	tokens: readonly Token[],
	words: readonly string[],
	found: readonly Found[],
	country: string,
): Entities {
	const hasDigits = /\d/.test(text);
	const email = text.includes('@') ? EMAIL.exec(text)?.[0].toLowerCase() : undefined;
	const name = introducedName(text) ?? signedName(text);
	const order = hasDigits ? ORDER_NUMBER.exec(text)?.[1]?.toUpperCase() : undefined;
	const identificationCue = hasDigits ? IDENTIFICATION_CUE.exec(text) : null;
	const identification = identificationCue === null ? undefined : validateIdentification(identificationCue[0], country);
	const identified = identification !== undefined && 'value' in identification ? identification : undefined;
	const phone =
		hasDigits && /\d[\d\s().-]{6,}\d/.test(text) && order === undefined
			? phoneIn(text, country, identified?.value)
			: undefined;
	const amount =
		/mill[oó]n|palos?\b|melones/iu.test(text) ||
		(hasDigits && /\$|mil|lucas|peso|cop\b|usd|d[oó]lar|presupuesto|hasta|m[aá]ximo|\d\s*k\b/iu.test(text))
			? readAmount(text)
			: undefined;
	const advisor =
		ADVISOR_CUE.exec(text)?.[1]?.replace(/^(?:la |el )?(?:se[nñ]or(?:a|ita)? )?/iu, '') ?? advisorInSmallLetters(text);
	const listed = listedThings(text, tokens, found);
	const wanted =
		(has(found, 'quote', 'price', 'buy', 'available', 'product', 'advice', 'catalogue') ||
			countsWanted(words, found)) &&
		!has(found, 'fault', 'repair') &&
		// "cotizar un portátil y el envío a Cali" speaks of no order that exists.
		(has(found, 'quote') || !has(found, 'order', 'invoice'))
			? listed === undefined
				? mentionedProduct(tokens, words, found)
				: { product: listed }
			: {};
	return {
		...(name === undefined ? {} : { name }),
		...(identified === undefined ? {} : { identification: identified.value, identificationType: identified.type }),
		...wanted,
		...(order === undefined ? {} : { orderNumber: order }),
		...(email === undefined ? {} : { email }),
		...(phone === undefined ? {} : { phone }),
		...cityIn(words),
		...(amount === undefined ? {} : { amount }),
		...(advisor === undefined ? {} : { advisor }),
	};
}

/** "… Quedo atenta, Sandra Milena Torres": what a letter ends with is who wrote it. */
const SIGNATURE =
	/(?:quedo atent[oa]|quedamos atent[oa]s|saludos|cordial saludo|muchas gracias|mil gracias|gracias|feliz (?:d[ií]a|tarde|noche)|bendiciones)[\s.,;!:–-]+((?:\p{L}[\p{L}'’]+\s*){2,5})[.\s]*$/iu;

function signedName(text: string): string | undefined {
	const written = SIGNATURE.exec(text)?.[1]?.trim();
	if (written === undefined) return undefined;
	const name = namedPerson(written);
	if (name === undefined || name.split(' ').length !== written.split(/\s+/).length) return undefined;
	return name.split(' ').some((part) => FAMILIAR_NAMES.has(plain(part))) ? name : undefined;
}

/** The name that a message introduces its writer by ("soy Ana Ruiz", "le habla Luis Mora"). */
export function introducedName(text: string): string | undefined {
	const match = NAME_CUE.exec(text);
	const name = match?.[2] === undefined ? undefined : namedPerson(match[2]);
	if (name === undefined || !/^(?:soy|i am|i'm)$/i.test(match?.groups?.['cue'] ?? '')) return name;
	// "soy distribuidor", "soy nueva aquí": only a name is a name behind these.
	const [first = ''] = name.split(' ');
	const written = match?.[2] ?? '';
	const capital = /^\p{Lu}\p{Ll}/u.test(written) || written.split(' ').every((word) => /^\p{Lu}\p{Ll}*/u.test(word));
	return FAMILIAR_NAMES.has(plain(first)) || (capital && text !== text.toUpperCase()) ? name : undefined;
}

/** Words that stand in names although they are words: "de la", "Luz", "León". */
const isNamePart = (part: string): boolean =>
	/^(?:de|del|la|las|los|y)$/i.test(part) || FAMILIAR_NAMES.has(plain(part).replace(/[.,]+$/, ''));

/** "me atendio la señora patricia gomez": without capitals only a familiar first name is a name. */
function advisorInSmallLetters(text: string): string | undefined {
	const words = ADVISOR_CUE_SMALL.exec(text)?.[1]?.split(/\s+/) ?? [];
	if (!FAMILIAR_NAMES.has(plain(words[0] ?? ''))) return undefined;
	const end = words.findIndex((word) => isCommonWord(plain(word)) && !FAMILIAR_NAMES.has(plain(word)));
	return words.slice(0, end < 0 ? words.length : end).join(' ');
}

/** Reads the words after "soy …" up to where a name ends. */
function namedPerson(words: string): string | undefined {
	const parts = words.trim().split(/\s+/);
	for (let length = Math.min(parts.length, 5); length > 0; length -= 1) {
		const piece = parts.slice(0, length);
		if (piece.some((part) => isCommonWord(plain(part)) && !isNamePart(part))) continue;
		if (/^(?:de|del|la|las|los|y)$/i.test(piece.at(-1) ?? '')) continue;
		const name = parsePersonName(piece.join(' '));
		if (name !== undefined) return name;
	}
	return undefined;
}

/** The first number in a text that somebody can be called at, and that is not their identification. */
function phoneIn(text: string, country: string, identification: string | undefined): string | undefined {
	for (const [digits] of text.matchAll(/\+?\d[\d\s().-]{6,}\d/g)) {
		if (digits.replace(/\D/g, '') === identification?.replace(/\D/g, '')) continue;
		const phone = normalizePhone(digits, country);
		if (phone?.type === 'mobile' || (phone !== undefined && digits.startsWith('+'))) return phone.e164;
	}
	return undefined;
}

const BEGINS_CITY: ReadonlySet<string> = new Set([...CITIES.keys()].map((name) => name.split(' ')[0] ?? ''));

function cityIn(words: readonly string[]): Pick<Entities, 'city'> {
	for (let position = 0; position < words.length; position += 1) {
		if (!BEGINS_CITY.has(words[position] ?? '')) continue;
		for (let length = 3; length > 0; length -= 1) {
			const city = CITIES.get(words.slice(position, position + length).join(' '));
			if (city !== undefined) return { city };
		}
	}
	return {};
}

/** "I need 3 monitors": a number of things behind a wish are things, whatever they are. */
const countsWanted = (words: readonly string[], found: readonly Found[]): boolean =>
	found.some(
		({ at, meaning }) =>
			'concept' in meaning &&
			meaning.concept === 'want' &&
			readQuantity(words, (at.at(-1) ?? 0) + 1) !== undefined &&
			!/^una?$/.test(words[(at.at(-1) ?? 0) + 1] ?? ''),
	);

/** "5 teclados" on one line, "3 mouse" on the next: a shopping list is one request. */
const LISTED = /^[ \t]*(?:[-–•*·▪]+[ \t]*)?(\d{1,5}[ \t]+(?:x[ \t]+)?\p{L}[^\n]{1,60}?)[ \t,;.]*$/gmu;

/** "1. Portátil HP x 3" on one line, "2. Mouse x 3" on the next: the numbers in front only count the lines. */
const ENUMERATED = /^[ \t]*(?:[-–•*·▪]+|\d{1,2}[ \t]*[.)-])[ \t]*([\p{L}\d][^\n]{1,80}?)[ \t,;.]*$/gmu;

/** "x 3", "3 unidades": how many of a thing. */
const COUNTED_THING = /\bx\s?\d{1,5}\b|\b\d{1,5}\s?(?:x|unidades|unidad|unds?|uds)\b|^\d{1,5}\s+\p{L}/iu;

function listedThings(text: string, tokens: readonly Token[], found: readonly Found[]): string | undefined {
	if (!text.includes('\n')) return undefined;
	const products = found
		.filter((phrase) => has([phrase], 'product'))
		.map(({ at }) => plain(tokens[at[0] ?? 0]?.raw ?? ''));
	const isThing = (line: string): boolean =>
		COUNTED_THING.test(line) || products.some((product) => plain(line).includes(product));
	const enumerated = [...text.matchAll(ENUMERATED)].map(([, thing = '']) => thing);
	const things =
		enumerated.filter(isThing).length >= 2 ? enumerated : [...text.matchAll(LISTED)].map(([, thing = '']) => thing);
	return things.length < 2 ? undefined : things.slice(0, MOST_LISTED).join(', ');
}

function mentionedProduct(tokens: readonly Token[], words: readonly string[], found: readonly Found[]): ProductMention {
	const things = found
		.filter(({ meaning }) => 'concept' in meaning && meaning.concept === 'product')
		.flatMap(({ at }) => at);
	const asking = found
		.filter(
			({ meaning }) => 'concept' in meaning && ['quote', 'price', 'buy', 'available', 'want'].includes(meaning.concept),
		)
		.flatMap(({ at }) => at);
	const firstThing = things.length > 0 ? Math.min(...things) : undefined;
	const lastAsking =
		asking.length > 0 ? Math.max(...asking.filter((at) => firstThing === undefined || at < firstThing), -1) : -1;
	if (firstThing === undefined && asking.length === 0) return {};
	return listFrom(
		tokens,
		words,
		firstThing === undefined ? lastAsking + 1 : Math.max(lastAsking + 1, startOfPhrase(words, firstThing)),
		things,
	);
}

/** "4 kits teclado": the number counts the word before the known thing. */
const countsUnknownThing = (words: readonly string[], thing: number): boolean =>
	/^\d{1,4}$/.test(words[thing - 2] ?? '') &&
	!isCommonWord(words[thing - 1] ?? '') &&
	!MEASURES.test(words[thing - 1] ?? '');

/** Goes back from the thing over its number and adjectives. */
function startOfPhrase(words: readonly string[], thing: number): number {
	let start = thing;
	while (start > 0 && thing - start < 4) {
		const before = words[start - 1] ?? '';
		if (
			/^\d/.test(before) ||
			NUMBER_WORDS.has(before) ||
			DOZENS.has(before) ||
			HALF.test(before) ||
			UNITS.test(before) ||
			before === 'de' ||
			countsUnknownThing(words, start) ||
			(before === 'y' && NUMBER_WORDS.has(words[start - 2] ?? ''))
		)
			start -= 1;
		else break;
	}
	return start;
}
