import { distance } from 'fastest-levenshtein';

/** Shorter words have too many neighbours that mean something else. */
const SHORTEST = 5;
/** Up to here a slip easily gives another word. */
const SHORT = 6;
/** From here on two slips are still recognised. */
const LONG = 9;

function* shortened(word: string, times: number): Generator<string> {
	yield word;
	if (times === 0) return;
	for (let index = 0; index < word.length; index += 1) {
		yield* shortened(word.slice(0, index) + word.slice(index + 1), times - 1);
	}
}

const allowed = (length: number): number => (length >= LONG ? 2 : 1);

/**
 * Finds the known word behind a typo. Words are indexed by what is left after leaving letters out, so a look-up costs
 * the length of the word and not the size of the vocabulary.
 */
export class Spelling {
	private readonly index = new Map<string, string[]>();
	private readonly remembered = new Map<string, string | undefined>();
	/** Nothing longer is a slip for any keyword; the ways to leave letters out grow with the cube of a word's length. */
	private readonly longest: number;

	/**
	 * @param words keywords that a typo may stand for
	 * @param frequent the keywords that are frequent enough to be meant by a short misspelt word
	 * @param untouched words that are right as they are
	 */
	constructor(
		words: Iterable<string>,
		private readonly frequent: ReadonlySet<string>,
		private readonly untouched: ReadonlySet<string>,
	) {
		let longest = 0;
		for (const word of new Set(words)) {
			if (word.length < SHORTEST) continue;
			longest = Math.max(longest, word.length);
			for (const piece of new Set(shortened(word, 1))) {
				const known = this.index.get(piece);
				if (known === undefined) this.index.set(piece, [word]);
				else known.push(word);
			}
		}
		this.longest = longest + allowed(longest);
	}

	/** The keyword nearest to `word`, or nothing when it is right, short, a number, or near to none. */
	correct(word: string): string | undefined {
		if (word.length < SHORTEST || word.length > this.longest || this.untouched.has(word) || /\d/.test(word))
			return undefined;
		if (this.remembered.has(word)) return this.remembered.get(word);
		const found = this.nearest(word);
		// The same misspellings come back; the bound keeps a flood of random words from growing the process.
		if (this.remembered.size > 5_000) this.remembered.clear();
		this.remembered.set(word, found);
		return found;
	}

	private nearest(word: string): string | undefined {
		let best: string | undefined;
		let bestDistance = Number.POSITIVE_INFINITY;
		for (const piece of new Set(shortened(word, word.length >= LONG ? 2 : 1))) {
			for (const candidate of this.index.get(piece) ?? []) {
				if (word.length <= SHORT && !this.frequent.has(candidate)) continue;
				const far = distance(word, candidate);
				const transposed = far === 2 && candidate.length === word.length && isTransposition(word, candidate);
				if (far > allowed(Math.min(word.length, candidate.length)) && !transposed) continue;
				if (!sameStart(word, candidate) || !(transposed || isSlip(word, candidate))) continue;
				if (far < bestDistance || (far === bestDistance && best !== undefined && candidate < best)) {
					best = candidate;
					bestDistance = far;
				}
			}
		}
		return best;
	}
}

const DIMINUTIVE = /^(.{3,}?)c?it([oa])(s?)$/;

/** What else an unknown word may be as people type it: "kisiera" is "quisiera", "tecladito" is "teclado". */
export function otherForms(word: string): string[] {
	const spelt = word.includes('k') ? word.replace(/k(?=[ei])/g, 'qu').replace(/k/g, 'c') : word;
	const [, stem, ending, plural] = DIMINUTIVE.exec(spelt) ?? [];
	if (stem === undefined) return spelt === word ? [] : [spelt];
	// "portatilcito" ends without a vowel, "tecladito" with its own.
	return [spelt, `${stem}${ending}${plural}`, `${stem}${plural}`];
}

/** Letters that are one sound, and rows of the keyboard, where a finger lands beside the key it meant. */
const SOUNDS = ['bv', 'sczx', 'ckq', 'gj', 'iy', 'yl', 'mn', 'uw', 'td', 'rl', 'pb', 'aeiou'];
const KEYBOARD = ['qwertyuiop', 'asdfghjklñ', 'zxcvbnm'];

function areConfused(left: string, right: string): boolean {
	if (SOUNDS.some((sound) => sound.includes(left) && sound.includes(right))) return true;
	return KEYBOARD.some((row, index) => {
		const at = row.indexOf(left);
		if (at < 0) return false;
		const beside = row.indexOf(right);
		if (beside >= 0) return Math.abs(at - beside) === 1;
		return [KEYBOARD[index - 1], KEYBOARD[index + 1]].some((other) => {
			const over = other?.indexOf(right) ?? -1;
			return over >= 0 && Math.abs(at - over) <= 1;
		});
	});
}

/** A slip leaves the first letter, doubles it, leaves out a silent h, or swaps it with the second. */
function sameStart(word: string, candidate: string): boolean {
	const [first, second] = word;
	if (first === candidate[0]) return true;
	return second === candidate[0] && (first === 'h' || first === candidate[1]);
}

/**
 * Whether one word can be a slip for the other: a letter changed for one that sounds alike, lies beside it, or is the
 * ending. "cuarto" is no slip for "cuanto": nobody hears or hits an r for an n.
 */
function isSlip(word: string, candidate: string): boolean {
	if (word.length !== candidate.length) return true;
	return [...word].every(
		(letter, index) =>
			letter === candidate[index] || index >= word.length - 2 || areConfused(letter, candidate[index] ?? ''),
	);
}

function isTransposition(left: string, right: string): boolean {
	const first = [...left].findIndex((letter, index) => letter !== right[index]);
	return (
		first >= 0 &&
		left[first] === right[first + 1] &&
		left[first + 1] === right[first] &&
		left.slice(first + 2) === right.slice(first + 2)
	);
}
