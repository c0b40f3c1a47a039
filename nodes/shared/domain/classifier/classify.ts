import { FAMILIAR_NAMES } from '../identity/familiarNames';
import type { BusinessProfile } from '../profile/businessProfile';
import { dateWanted } from './dates';
import { introducedName, readEntities } from './entities';
import { plain, readable, tokenise, type Token } from './normalise';
import { isCommonWord, phraseIndexOf, type Found, type PhraseIndex, type Understood } from './phraseIndex';
import {
	CHANGES_OF_MIND,
	COMBINATIONS,
	CONCEPT_WEIGHTS,
	IMPLIED,
	NEEDS,
	NEGATIONS,
	SET_ASIDE,
	type Need,
	type Sign,
} from './rules';
import type { Classification, Intent, MatchedRule } from './types';
import { CONCEPTS, NUMBER_WORDS, type Concept } from './vocabulary';

export interface ClassifyOptions {
	/** The client's own keywords, language and country. */
	readonly profile?: BusinessProfile;
	/** ISO 3166 code, when there is no profile. */
	readonly country?: string;
	/** When the message was written; without it no day is read from it. */
	readonly at?: Date;
}

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
}

/** Positions of words inside a text of words joined by single blanks. */
function positionsOf(words: readonly string[]): number[] {
	let offset = 0;
	return words.map((word) => {
		const at = offset;
		offset += word.length + 1;
		return at;
	});
}

/**
 * Which phrases do not count: behind a negation in the same clause, before a change of mind, or thanked for.
 */
function unsaid(words: readonly string[], tokens: readonly Token[], found: readonly Found[]): Set<Found> {
	const text = words.join(' ');
	const dropped = new Set<Found>();
	if (
		!/\b(?:no|nao|not|don't|tampoco|nada|vez|lugar|sin|olvid|mejor|mas|sino|cambie|realidad|ahora|ya|pensandolo|rather|instead|actually|melhor|verdade|gracias|agradezco|thanks|bien)/.test(
			text,
		)
	)
		return dropped;
	const offsets = positionsOf(words);
	const positionAt = (offset: number): number => {
		let position = 0;
		while (position + 1 < offsets.length && (offsets[position + 1] ?? 0) <= offset) position += 1;
		return position;
	};
	for (const negation of NEGATIONS) {
		for (const match of text.matchAll(negation)) {
			const start = positionAt(match.index);
			const clause = tokens[start]?.clause;
			const end = endOfDenial(words, found, positionAt(match.index + match[0].length - 1));
			for (const phrase of found) {
				const [first = 0] = phrase.at;
				if (
					first > start &&
					first < end &&
					tokens[first]?.clause === clause &&
					concepts(phrase) !== 'optOut' &&
					concepts(phrase) !== 'dontSend' &&
					concepts(phrase) !== 'want'
				)
					dropped.add(phrase);
				// "no quiero hablar con un robot" is one phrase and means what it says.
				if (phrase.at.includes(start))
					for (const other of found)
						if (other !== phrase && (other.at[0] ?? 0) > start && phrase.at.length >= 4) dropped.delete(other);
			}
		}
	}
	const setAside = (position: number): void => {
		const clause = tokens[position]?.clause;
		const before = found.filter(({ at }) => tokens[at[0] ?? 0]?.clause === clause && (at.at(-1) ?? 0) < position);
		const goesOn = found.some(
			(phrase) => (tokens[phrase.at[0] ?? 0]?.clause ?? 0) > (clause ?? 0) && weightOf(phrase) >= 1,
		);
		if (goesOn) for (const phrase of before) dropped.add(phrase);
	};
	for (const aside of SET_ASIDE) for (const match of text.matchAll(aside)) setAside(positionAt(match.index));
	// "el certificado no, la factura": a "no" that ends its clause denies what stands before it.
	for (const [position, word] of words.entries())
		if (
			position > 0 &&
			word === 'no' &&
			tokens[position - 1]?.clause === tokens[position]?.clause &&
			tokens[position + 1] !== undefined &&
			tokens[position + 1]?.clause !== tokens[position]?.clause
		)
			setAside(position);
	for (const change of CHANGES_OF_MIND) {
		for (const match of text.matchAll(change)) {
			const start = positionAt(match.index);
			const end = positionAt(match.index + match[0].length - 1);
			const after = new Map(
				found
					.filter((phrase) => (phrase.at[0] ?? 0) > end && !dropped.has(phrase))
					.map((phrase) => [concepts(phrase) ?? phrase.phrase, weightOf(phrase)]),
			);
			// One word that says much, or several that say a little each ("si les quedan diademas").
			if ([...after.values()].reduce((sum, weight) => sum + weight, 0) < 2) continue;
			for (const phrase of found) if ((phrase.at.at(-1) ?? 0) < start) dropped.add(phrase);
		}
	}
	for (const match of text.matchAll(
		/\b(?:gracias|agradezco|thanks|thank you|obrigado) (?:mucho )?(?:por|for|pela|pelo)\b/g,
	)) {
		const start = positionAt(match.index);
		const clause = tokens[start]?.clause;
		for (const phrase of found) {
			const [first = 0] = phrase.at;
			if (first > start && tokens[first]?.clause === clause) dropped.add(phrase);
		}
	}
	return dropped;
}

