import { distance } from 'fastest-levenshtein';

import type { SearchWord } from './searchWords';

/** From here on two slips are still recognised. */
const LONG = 8;
const SHORTEST_WITH_SLIP = 5;

/** How well one word stands for another: 1 the same word, less for a slip of the finger, 0 another word. */
export function nearness(asked: SearchWord, known: SearchWord): number {
	if (asked.word === known.word || asked.stem === known.stem) return 1;
	// A model number is right or another model.
	if (/\d/.test(asked.word) || /\d/.test(known.word)) return 0;
	const shorter = Math.min(asked.word.length, known.word.length);
	if (shorter < SHORTEST_WITH_SLIP) return 0;
	const far = Math.min(distance(asked.word, known.word), distance(asked.stem, known.stem));
	const swapped = asked.sound !== undefined && asked.sound === known.sound && far <= 2;
	return far <= (shorter >= LONG ? 2 : 1) || swapped ? 0.85 : 0;
}

/** Model numbers tell things apart, other words only describe them. */
const weightOf = ({ word }: SearchWord): number => (/\d/.test(word) ? 2 : 1);

/** The share of the first words that the others have, 0 to 1. */
export function coverage(words: readonly SearchWord[], known: readonly SearchWord[]): number {
	let whole = 0;
	let found = 0;
	for (const word of words) {
		const weight = weightOf(word);
		whole += weight;
		found += weight * known.reduce((best, other) => Math.max(best, nearness(word, other)), 0);
	}
	return whole === 0 ? 0 : found / whole;
}

/** Words of the first text that nothing of the other stands for. */
export const missingFrom = (words: readonly SearchWord[], known: readonly SearchWord[]): SearchWord[] =>
	words.filter((word) => known.every((other) => nearness(word, other) === 0));
