import { plain, tokenise } from '../classifier/normalise';
import { isCommonWord } from '../classifier/phraseIndex';
import { classify } from '../classifier/classify';
import type { Intent } from '../classifier/types';
import type { BusinessProfile } from '../profile/businessProfile';
import type { ChatConversation } from './chatConversations';
import { oneLine } from './hiddenNumbers';
import type {
	AskedFor,
	FoundKeyword,
	LateQuotation,
	SimulatedConversationReport,
	SimulationReport,
} from './simulationReport';
import type { WallClock } from '../conversation/wallClock';

const EXAMPLES = 3;
const TWO_HOURS = 120;

/** The counted things, most first; equal counts keep the order in which they were found. */
export function mostFirst<Key>(things: Iterable<Key>): Array<readonly [Key, number]> {
	const counts = new Map<Key, number>();
	for (const thing of things) counts.set(thing, (counts.get(thing) ?? 0) + 1);
	return [...counts].sort(([, one], [, other]) => other - one);
}

/** The letters of a sentence: sentences that differ only in a number or a sign are the same. */
const letters = (text: string): string =>
	plain(text)
		.replace(/[^\p{L}\s]/gu, '')
		.replace(/\s+/g, ' ')
		.trim();

/** Sentences that begin alike ("en qué va mi pedido …") are one example. */
const gist = (example: string): string => letters(example).split(' ').slice(0, 4).join(' ');

/** Whether somebody wanted something; greetings and thanks come after all needs. */
const isNeed = (intent: Intent): boolean => intent !== 'greeting' && intent !== 'thanks' && intent !== 'unknown';

/** What people ask for, with their words: the surest reading and the plainest sentence first. */
export function askedFor(details: readonly SimulatedConversationReport[]): AskedFor[] {
	const written = details.filter(({ outcome }) => outcome !== 'not_asked');
	const counted = mostFirst(written.map(({ intent }) => intent));
	return [...counted.filter(([intent]) => isNeed(intent)), ...counted.filter(([intent]) => !isNeed(intent))].map(
		([intent, conversations]) => {
			const examples = written
				.filter((detail) => detail.intent === intent && detail.example.trim().length > 2)
				.sort((one, other) => other.confidence - one.confidence || one.example.length - other.example.length)
				.map(({ example }) => oneLine(example));
			const different = [...new Map(examples.toReversed().map((example) => [gist(example), example])).values()];
			return {
				intent,
				conversations,
				share: conversations / written.length,
				examples: different.toReversed().slice(0, EXAMPLES),
			};
		},
	);
}

/** Messages of customers by weekday and hour. */
export function hoursOf(conversations: readonly ChatConversation[], clock: WallClock): number[][] {
	const hours = Array.from({ length: 7 }, () => Array.from({ length: 24 }, () => 0));
	for (const { messages } of conversations)
		for (const { direction, at } of messages) {
			if (direction !== 'in') continue;
			const { weekday, minute } = clock.shows(at);
			const day = hours[weekday];
			const hour = Math.floor(minute / 60);
			if (day !== undefined) day[hour] = (day[hour] ?? 0) + 1;
		}
	return hours;
}

/** Quotations that waited over two hours for a person, or were never answered; the longest first. */
export function lateQuotations(details: readonly SimulatedConversationReport[]): LateQuotation[] {
	const rank = (minutes: number | null): number => minutes ?? Number.POSITIVE_INFINITY;
	return details
		.filter(({ intent, firstAnswerMinutes }) => intent === 'quotation' && rank(firstAnswerMinutes) > TWO_HOURS)
		.map(({ chat, customer, startedAt, firstAnswerMinutes, outsideHours, example }) => ({
			chat,
			customer,
			askedAt: startedAt,
			waitedMinutes: firstAnswerMinutes,
			outsideHours,
			words: oneLine(example),
		}))
		.sort(
			(one, other) => rank(other.waitedMinutes) - rank(one.waitedMinutes) || one.askedAt.localeCompare(other.askedAt),
		);
}

/** How long customers waited for a person. */
export function firstAnswers(details: readonly SimulatedConversationReport[]): SimulationReport['firstAnswer'] {
	const asked = details.filter(({ outcome }) => outcome !== 'not_asked' && outcome !== 'small_talk');
	const waits = asked.flatMap(({ firstAnswerMinutes }) => firstAnswerMinutes ?? []).sort((one, other) => one - other);
	return {
		medianMinutes: waits[Math.floor(waits.length / 2)] ?? null,
		overTwoHours: waits.filter((minutes) => minutes > TWO_HOURS).length,
		never: asked.length - waits.length,
	};
}

const LEAST_SENTENCES = 3;
/** A word speaks for an intent when nearly everybody who writes it wants the same. */
const LEAST_AGREEMENT = 0.75;
const KEYWORDS_EACH = 5;

/**
 * Words that customers use for one need and that the rules do not know yet: what this business's customers call things.
 *
 * @param names words of names, which are nobody's need
 */
export function findKeywords(
	details: readonly SimulatedConversationReport[],
	profile: BusinessProfile,
	names: readonly string[],
): FoundKeyword[] {
	const nameWords = new Set(names.flatMap((name) => tokenise(name).map(({ word }) => word)));
	const used = new Map<string, Map<Intent, number>>();
	// A sentence that many send alike (a link that writes it for them) is one witness for its words.
	const witnesses = new Map(details.map((detail) => [letters(detail.example), detail]));
	for (const { intent, example } of witnesses.values()) {
		const words = new Set(tokenise(example).map(({ word }) => word));
		for (const word of words) {
			if (word.length < 4 || !/^\p{L}+$/u.test(word) || isCommonWord(word) || nameWords.has(word)) continue;
			const intents = used.get(word) ?? new Map<Intent, number>();
			used.set(word, intents.set(intent, (intents.get(intent) ?? 0) + 1));
		}
	}
	const found = [...used].flatMap(([phrase, intents]): FoundKeyword[] => {
		const needs = [...intents].filter(([intent]) => intent !== 'unknown');
		const [best] = needs.sort(([, one], [, other]) => other - one);
		const all = needs.reduce((sum, [, count]) => sum + count, 0);
		if (best === undefined) return [];
		const [intent, sentences] = best;
		if (intent === 'greeting' || intent === 'thanks' || intent === 'human' || intent === 'opt_out') return [];
		if (sentences < LEAST_SENTENCES || sentences / all < LEAST_AGREEMENT) return [];
		// What the rules know already needs no keyword of the client's.
		return classify(phrase, { profile }).matched.length > 0 ? [] : [{ intent, phrase, sentences }];
	});
	const sorted = found.sort((one, other) => other.sentences - one.sentences || one.phrase.localeCompare(other.phrase));
	return sorted.filter(
		({ intent }, index) => sorted.slice(0, index).filter((other) => other.intent === intent).length < KEYWORDS_EACH,
	);
}
