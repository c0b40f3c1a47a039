import type { BusinessProfile } from '../profile/businessProfile';
import { dateWanted } from './dates';
import { decide } from './decision';
import { readEntities } from './entities';
import { judge } from './learned';
import { readable, tokenise } from './normalise';
import { isCommonWord, phraseIndexOf, type PhraseIndex, type Understood } from './phraseIndex';
import { read, type Reading } from './reading';
import type { Classification } from './types';
import type { Concept } from './vocabulary';

export interface ClassifyOptions {
	/** The client's own keywords, language and country. */
	readonly profile?: BusinessProfile;
	/** ISO 3166 code, when there is no profile. */
	readonly country?: string;
	/** When the message was written; without it no day is read from it. */
	readonly at?: Date;
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
	const { intent, confidence, because } = judge(reading, decide(reading, text));
	return {
		classification: {
			intent,
			confidence,
			matched: because === undefined ? reading.matched : [...reading.matched, because],
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