/** Words that begin what is the case instead: "no es una cotización es un pedido que no ha llegado". */
const INSTEAD = new Set(['es', 'son', 'era', 'eran', 'sino', 'pero', 'quiero', 'necesito', 'e', 'it']);

/** Where what is denied ends: behind the first thing that is, somebody may go on without a comma. */
function endOfDenial(words: readonly string[], found: readonly Found[], from: number): number {
	const denied = found.filter(({ at }) => (at[0] ?? 0) > from).map(({ at }) => at.at(-1) ?? 0);
	const first = Math.min(...denied);
	const instead = words.findIndex((word, position) => position > first && INSTEAD.has(word));
	return instead < 0 ? Infinity : instead;
}

const concepts = ({ meaning }: Found): Concept | undefined => ('concept' in meaning ? meaning.concept : undefined);

function weightOf(found: Found): number {
	if ('intent' in found.meaning) return found.meaning.weight;
	return CONCEPT_WEIGHTS[found.meaning.concept]?.[1] ?? 0;
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
	const scores: Record<Need, number> = {
		quotation: 0,
		order_status: 0,
		support: 0,
		documents: 0,
		billing: 0,
		human: 0,
		opt_out: 0,
	};
	const matched: MatchedRule[] = [];
	const said = new Set<Sign>();
	const ownWeight = new Map<string, number>();
	for (const phrase of found) {
		const { meaning } = phrase;
		const words_ = phrase.at.map((position) => tokens[position]?.raw ?? '').join(' ');
		if ('intent' in meaning) {
			if (meaning.intent === 'greeting' || meaning.intent === 'thanks') continue;
			// An operator's word weighs what it weighs, not on top of what the language gives the same words.
			const base = found.find(
				(other) => other !== phrase && other.at.join() === phrase.at.join() && 'concept' in other.meaning,
			);
			const rule = base !== undefined && 'concept' in base.meaning ? CONCEPT_WEIGHTS[base.meaning.concept] : undefined;
			const already = rule?.[0] === meaning.intent ? rule[1] : 0;
			const key = `${meaning.intent}:${phrase.phrase}`;
			const extra = Math.max(0, meaning.weight - already - (ownWeight.get(key) ?? 0));
			ownWeight.set(key, meaning.weight);
			scores[meaning.intent] += extra;
			matched.push({ intent: meaning.intent, rule: phrase.phrase, found: words_, weight: meaning.weight });
			continue;
		}
		const rule = CONCEPT_WEIGHTS[meaning.concept];
		if (meaning.concept === 'negative' && !deniesSomething(phrase, words, tokens)) continue;
		if (phrase.phrase === 'cuando' && tellsWhen(phrase, words, tokens, found)) continue;
		const again = said.has(meaning.concept);
		said.add(meaning.concept);
		if (meaning.concept === 'product' || meaning.concept === 'itThing') {
			const before = words[(phrase.at[0] ?? 0) - 1] ?? '';
			if (POSSESSIVES.has(before)) said.add('ownProduct');
			if (POSSESSIVES.has(before) || ARTICLES.has(before)) said.add('knownProduct');
		}
		const implied = IMPLIED[meaning.concept];
		if (implied !== undefined) said.add(implied);
		if (rule === undefined) {
			if (meaning.concept === 'greeting' || meaning.concept === 'thanks')
				matched.push({ intent: meaning.concept, rule: phrase.phrase, found: words_, weight: 1 });
			continue;
		}
		const weight = again ? 0.25 : rule[1];
		scores[rule[0]] += weight;
		matched.push({ intent: rule[0], rule: phrase.phrase, found: words_, weight });
	}
	if (words.some((word) => /^\d{1,6}$/.test(word) || (NUMBER_WORDS.get(word) ?? 0) > 1)) said.add('number');
	if (words.some((word, position) => isUnknownThing(words, position, found) && INDEFINITE.has(word)))
		said.add('something');
	if (tokens.some(({ raw }) => raw.length > 3 && raw.endsWith('ó'))) said.add('statement');
	for (const combination of COMBINATIONS) {
		if (!combination.all.every((concept) => said.has(concept))) continue;
		if (combination.none?.some((concept) => said.has(concept))) continue;
		scores[combination.intent] += combination.weight;
		matched.push({
			intent: combination.intent,
			rule: combination.name,
			found: combination.all.join(' + '),
			weight: combination.weight,
		});
	}
	const somebody = namedAlone(words, tokens, everything);
	if (somebody !== undefined) {
		scores.human += SOMEBODY_BY_NAME;
		matched.push({ intent: 'human', rule: 'somebody asked for by name', found: somebody, weight: SOMEBODY_BY_NAME });
	}
	return { tokens, words, found, everything, scores, matched };
}

