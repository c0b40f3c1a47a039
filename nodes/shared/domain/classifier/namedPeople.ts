import { FAMILIAR_NAMES } from '../identity/familiarNames';
import { introducedName } from './entities';
import { conceptOf, type Found } from './meaning';
import { plain, type Token } from './normalise';
import { isCommonWord } from './phraseIndex';

const COURTESY = new Set(['por', 'favor', 'disculpe', 'disculpa', 'perdon', 'senor', 'senora', 'una', 'pregunta']);
const BEFORE_A_NAME =
	/^(?:don|dona|el|la|senor|senora|senorita|ingeniero|ingeniera|doctor|doctora|alla|alli|aun|todavia)$/;

/**
 * Whom a message asks for that begins so: "¿está Andrés?", "buenas, se encuentra don Jairo". "Con Andrés" is not read: it
 * answers who attended somebody.
 */
export function namedAlone(
	words: readonly string[],
	tokens: readonly Token[],
	found: readonly Found[],
): string | undefined {
	const courteous = new Set(found.filter((phrase) => conceptOf(phrase) === 'greeting').flatMap(({ at }) => at));
	let position = words.findIndex((word, index) => !courteous.has(index) && !COURTESY.has(word));
	if (words[position] === 'se' && words[position + 1] === 'encuentra') position += 1;
	if (words[position] !== 'esta' && words[position] !== 'encuentra') return undefined;
	position += 1;
	while (BEFORE_A_NAME.test(words[position] ?? '')) position += 1;
	const name = words[position];
	if (name === undefined) return undefined;
	// "Esta luz no prende" names nobody; "¿está Luz?" does.
	const capital = /^\p{Lu}\p{Ll}+$/u.test(tokens[position]?.raw ?? '');
	if (FAMILIAR_NAMES.has(name)) return capital || !isCommonWord(name) ? name : undefined;
	// Of other names only the capital tells, so nothing may follow: "esta Navidad nos vemos".
	const ends = tokens[position + 1]?.clause !== tokens[position]?.clause;
	return ends && capital && !isCommonWord(name) && !found.some(({ at }) => at.includes(position)) ? name : undefined;
}

/** Places of the words that are the writer's own name ("soy Luis Mora"), which ask for nothing. */
export function wordsOfName(text: string, tokens: readonly Token[]): ReadonlySet<number> {
	const places = new Set<number>();
	const name = introducedName(text)?.split(' ').map(plain);
	if (name === undefined) return places;
	const start = tokens.findIndex((_token, from) => name.every((part, index) => tokens[from + index]?.word === part));
	if (start >= 0) for (let index = 0; index < name.length; index += 1) places.add(start + index);
	return places;
}
