/** Longer words are cut: nobody types more of one, and an address of a web page may have hundreds of characters. */
const LONGEST_WORD = 40;

/** Words of one text that are found; a whole contract pasted into a chat is not a reason to grow without end. */
const MOST_WORDS = 300;

/** Digits that make a number rather than a quantity. */
const SHORTEST_NUMBER = 5;

function wordsOf(text: string): string[] {
	const folded = text.toLowerCase().normalize('NFD').replace(/\p{M}/gu, '').normalize('NFC');
	return (folded.match(/[\p{L}\p{N}]+/gu) ?? []).map((word) => [...word].slice(0, LONGEST_WORD).join(''));
}

/** The words of a text as the search keeps them: each once, lower case, without accents, separated by spaces. */
export function foldedWords(text: string): string {
	return [...new Set(wordsOf(text).slice(0, MOST_WORDS))].join(' ');
}

/** Alternatives; of one of them every word must begin a word of the text. */
export type SearchTerms = readonly (readonly string[])[];

/** What somebody typed into the search: words in any order, or a number however it is written. */
export function searchTerms(typed: string): SearchTerms {
	const words = wordsOf(typed).slice(0, 10);
	if (words.length === 0) return [];
	const number = typed.replace(/[\s()+.\-/]/g, '');
	const isNumber = /^\d+$/.test(number) && number.length >= SHORTEST_NUMBER;
	return isNumber && words.length > 1 ? [[number], words] : [words];
}

/** A phone number by all that people type of it: with and without the country, and its end. */
export function phoneWords(e164: string): string {
	const digits = e164.replace(/\D/g, '');
	// A country code has one to three digits; what follows is how people of the country write the number.
	return [digits, digits.slice(1), digits.slice(2), digits.slice(3), digits.slice(-7), digits.slice(-4)].join(' ');
}