/** As much as a word for a person: a need said with it wins. */
const SOMEBODY_BY_NAME = 3;
const COURTESY = new Set(['por', 'favor', 'disculpe', 'disculpa', 'perdon', 'senor', 'senora', 'una', 'pregunta']);
const BEFORE_A_NAME =
	/^(?:don|dona|el|la|senor|senora|senorita|ingeniero|ingeniera|doctor|doctora|alla|alli|aun|todavia)$/;

/**
 * Whom a message asks for that begins so: "¿está Andrés?", "buenas, se encuentra don Jairo". "Con Andrés" is not read: it
 * answers who attended somebody.
 */
function namedAlone(words: readonly string[], tokens: readonly Token[], found: readonly Found[]): string | undefined {
	const courteous = new Set(found.filter((phrase) => concepts(phrase) === 'greeting').flatMap(({ at }) => at));
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

/** "no, mejor 5 portátiles": this "no" answers somebody; it says nothing about the portátiles. */
function deniesSomething({ at }: Found, words: readonly string[], tokens: readonly Token[]): boolean {
	const last = at.at(-1) ?? 0;
	const next = words[last + 1];
	return next !== undefined && tokens[last + 1]?.clause === tokens[last]?.clause && !PAUSES.has(next);
}

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
	return found.some((other) => concepts(other) === 'fault' || concepts(other) === 'trouble');
}

/** Places of the words that are the writer's own name ("soy Luis Mora"), which ask for nothing. */
function wordsOfName(text: string, tokens: readonly Token[]): ReadonlySet<number> {
	const places = new Set<number>();
	const name = introducedName(text)?.split(' ').map(plain);
	if (name === undefined) return places;
	const start = tokens.findIndex((_token, from) => name.every((part, index) => tokens[from + index]?.word === part));
	if (start >= 0) for (let index = 0; index < name.length; index += 1) places.add(start + index);
	return places;
}

const INDEFINITE = new Set(['un', 'una', 'unos', 'unas', 'varios', 'varias', 'algunos', 'algunas']);

/** Whether the next word is a thing that no phrase and no list of common words knows. */
function isUnknownThing(words: readonly string[], position: number, found: readonly Found[]): boolean {
	const next = words[position + 1];
	if (next === undefined || next.length < 4 || isCommonWord(next)) return false;
	return !found.some(({ at }) => at.includes(position + 1));
}

