import { conceptOf } from './meaning';
import { plain } from './normalise';
import type { Reading } from './reading';
import { CONCEPTS, type Concept } from './vocabulary';

/** So much of a word stays the same in its forms: "cotizo", "cotizar" and "cotización" show the same sign. */
const STEM = 5;
const STARTS_WITH_DIGIT = /^\d/;
/** Whoever asks for somebody by name. */
const SOMEBODY = '[somebody]';

/** What is looked at of a reading. */
export type Shown = Pick<Reading, 'words' | 'found' | 'somebody'>;

/** Hears of signs as they are shown: of one, or of two that are shown together. */
export type SignListener = (sign: string, next?: string) => void;

const SIGN_OF_CONCEPT: ReadonlyMap<Concept, string> = new Map(
	(Object.keys(CONCEPTS) as Concept[]).map((concept) => [concept, `[${concept}]`]),
);

/** "Ya", "sí", "listo" stand in every kind of message; the words that come with them tell them apart. */
const SAY_NOTHING: ReadonlySet<Concept> = new Set<Concept>(['ignored', 'acknowledgement']);

/** How a word counts, whatever its ending. Numbers are all the same. */
const stemOf = (word: string): string => {
	if (STARTS_WITH_DIGIT.test(word)) return '#';
	return word.length > STEM ? word.slice(0, STEM) : word;
};

function signsOfConcepts({ found, somebody }: Shown): string[] {
	const signs = new Set<string>();
	for (const phrase of found) {
		const concept = conceptOf(phrase);
		const sign = concept === undefined || SAY_NOTHING.has(concept) ? undefined : SIGN_OF_CONCEPT.get(concept);
		if (sign !== undefined) signs.add(sign);
	}
	if (somebody !== undefined) signs.add(SOMEBODY);
	return [...signs].sort();
}

/**
 * Tells every sign that a message shows to the learned weights: the beginnings of its words, each with the next, what its
 * phrases mean (`[fault]`), any two meanings together, and that it asks for somebody by name. What is denied means nothing,
 * its words still stand; words that an operator switched off do not.
 */
export function tellSigns(shown: Shown, tell: SignListener): void {
	const { words, found } = shown;
	const silent = found.filter((phrase) => conceptOf(phrase) === 'ignored').flatMap(({ at }) => at);
	let before: string | undefined;
	for (let position = 0; position < words.length; position += 1) {
		const word = words[position] ?? '';
		const stem = silent.includes(position) ? undefined : stemOf(word);
		if (stem !== undefined) {
			tell(stem);
			if (before !== undefined) tell(before, stem);
		}
		before = stem;
	}
	const concepts = signsOfConcepts(shown);
	for (let one = 0; one < concepts.length; one += 1) {
		const concept = concepts[one] ?? '';
		tell(concept);
		for (let other = one + 1; other < concepts.length; other += 1) tell(concept, concepts[other]);
	}
}

/** The signs by the names that the weights have in their file: two that are shown together are joined by a blank. */
export function signsOf(shown: Shown): string[] {
	const signs: string[] = [];
	tellSigns(shown, (sign, next) => signs.push(next === undefined ? sign : `${sign} ${next}`));
	return signs;
}

/** A sign in words that an operator knows: as the message has them, or the names of what they mean. */
export function signInWords(sign: string, { tokens }: Pick<Reading, 'tokens'>): string {
	if (sign.startsWith('[')) return sign.replaceAll('] [', ' + ').slice(1, -1);
	const parts = sign.split(' ');
	const start = tokens.findIndex((_token, from) =>
		parts.every((part, index) => {
			const word = tokens[from + index]?.word ?? '';
			return part === stemOf(word);
		}),
	);
	if (start < 0) return sign;
	return tokens
		.slice(start, start + parts.length)
		.map(({ raw }) => plain(raw))
		.join(' ');
}
