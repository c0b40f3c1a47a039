import { beginOf, conceptOf, weightOf, type Found } from './meaning';
import { isCommonWord } from './phraseIndex';
import type { Reading } from './reading';
import { CONCEPT_WEIGHTS, NEEDS, type Need } from './rules';
import type { Intent } from './types';
import type { Concept } from './vocabulary';

/** A need weaker than this is not one. */
const WEAKEST_NEED = 0.9;
/** A need this strong is meant although a person is asked for too. */
const CONCRETE_NEED = 2;

/** So much decides, whatever stands beside it. */
const DECIDES_ALONE = 3;
/** What a need counts for more that is all there is to go by. */
const BARE = 1.5;
/** A message of up to so many words that mean something is bare. */
const WORDS_OF_A_BARE_MESSAGE = 4;
/** A courtesy may stand beside so many words that no rule knows. */
const UNKNOWN_BESIDE_COURTESY = 4;

/** What a message wants, and how sure that is. */
export interface Decision {
	readonly intent: Intent;
	readonly confidence: number;
}

/** Concepts of a message; an operator's own words have none. */
type Said = ReadonlySet<Concept | undefined>;

/**
 * Decides what a reading wants. The order is the order of importance: what must never be missed (opting out), what is
 * not ours, a person, the strongest need, and courtesy only when there is nothing else.
 */
export function decide(reading: Reading, text: string): Decision {
	const { scores, found, words } = reading;
	const said: Said = new Set(found.map(conceptOf));
	const [best, second] = strongestNeeds(scores);

	if (said.has('wrongRecipient')) return { intent: 'unknown', confidence: 0.8 };
	if (scores.opt_out >= DECIDES_ALONE) return { intent: 'opt_out', confidence: certainty(scores.opt_out, 0) };
	if (said.has('optOutWord') && words.length <= 3 && scores[best] < CONCRETE_NEED)
		return { intent: 'opt_out', confidence: 0.9 };
	if (said.has('otherTopic') && !said.has('thanks') && Math.max(scores[best], scores.human) < DECIDES_ALONE)
		return { intent: 'unknown', confidence: 0.7 };
	if (said.has('thanks') && said.has('resolved') && !text.includes('?') && !goesOn(reading))
		return { intent: 'thanks', confidence: 0.8 };
	// "Hola bot" greets; it complains of nothing.
	if (words.length <= 3 && said.has('greeting') && found.every(isGreetingOfBot))
		return { intent: 'greeting', confidence: 0.9 };
	if (scores.human >= CONCRETE_NEED && scores[best] < CONCRETE_NEED)
		return { intent: 'human', confidence: certainty(scores.human + 1, scores[best]) };
	const strength = scores[best] > 0 && isBare(reading, said) ? scores[best] + BARE : scores[best];
	if (scores[best] >= WEAKEST_NEED && strength >= 1)
		return { intent: best, confidence: certainty(strength, scores[second]) };
	return courtesyOf(reading, said) ?? { intent: 'unknown', confidence: 0.3 };
}

/** The need that most speaks for, and the next. A person and opting out are weighed by themselves. */
function strongestNeeds(scores: Reading['scores']): [Need, Need] {
	const [best = 'quotation', second = 'support'] = NEEDS.filter((need) => need !== 'human' && need !== 'opt_out').sort(
		(left, right) => scores[right] - scores[left],
	);
	return [best, second];
}

/** A bare word ("información", "ayuda") is all there is to go by, so it counts for more (D22). */
function isBare({ words, found }: Reading, said: Said): boolean {
	const weighed = (position: number): boolean =>
		found.some(
			({ at, meaning }) =>
				at.includes(position) && 'concept' in meaning && CONCEPT_WEIGHTS[meaning.concept] !== undefined,
		);
	const meaningful = words.filter((word, position) => !isCommonWord(word) || weighed(position)).length;
	const courteous = Number(said.has('greeting')) + Number(said.has('want'));
	return meaningful - courteous <= WORDS_OF_A_BARE_MESSAGE;
}

/** Thanks or a greeting, when most of the message is nothing else. */
function courtesyOf({ words, found }: Reading, said: Said): Decision | undefined {
	const unknown = words.filter(
		(word, position) => !isCommonWord(word) && !found.some(({ at }) => at.includes(position)),
	);
	if (unknown.length > UNKNOWN_BESIDE_COURTESY) return undefined;
	// "Buenos días, Dios los bendiga" wishes well; it thanks for nothing.
	const onlyBlesses = !found.some(
		(phrase) => conceptOf(phrase) === 'thanks' && !/^(?:dios|bendic)/.test(phrase.phrase),
	);
	if (said.has('thanks') && !(onlyBlesses && said.has('greeting'))) return { intent: 'thanks', confidence: 0.9 };
	if (said.has('greeting') && (words.length <= 14 || words.length - wordsOfGreeting(found) <= 10))
		return { intent: 'greeting', confidence: 0.9 };
	return undefined;
}

const isGreetingOfBot = (found: Found): boolean =>
	conceptOf(found) === 'greeting' || found.phrase === 'bot' || found.phrase === 'robot';

const GOES_ON = new Set(['pero', 'ahora', 'aunque', 'but', 'now', 'porem']);

/** "Gracias, ya imprime, pero ahora no escanea": what was resolved is not all. */
function goesOn({ words, tokens, found }: Reading): boolean {
	const resolved = Math.max(...found.filter((phrase) => conceptOf(phrase) === 'resolved').map(beginOf));
	const turn = words.findIndex((word, position) => position > resolved && GOES_ON.has(word));
	return found.some((phrase) => {
		const first = beginOf(phrase);
		if (first <= resolved || weightOf(phrase) < 4) return false;
		if (turn >= 0 && first > turn) return true;
		return conceptOf(phrase) === 'orderChange' && tokens[first]?.clause !== tokens[resolved]?.clause;
	});
}

const wordsOfGreeting = (found: readonly Found[]): number =>
	new Set(found.filter((phrase) => conceptOf(phrase) === 'greeting').flatMap(({ at }) => at)).size;

/** How sure a score is: much of it, and little for the next. */
function certainty(best: number, next: number): number {
	const strength = 1 - Math.exp(-best / 1.8);
	const lead = best / (best + next);
	return Math.round(strength * (0.3 + 0.7 * (2 * lead - 1)) * 100) / 100;
}