const POSSESSIVES = new Set(['mi', 'mis', 'nuestro', 'nuestra', 'nuestros', 'nuestras', 'my', 'our', 'meu', 'minha']);
const ARTICLES = new Set(['el', 'la', 'los', 'las', 'al', 'del', 'este', 'esta', 'the', 'o', 'a']);

/** A need weaker than this is not one. */
const WEAKEST_NEED = 0.9;
/** A need this strong is meant although a person is asked for too. */
const CONCRETE_NEED = 2;

interface Decision {
	readonly intent: Intent;
	readonly confidence: number;
}

function decide(reading: Reading, text: string): Decision {
	const { scores, found, words } = reading;
	const said = new Set(found.map(concepts));
	const loose = words.filter((word, position) => !isCommonWord(word) && !found.some(({ at }) => at.includes(position)));
	if (said.has('wrongRecipient')) return { intent: 'unknown', confidence: 0.8 };

	const ranked = NEEDS.filter((need) => need !== 'human' && need !== 'opt_out').sort(
		(left, right) => scores[right] - scores[left],
	);
	const best = ranked[0] ?? 'quotation';
	const second = ranked[1] ?? 'support';
	// A bare word ("información", "ayuda") is all there is to go by, so it counts for more (D22).
	const meaningful = words.filter(
		(word, position) =>
			!isCommonWord(word) ||
			found.some(
				({ at, meaning }) =>
					at.includes(position) && 'concept' in meaning && CONCEPT_WEIGHTS[meaning.concept] !== undefined,
			),
	);
	const bare =
		meaningful.length - [...said].filter((concept) => concept === 'greeting' || concept === 'want').length <= 4
			? 1.5
			: 0;
	const strongest = scores[best] > 0 ? scores[best] + bare : 0;

	if (scores.opt_out >= 3) return { intent: 'opt_out', confidence: certainty(scores.opt_out, 0) };
	if (said.has('optOutWord') && words.length <= 3 && scores[best] < CONCRETE_NEED)
		return { intent: 'opt_out', confidence: 0.9 };
	if (said.has('otherTopic') && !said.has('thanks') && scores[best] < 3 && scores.human < 3)
		return { intent: 'unknown', confidence: 0.7 };
	if (said.has('thanks') && said.has('resolved') && !text.includes('?') && !goesOn(reading))
		return { intent: 'thanks', confidence: 0.8 };
	// "Hola bot" greets; it complains of nothing.
	if (words.length <= 3 && said.has('greeting') && found.every(isGreetingOfBot))
		return { intent: 'greeting', confidence: 0.9 };
	if (scores.human >= CONCRETE_NEED && scores[best] < CONCRETE_NEED)
		return { intent: 'human', confidence: certainty(scores.human + 1, scores[best]) };
	if (scores[best] >= WEAKEST_NEED && strongest >= 1)
		return { intent: best, confidence: certainty(strongest, scores[second]) };
	// "Buenos días, Dios los bendiga" wishes well; it thanks for nothing.
	const blesses = !found.some((phrase) => concepts(phrase) === 'thanks' && !/^(?:dios|bendic)/.test(phrase.phrase));
	if (said.has('thanks') && loose.length <= 4 && !(blesses && said.has('greeting')))
		return { intent: 'thanks', confidence: 0.9 };
	if (said.has('greeting') && loose.length <= 4 && (words.length <= 14 || words.length - wordsOfGreeting(found) <= 10))
		return { intent: 'greeting', confidence: 0.9 };
	return { intent: 'unknown', confidence: 0.3 };
}

const isGreetingOfBot = (found: Found): boolean =>
	concepts(found) === 'greeting' || found.phrase === 'bot' || found.phrase === 'robot';

const GOES_ON = new Set(['pero', 'ahora', 'aunque', 'but', 'now', 'porem']);

