import { readQuantity } from '../classifier/entities';
import { isCommonWord } from '../classifier/phraseIndex';
import { plain, tokenise } from '../classifier/normalise';
import type { Classification } from '../classifier/types';
import { ownValue } from '../ownValue';
import type { Turn } from './turn';

const LEADS =
	'(?:no|nop|ay|uy|ups|uups|ah|oye|oiga|bueno|espera|espere|esperen|un momento|mentira|mentiras|perdon|perdona|perdone|disculpa|disculpe|disculpen|que pena|corrijo|correccion|me equivoque|cambie de (?:idea|opinion)|sorry|desculpe)';
/** What says that something else is meant: needed once, in front of what is meant. */
const TURNS =
	'(?:mejor|mas bien|quise decir|queria decir|quiero decir|digo|en realidad|son|eran|es|era|seria|serian|que sean|que sea|es que son|pongale|pongame|cambialo a|cambialos a|i mean|actually|quis dizer)';
/** "no, mejor 5", "perdón, eran 10", "mejor la HP", "cambié de idea, impresoras", "no, quise decir 3 escáner". */
const CORRECTION = new RegExp(`^((?:${LEADS}[\\s,.:;!…]+)*)((?:${TURNS}[\\s,.:;]+)*)(?=\\S)`);
/** These say by themselves that what follows replaces something. */
const STRONG =
	/\b(?:mejor|mas bien|quise decir|queria decir|quiero decir|digo|perdon|perdone|disculp\w+|corrijo|correccion|me equivoque|cambie de|mentiras?|espera|espere|esperen|ups|en realidad|i mean|actually)\b/;
/** "son 10, no 5": the correction says both. */
const NOT_BUT = /^(?:son|eran|es|era|quiero|necesito)?\s*(.+?)[,\s]+(?:y )?no (?:son |eran |es )?(\S+)$/;
/** "en vez de sillas son escritorios": what is left and what takes its place. */
const INSTEAD_OF =
	/\ben (?:vez|lugar) de (?:\S+ ){1,6}?(?:mejor |que )?(?:son|es|sean|sea|seria|serian|quiero|necesito|pongame|pongale|mandeme|coticeme) (?:mejor )?(?=\S)/;
/** A kind, brand or quality instead of a thing: "la HP", "de 24 pulgadas", "negras". */
const QUALITY =
	/^(?:(?:el|la|los|las|un|una) )?(?:de |con |en |color |marca |mas |sin |hp\b|lenovo|dell\b|asus|acer\b|apple|epson|canon|brother|samsung|lg\b|logitech|kingston|xerox|ricoh|kyocera|lexmark|huawei|xiaomi|sony|microsoft|cisco|tp ?link|hikvision|dahua|zebra|apc\b|negr|blanc|roj|azul|gris|verde|grande|pequen|inalambric|usad|nuev|economic|barat|original|generic)/;

export interface Correction {
	/** What is meant instead, in the customer's words. */
	readonly meant: string;
	/** The words say so beyond doubt. */
	readonly strong: boolean;
}

/** Without accents and capitals, letter for letter: places in it are places in the text. */
const folded = (text: string): string =>
	text.replace(/[^\0-\x7f]|[A-Z]/gu, (letter) => {
		const bare = letter.normalize('NFD').charAt(0).toLowerCase();
		return bare.padEnd(letter.length);
	});

/** What a message puts in the place of an earlier answer; undefined when it corrects nothing. */
export function correctionIn(text: string): Correction | undefined {
	const written = text.normalize('NFC').trim();
	const words = folded(written);
	const both = NOT_BUT.exec(words);
	if (both !== null && /\d/.test(both[1] ?? '') && /\d/.test(both[2] ?? ''))
		return { meant: both[1] ?? '', strong: true };
	const instead = INSTEAD_OF.exec(words);
	if (instead !== null) return { meant: written.slice(instead.index + instead[0].length), strong: true };
	const [lead = '', before = '', turn = ''] = CORRECTION.exec(words) ?? [];
	if (lead === '') return undefined;
	const strong = STRONG.test(lead);
	// "es para Cali", "son negras": only a "no" in front makes a correction of it.
	if (!strong && !(/\bno\b/.test(before) && /[,.;:]/.test(before)) && !/\bno\b.*\S/.test(before + turn))
		return undefined;
	const meant = written.slice(lead.length);
	return meant === '' ? undefined : { meant, strong };
}

/**
 * Takes a correction of the request under way: the number, the thing, or a quality of the thing.
 *
 * @returns whether something was replaced
 */
export function correctRequest(turn: Turn, { meant, strong }: Correction, classification: Classification): boolean {
	const product = turn.option?.questions.find(({ type }) => type === 'product');
	const known = product === undefined ? undefined : ownValue(turn.fields, product.field);
	if (product === undefined || known === undefined) return false;
	const words = plain(meant).split(/\s+/);
	if (words.length > 12) return false;
	const counted = readQuantity(words, 0);
	const onlyNumber =
		counted !== undefined &&
		words.slice(counted.length).every((word) => isCommonWord(word) || /^(?:unidad|und|uds|pieza|equipo)/.test(word));
	if (onlyNumber) {
		turn.keep('quantity', String(counted.value));
		return true;
	}
	const { entities } = classification;
	if (classification.intent === 'quotation' && entities.product !== undefined && !QUALITY.test(plain(meant))) {
		turn.keep(product.field, entities.product);
		const quantity = entities.quantity ?? counted?.value;
		if (quantity !== undefined) turn.keep('quantity', String(quantity));
		return true;
	}
	if (!strong || (classification.intent !== 'unknown' && classification.intent !== 'quotation')) return false;
	if (QUALITY.test(plain(meant))) {
		const quality = tokenise(meant)
			.map(({ raw }) => raw)
			.join(' ')
			.replace(/^(?:el|la|los|las|un|una) /i, '');
		turn.keep(product.field, `${known} ${quality}`);
		return true;
	}
	const thing = entities.product ?? (words.length <= 5 ? meant.replace(/[.!]+$/, '') : undefined);
	if (thing === undefined || !/\p{L}{3}/u.test(thing)) return false;
	const rest =
		counted === undefined
			? thing
			: tokenise(thing)
					.slice(counted.length)
					.map(({ raw }) => raw)
					.join(' ');
	turn.keep(product.field, rest);
	if (counted !== undefined) turn.keep('quantity', String(counted.value));
	return true;
}
