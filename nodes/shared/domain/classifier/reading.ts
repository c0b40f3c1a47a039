import { unsaid } from './denials';
import { beginOf, conceptOf, type Found } from './meaning';
import { namedAlone, wordsOfName } from './namedPeople';
import { plain, tokenise, type Token } from './normalise';
import { isCommonWord, type PhraseIndex } from './phraseIndex';
import { COMBINATIONS, CONCEPT_WEIGHTS, IMPLIED, type Need, type Sign } from './rules';
import type { MatchedRule } from './types';
import { NUMBER_WORDS, type Concept } from './vocabulary';

/** A message as the rules read it. */
export interface Reading {
	readonly tokens: readonly Token[];
	readonly words: readonly string[];
	readonly found: readonly Found[];
	/** With what is denied or set aside. */
	readonly everything: readonly Found[];
	/** Score of each need. */
	readonly scores: Readonly<Record<Need, number>>;
	readonly matched: readonly MatchedRule[];
	/** Whom it asks for by name and nothing else. */
	readonly somebody?: string;
}

/** As much as a word for a person: a need said with it wins. */
const SOMEBODY_BY_NAME = 3;
/** What a concept adds when it is said once more. */
const SAID_AGAIN = 0.25;

const PAUSES = new Set([
	'espera',
	'espere',
	'esperen',
	'perdon',
	'mejor',
	'quise',
	'digo',
	'mentira',
	'gracias',
	'senor',
]);

/** Words behind which a "cuando" still asks: "quiero saber cuando", "entonces cuando". */
const BEFORE_A_QUESTION = new Set([
	'saber',
	'para',
	'desde',
	'hasta',
	'de',
	'y',
	'entonces',
	'dime',
	'decirme',
	'diga',
]);

const INDEFINITE = new Set(['un', 'una', 'unos', 'unas', 'varios', 'varias', 'algunos', 'algunas']);

const POSSESSIVES = new Set(['mi', 'mis', 'nuestro', 'nuestra', 'nuestros', 'nuestras', 'my', 'our', 'meu', 'minha']);
const ARTICLES = new Set(['el', 'la', 'los', 'las', 'al', 'del', 'este', 'esta', 'the', 'o', 'a']);

/** Collects what speaks for each need, phrase by phrase. */
class Scale {
	readonly scores: Record<Need, number> = {
		quotation: 0,
		order_status: 0,
		support: 0,
		documents: 0,
		billing: 0,
		human: 0,
		opt_out: 0,
	};
	readonly matched: MatchedRule[] = [];
	private readonly said = new Set<Sign>();
	private readonly ownWeight = new Map<string, number>();

	constructor(
		private readonly words: readonly string[],
		private readonly tokens: readonly Token[],
		private readonly found: readonly Found[],
	) {}

	weigh(phrase: Found): void {
		const { meaning } = phrase;
		if ('intent' in meaning) this.weighOwn(phrase, meaning);
		else this.weighConcept(phrase, meaning.concept);
	}

	/** Something that the message shows without a phrase of its own. */
	note(sign: Sign): void {
		this.said.add(sign);
	}

	/** Rules about several things that are said together. */
	weighCombinations(): void {
		for (const { all, none, intent, name, weight } of COMBINATIONS) {
			if (!all.every((sign) => this.said.has(sign)) || none?.some((sign) => this.said.has(sign))) continue;
			this.add({ intent, rule: name, found: all.join(' + '), weight });
		}
	}

	add(matched: MatchedRule & { readonly intent: Need }): void {
		this.scores[matched.intent] += matched.weight;
		this.matched.push(matched);
	}

	/** An operator's word weighs what it weighs, not on top of what the language gives the same words. */
	private weighOwn(phrase: Found, { intent, weight }: Extract<Found['meaning'], { readonly intent: unknown }>): void {
		if (intent === 'greeting' || intent === 'thanks') return;
		const sameWords = this.found.find(
			(other) => other !== phrase && conceptOf(other) !== undefined && other.at.join() === phrase.at.join(),
		);
		const concept = sameWords && conceptOf(sameWords);
		const rule = concept && CONCEPT_WEIGHTS[concept];
		const already = rule?.[0] === intent ? rule[1] : 0;
		const key = `${intent}:${phrase.phrase}`;
		this.scores[intent] += Math.max(0, weight - already - (this.ownWeight.get(key) ?? 0));
		this.ownWeight.set(key, weight);
		this.matched.push({ intent, rule: phrase.phrase, found: this.asWritten(phrase), weight });
	}