/** "Gracias, ya imprime, pero ahora no escanea": what was resolved is not all. */
function goesOn({ words, tokens, found }: Reading): boolean {
	const resolved = Math.max(...found.filter((phrase) => concepts(phrase) === 'resolved').map(({ at }) => at[0] ?? 0));
	const turn = words.findIndex((word, position) => position > resolved && GOES_ON.has(word));
	return found.some((phrase) => {
		const [first = 0] = phrase.at;
		if (first <= resolved || weightOf(phrase) < 4) return false;
		if (turn >= 0 && first > turn) return true;
		return concepts(phrase) === 'orderChange' && tokens[first]?.clause !== tokens[resolved]?.clause;
	});
}

const wordsOfGreeting = (found: readonly Found[]): number =>
	new Set(found.filter((phrase) => concepts(phrase) === 'greeting').flatMap(({ at }) => at)).size;

/** How sure a score is: much of it, and little for the next. */
function certainty(best: number, next: number): number {
	const strength = 1 - Math.exp(-best / 1.8);
	const lead = best / (best + next);
	return Math.round(strength * (0.3 + 0.7 * (2 * lead - 1)) * 100) / 100;
}

/**
 * What a customer wants, by rules that can be read: which words spoke for which intent, and how surely.
 *
 * @param text a message as people type it; accents, typos, abbreviations and emoji do not matter
 * @returns `unknown` with a low confidence when nothing decides; never throws
 */
export function classify(text: string, options: ClassifyOptions = {}): Classification {
	const { profile, at } = options;
	const said = readable(text);
	const { classification: byRules } = understand(said, profile, options.country);
	const date = at === undefined ? undefined : dateWanted(said, at, profile?.timeZone ?? 'America/Bogota');
	return date === undefined ? byRules : { ...byRules, entities: { ...byRules.entities, date } };
}

function understand(text: string, profile: BusinessProfile | undefined, country = 'CO'): Understood {
	const index = phraseIndexOf(profile);
	return profile === undefined
		? understandBy(index, text, country)
		: index.once(text, () => understandBy(index, text, profile.country));
}

function understandBy(index: PhraseIndex, text: string, country: string): Understood {
	const reading = read(text, index);
	return {
		classification: {
			...decide(reading, text),
			matched: reading.matched,
			entities: readEntities(text, reading.tokens, reading.words, reading.found, country),
			by: 'rules',
		},
		saysDetails: tellsDetails(reading),
	};
}

/** Words that name a topic without saying what about it: "soporte" still leaves the details open. */
const TOPIC_CONCEPTS: ReadonlySet<Concept> = new Set<Concept>([
	'greeting',
	'thanks',
	'acknowledgement',
	'quote',
	'topic',
	'supportWord',
	'help',
	'want',
	'question',
	'person',
	'trouble',
]);
const TOPIC_WORDS = new Set([
	'documento',
	'documentos',
	'documentacion',
	'facturacion',
	'pagos',
	'pago',
	'financiera',
	'area',
	'fallo',
	'falla',
	'otro',
	'motivo',
	'garantia',
	'precio',
	'precios',
]);

/**
 * Whether a message says what it is about, or only names its topic ("necesito soporte" against "mi impresora no
 * prende"). Decides whether the details are still to be asked.
 */
export const saysDetails = (text: string, profile?: BusinessProfile): boolean =>
	understand(readable(text), profile).saysDetails;

function tellsDetails({ words, everything }: Reading): boolean {
	const topical = new Set(
		everything
			.filter(({ meaning }) => 'concept' in meaning && TOPIC_CONCEPTS.has(meaning.concept))
			.flatMap(({ at }) => at),
	);
	return words.some(
		(word, position) =>
			!/^\d{1,2}$/.test(word) && !topical.has(position) && !TOPIC_WORDS.has(word) && !isCommonWord(word),
	);
}

/** Whether a word stands for nothing that the language's rules know. */
export function isWordWithoutMeaning(word: string): boolean {
	const index = phraseIndexOf();
	const tokens = tokenise(word);
	return index.find(index.correct(tokens), tokens).length === 0;
}

/** Names of the built-in concepts, for the operator's view. */
export const conceptNames = Object.keys(CONCEPTS);
