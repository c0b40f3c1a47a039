import type { KnowledgeEntry } from './knowledge';
import { coverage, nearness } from './match';
import { decidingWords, searchWords, type SearchWord } from './searchWords';

export interface RankedEntry {
	readonly entry: KnowledgeEntry;
	/** 0 to 1. */
	readonly score: number;
	/** Nothing of the message stays unanswered. */
	readonly complete: boolean;
}

export interface EntryDecision {
	readonly best?: RankedEntry;
	/** Entries that fit as well as the best one and say something else, with it; otherwise empty. */
	readonly alike: readonly RankedEntry[];
	readonly ranked: readonly RankedEntry[];
}

/** Two entries nearer to each other than this are both meant. */
const TOO_NEAR = 0.03;

/** From this share on a message asks nothing besides. */
const WHOLE_MESSAGE = 0.45;

/** A question that is written down word for word is meant, even when it has no word that decides. */
const bare = (text: string): string =>
	searchWords(text)
		.map(({ stem }) => stem)
		.join(' ');

function scoreOf(message: string, asked: readonly SearchWord[], entry: KnowledgeEntry): RankedEntry {
	const phrasings = [entry.title, ...entry.questions];
	if (phrasings.some((phrasing) => bare(phrasing) === bare(message))) return { entry, score: 1, complete: true };
	if (asked.length === 0) return { entry, score: 0, complete: false };
	const everything = searchWords([...phrasings, entry.answer].join(' '));
	const answered = coverage(asked, everything);
	const best = phrasings.reduce((most, phrasing) => Math.max(most, coverage(decidingWords(phrasing), asked)), 0);
	if (best > 0) {
		const score = 0.5 * best + 0.5 * answered;
		return { entry, score, complete: answered >= WHOLE_MESSAGE };
	}
	// A passage whose heading says something else: only where nearly every word of the question stands in it.
	const words = asked.filter((word) => everything.some((other) => nearness(word, other) > 0));
	const score = words.length >= 2 ? 0.7 * answered : 0.4 * answered;
	return { entry, score, complete: answered >= WHOLE_MESSAGE };
}

/**
 * Which of the candidates answers a message, if any is sure enough.
 *
 * @param language of the conversation; among equals an entry in it is taken
 */
export function findEntry(
	message: string,
	candidates: readonly KnowledgeEntry[],
	minimumScore: number,
	language: string,
): EntryDecision {
	const asked = decidingWords(message);
	const fits = ({ entry }: RankedEntry): number =>
		entry.language === undefined || entry.language === language ? 0 : 1;
	const ranked = candidates
		.map((entry) => scoreOf(message, asked, entry))
		.filter(({ score }) => score > 0)
		.sort(
			(one, other) => other.score - one.score || fits(one) - fits(other) || (one.entry.id < other.entry.id ? -1 : 1),
		);
	const [best] = ranked;
	if (best === undefined || best.score < minimumScore) return { alike: [], ranked };
	const alike = ranked.filter(
		(other) =>
			best.score - other.score < TOO_NEAR &&
			fits(other) === fits(best) &&
			(other === best || other.entry.answer !== best.entry.answer),
	);
	return { best, alike: alike.length > 1 ? alike : [], ranked };
}