	private weighConcept(phrase: Found, concept: Concept): void {
		if (concept === 'negative' && !deniesSomething(phrase, this.words, this.tokens)) return;
		if (phrase.phrase === 'cuando' && tellsWhen(phrase, this.words, this.tokens, this.found)) return;
		const again = this.said.has(concept);
		this.noteConcept(phrase, concept);
		const [intent, weight] = CONCEPT_WEIGHTS[concept] ?? [];
		const found = this.asWritten(phrase);
		if (intent !== undefined && weight !== undefined)
			this.add({ intent, rule: phrase.phrase, found, weight: again ? SAID_AGAIN : weight });
		else if (concept === 'greeting' || concept === 'thanks')
			this.matched.push({ intent: concept, rule: phrase.phrase, found, weight: 1 });
	}

	private noteConcept(phrase: Found, concept: Concept): void {
		this.said.add(concept);
		if (concept === 'product' || concept === 'itThing') {
			const before = this.words[beginOf(phrase) - 1] ?? '';
			if (POSSESSIVES.has(before)) this.said.add('ownProduct');
			if (POSSESSIVES.has(before) || ARTICLES.has(before)) this.said.add('knownProduct');
		}
		const implied = IMPLIED[concept];
		if (implied !== undefined) this.said.add(implied);
	}

	private asWritten({ at }: Found): string {
		return at.map((position) => this.tokens[position]?.raw ?? '').join(' ');
	}
}

/** "no, mejor 5 portátiles": this "no" answers somebody; it says nothing about the portátiles. */
function deniesSomething({ at }: Found, words: readonly string[], tokens: readonly Token[]): boolean {
	const last = at.at(-1) ?? 0;
	const next = words[last + 1];
	return next !== undefined && tokens[last + 1]?.clause === tokens[last]?.clause && !PAUSES.has(next);
}

/** "No aguanta cuando se va la luz": this "cuando" tells of a time and asks for none. */
function tellsWhen(
	{ at }: Found,
	words: readonly string[],
	tokens: readonly Token[],
	found: readonly Found[],
): boolean {
	const [position = 0] = at;
	const token = tokens[position];
	const before = tokens[position - 1];
	if (token === undefined || before?.clause !== token.clause) return false;
	if (plain(token.raw) !== token.raw.toLowerCase() || BEFORE_A_QUESTION.has(words[position - 1] ?? '')) return false;
	// "Como antes cuando sí atendían": of a time that has passed.
	if (before.word === 'antes') return true;
	return found.some((other) => conceptOf(other) === 'fault' || conceptOf(other) === 'trouble');
}

/** Whether the next word is a thing that no phrase and no list of common words knows. */
function isUnknownThing(words: readonly string[], position: number, found: readonly Found[]): boolean {
	const next = words[position + 1];
	if (next === undefined || next.length < 4 || isCommonWord(next)) return false;
	return !found.some(({ at }) => at.includes(position + 1));
}

/** Reads a message: its words, what they mean, and how much speaks for each need. */
export function read(text: string, index: PhraseIndex): Reading {
	const tokens = tokenise(text);
	const words = index.correct(tokens);
	const everything = index.find(words, tokens);
	const dropped = unsaid(words, tokens, everything);
	const named = wordsOfName(text, tokens);
	const found = everything.filter(
		(phrase) => !dropped.has(phrase) && !phrase.at.every((position) => named.has(position)),
	);
	const scale = new Scale(words, tokens, found);
	for (const phrase of found) scale.weigh(phrase);
	if (words.some((word) => /^\d{1,6}$/.test(word) || (NUMBER_WORDS.get(word) ?? 0) > 1)) scale.note('number');
	if (words.some((word, position) => isUnknownThing(words, position, found) && INDEFINITE.has(word)))
		scale.note('something');
	if (tokens.some(({ raw }) => raw.length > 3 && raw.endsWith('ó'))) scale.note('statement');
	scale.weighCombinations();
	const somebody = namedAlone(words, tokens, everything);
	if (somebody !== undefined)
		scale.add({
			intent: 'human',
			rule: 'somebody asked for by name',
			found: somebody,
			weight: SOMEBODY_BY_NAME,
		});
	return { tokens, words, found, everything, scores: scale.scores, matched: scale.matched, somebody };
}
