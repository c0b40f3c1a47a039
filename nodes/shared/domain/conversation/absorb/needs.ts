import { classify, saysDetails } from '../../classifier/classify';
import { plain } from '../../classifier/normalise';
import type { Classification, Intent } from '../../classifier/types';
import { ownValue } from '../../ownValue';
import type { MenuOption } from '../../profile/businessProfile';
import { bareWords } from '../readAnswer';
import type { SaidNeed, Turn } from '../turn';
import { ACKNOWLEDGED, lettersOf } from './commands';
import { appendSubject, chooseOption, keepDetails, sessionCase } from './flow';
import { POINTS_AT, prefill } from './prefill';

/** Only tells more of what was said before: "de la compra de ayer", "con 16 gb". */
const TELLS_MORE = /^(?:y )?(?:de|del|con|para|en|por|es|son|era|eran|la|el|los|las|que sea|que sean|a) /;

/** Who asks, in a clause of a longer sentence. */
const ASKS =
	/\b(?:necesit\w+|quiero|quisiera|queremos|requier\w+|solicit\w+|cotiz\w+|saber|comprar|averiguar|me (?:repar\w+|arregl\w+|revis\w+|instal\w+|configur\w+|mand\w+|envi\w+|pas\w+|ayud\w+|regal\w+|dig\w+|dic\w+|confirm\w+|cotic\w+)|donde|cuando|need|want|preciso|quero)\b/;

/** "cotizar 3 monitores y la factura de ayer": papers are asked for by name; other things belong to the first. */
const NAMED = /^(?:el|la|los|las|mis?|una?)\s(?!.*\b(?:a nombre|electr[oó]nica)\b)/iu;
const NAMED_NEEDS: ReadonlySet<Intent> = new Set<Intent>(['billing', 'documents']);

/** More of them make a page, which is no list of needs. */
const MOST_CLAUSES = 10;

const ADDED = /(?:tambi[eé]n|adem[aá]s|aparte|also)\s+$/iu;

/** "cotizar 5 monitores y que me manden la factura": two needs of different options in one sentence, or none (D15). */
function needsOfClauses(turn: Turn, text: string): SaidNeed[] {
	const clauses = text.split(
		/\s+(?:y|e|and)\s+(?:(?:tambi[eé]n|adem[aá]s|de paso|que)\s+)*|[.;\n]\s*|,\s+(?=\p{L}{4})|,?\s*(?:tambi[eé]n|adem[aá]s|aparte|also)\s+/iu,
	);
	if (clauses.length < 2 || clauses.length > MOST_CLAUSES) return [];
	const needs = new Map<string, SaidNeed>();
	for (const clause of clauses) {
		// "cotizar 3 ups y también la factura": the second asks with the first one's verb.
		const added = needs.size > 0 && ADDED.test(text.slice(0, text.indexOf(clause)));
		const named = needs.size > 0 && NAMED.test(clause);
		if (!ASKS.test(plain(clause)) && !added && !named) continue;
		const { intent, confidence, matched } = classify(clause, { profile: turn.profile });
		if (named && !added && !NAMED_NEEDS.has(intent)) continue;
		const option = turn.profile.options.find(({ intents }) => intents.includes(intent));
		const asks = matched.some((rule) => rule.intent === intent && rule.weight >= 2);
		if (option === undefined || !asks || confidence < 0.6 || needs.has(option.id)) continue;
		needs.set(option.id, { intent, confidence, text: clause.trim(), asks });
	}
	return [...needs.values()];
}

/**
 * An option that the business added belongs to no intent: a keyword of it in free words leads to it (U1). `alquil*` is
 * every word that begins so; short words would be met by chance.
 */
function ownOptionNamed(turn: Turn, text: string): { option: MenuOption; keyword: string } | undefined {
	const words = ` ${bareWords(text)} `;
	for (const option of turn.profile.options) {
		if (option.intents.length > 0) continue;
		const keyword = option.keywords.find((candidate) => {
			const bare = bareWords(candidate);
			return bare.length >= 4 && words.includes(candidate.endsWith('*') ? ` ${bare}` : ` ${bare} `);
		});
		if (keyword !== undefined) return { option, keyword };
	}
	return undefined;
}

/** As many words as are thrown in after a request; more of them make a new one. */
const MOST_OF_A_FRAGMENT = 3;

/** "bancolombia?" right after a question about a payment: a word more about the case, not a second request. */
function isFragmentOfCase(turn: Turn, text: string, { intent, entities }: Classification): boolean {
	const words = bareWords(text).split(' ');
	return (
		sessionCase(turn) !== undefined &&
		intent === turn.state.caseType &&
		words.length <= MOST_OF_A_FRAGMENT &&
		!ASKS.test(plain(text)) &&
		entities.orderNumber === undefined &&
		(intent !== 'quotation' || entities.product === undefined) &&
		saysDetails(text, turn.profile)
	);
}

/** What a text asks for: a need, a wish, or words that are kept until their place is known. */
export function absorbNeed(turn: Turn, text: string, classification: Classification): void {
	const { intent, confidence } = classification;
	const own = turn.option === undefined ? ownOptionNamed(turn, text) : undefined;
	if (own !== undefined) {
		chooseOption(turn, own.option);
		turn.rules.push(`${own.option.label}: “${own.keyword}”`);
		appendSubject(turn, text);
		prefill(turn, text, classification);
		return;
	}
	const words = lettersOf(text);
	if (intent === 'human') turn.commands.add('person');
	else if (intent === 'greeting') turn.commands.add('greeting');
	else if (intent === 'thanks') turn.commands.add('thanks');
	else if (ACKNOWLEDGED.test(words) || words === '') turn.commands.add('acknowledgement');
	else if (intent === 'unknown' || confidence < turn.profile.classifier.threshold / 2) {
		turn.leftovers.push(text);
		appendSubject(turn, text);
		// "sillas", "negras", "para oficina" in one turn: more of the thing that was just named.
		if (turn.option?.questions.some(({ type, field }) => type === 'product' && ownValue(turn.fields, field)))
			keepDetails(turn, text);
	} else {
		const asks =
			classification.by === 'model' ||
			(classification.matched.some((rule) => rule.intent === intent && rule.weight >= 2) &&
				!(TELLS_MORE.test(plain(text)) && !ASKS.test(plain(text)) && !text.includes('?')) &&
				!isFragmentOfCase(turn, text, classification));
		const several = turn.option === undefined ? needsOfClauses(turn, text) : [];
		turn.wishesPerson ||= classification.matched.some((rule) => rule.intent === 'human' && rule.weight >= 3);
		if (several.length > 1) turn.needs.push(...several);
		else turn.needs.push({ intent, confidence, text, asks });
		if (saysDetails(text, turn.profile) || POINTS_AT.test(plain(text))) appendSubject(turn, text);
		if (turn.option !== undefined) prefill(turn, text, classification);
		// More about what is under way, while a name is asked for: part of the request (B6).
		if (turn.option?.intents.includes(intent) && turn.fields['details'] !== undefined) keepDetails(turn, text);
	}
}
