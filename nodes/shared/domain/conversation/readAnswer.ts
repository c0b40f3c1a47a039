import { doesNotRemember, matchAdvisor, meansTheUsual } from '../cases/advisorMatch';
import { saysDetails } from '../classifier/classify';
import { readDate } from '../classifier/dates';
import { readAmount, readNumber, readProduct, readQuantity } from '../classifier/entities';
import { plain, tokenise } from '../classifier/normalise';
import type { Classification } from '../classifier/types';
import { CITIES } from '../classifier/vocabulary';
import { validateIdentification, type IdentificationProblem } from '../identity/identification';
import { FAMILIAR_NAMES } from '../identity/familiarNames';
import { findPersonName, parseCompanyName, parsePersonName } from '../identity/personName';
import { normalizePhone } from '../identity/phone';
import { lookupTable } from '../lookupTable';
import type { Question, QuestionChoice, QuestionType } from '../profile/businessProfile';
import type { Turn } from './turn';
import type { AdvisorFacts, ChoicePart, TextPart } from './types';

/**
 * What a message is to the question that was asked. `values` may hold more than was asked ("20 portátiles" names product and
 * quantity). `none`: it speaks of something else.
 */
export type Answer =
	| {
			readonly kind: 'answered';
			readonly values: Readonly<Record<string, string>>;
			/** What else the message says; absent when it was taken whole. */
			readonly rest?: string;
	  }
	| { readonly kind: 'declined' }
	| {
			readonly kind: 'refused';
			readonly parts?: readonly TextPart[];
			readonly choices?: readonly ChoicePart[];
			/** What it answers instead of what was asked. */
			readonly values?: Readonly<Record<string, string>>;
	  }
	| { readonly kind: 'none' };

const NONE: Answer = { kind: 'none' };
const DECLINED =
	/^(?:(?:no|na|nop|nope) ?(?:la |lo |las |los )?(?:tengo|tenemos|se|recuerdo|aplica|quiero(?: dar(?:la|lo)?)?|deseo|a la mano|dispongo|cuento|poseo)?(?: .{0,24})?|prefiero no .*|despues|luego|mas tarde|paso|omitir|saltar|ninguno|ninguna|n\/a|na|sin .*|i have none|none|i don't.*|nao (?:tenho|quero).*|skip)$/;
/** Says itself that there is none, whatever stands behind it: "no tengo RUT". */
const HAS_NONE =
	/^(?:no|nop|nao|i don't) ?(?:la |lo |las |los )?(?:tengo|tenemos|have|tenho|a la mano|quiero|dispongo)/;
const NUMBERED =
	/^(?:la |el |opcion |numero |n |option |opcao |#)*(\d{1,2}|uno|una|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|primer[oa]?|segund[oa]|tercer[oa]?|cuart[oa]|quint[oa]|ultim[oa]|one|two|three|first|second|third|um|dois)(?: opcion| option)?$/;
const ORDINALS = lookupTable<number>({
	uno: 1,
	una: 1,
	primer: 1,
	primero: 1,
	primera: 1,
	one: 1,
	first: 1,
	um: 1,
	dos: 2,
	segundo: 2,
	segunda: 2,
	two: 2,
	second: 2,
	dois: 2,
	tres: 3,
	tercer: 3,
	tercero: 3,
	tercera: 3,
	three: 3,
	third: 3,
	cuatro: 4,
	cuarto: 4,
	cuarta: 4,
	cinco: 5,
	quinto: 5,
	quinta: 5,
	seis: 6,
	siete: 7,
	ocho: 8,
	nueve: 9,
	diez: 10,
});

/** Words without punctuation and politeness, for comparing with a title. */
export function bareWords(text: string): string {
	return plain(text)
		.replace(/[^a-z0-9#\s/']/g, ' ')
		.replace(
			/\b(?:por favor|porfa|porfavor|gracias|please|hola|buenas|seria|es|quiero|quisiera|deseo|necesito|la opcion|opcion)\b/g,
			' ',
		)
		.replace(/\s+/g, ' ')
		.trim();
}

/** The place that "2", "2️⃣", "la segunda" or "opción dos" stands for, from 1; `count` is the last one. */
export function placeNamed(text: string, count: number): number | undefined {
	const words = plain(text)
		.replace(/[^a-z0-9#\s]/g, ' ')
		.replace(/\b(?:por favor|porfa|porfavor|gracias|please|hola|buenas|quiero|escojo|elijo)\b/g, ' ')
		.replace(/\s+/g, ' ')
		.trim();
	const named = NUMBERED.exec(words)?.[1];
	if (named === undefined) return undefined;
	const place = /^ultim/.test(named) ? count : /^\d/.test(named) ? Number(named) : ORDINALS.get(named);
	return place !== undefined && place >= 1 && place <= count ? place : undefined;
}

/** Titles count by their words; leading numbers ("1. Cotización") do not. */
const titleWords = (title: string): string => bareWords(title.replace(/^\s*\d+[.)]\s*/, ''));

/** What a choice is called. */
const namesOf = ({ title, translations, keywords }: QuestionChoice): string[] =>
	[title, ...Object.values(translations), ...keywords].map(titleWords);

/** The choice that a text names by place, title or keyword. */
export function choiceNamed(text: string, choices: readonly QuestionChoice[]): QuestionChoice | undefined {
	const place = placeNamed(text, choices.length);
	if (place !== undefined) return choices[place - 1];
	const words = bareWords(text);
	if (words === '') return undefined;
	const exact = choices.find((choice) => namesOf(choice).includes(words));
	if (exact !== undefined) return exact;
	// The choice with the longest name inside the text: "la cotización formal, porfa".
	const padded = ` ${words} `;
	const inside = choices
		.map((choice) => ({
			choice,
			length: Math.max(
				0,
				...namesOf(choice)
					.filter((name) => padded.includes(` ${name} `))
					.map((name) => name.length),
			),
		}))
		.filter(({ length }) => length > 0)
		.sort((left, right) => right.length - left.length);
	const [best, next] = inside;
	return best !== undefined && (next === undefined || best.length > next.length) ? best.choice : undefined;
}

/** A need of another kind, said clearly enough that the message is no answer. */
function isAnotherNeed(turn: Turn, classification: Classification, certainty = 0.6): boolean {
	if (classification.confidence < certainty) return false;
	if (['greeting', 'thanks', 'unknown'].includes(classification.intent)) return false;
	return !(turn.option?.intents.includes(classification.intent) ?? false);
}

type Reader = (turn: Turn, question: Question, text: string, classification: Classification) => Answer;

const readName: Reader = (turn, question, text, classification) => {
	// "no imprime en color" says no, and yet refuses nothing.
	if (DECLINED.test(bareWords(text)) && !isNeedWord(classification)) return { kind: 'refused' };
	const found = findPersonName(text);
	// "Transferencia Bancolombia" looks like a name; "Luis Mora" is one, whatever else its words mean.
	const certain = plain(found?.name ?? '')
		.split(/[\s-]/)
		.some((word) => FAMILIAR_NAMES.has(word));
	if (found !== undefined && (certain || found.rest !== '' || !isNeedWord(classification)))
		return {
			kind: 'answered',
			values: { [question.field]: found.name },
			...(found.rest === '' ? {} : { rest: found.rest }),
		};
	const company = parseCompanyName(text);
	if (company !== undefined) {
		const values: Record<string, string> = { [question.field]: company, company };
		return { kind: 'answered', values };
	}
	const { name: introduced } = classification.entities;
	if (introduced !== undefined) return { kind: 'answered', values: { [question.field]: introduced }, rest: text };
	// "1020304050 Juan Pérez", "quiero cotizar, Juan Pérez": one piece of the message is the name.
	for (const piece of text.split(/[,;\n]|\.\s|\s-\s|(?<=\d)\s|\s(?=\d)/u)) {
		const name = parsePersonName(piece);
		if (name !== undefined && name.includes(' '))
			return { kind: 'answered', values: { [question.field]: name }, rest: text };
	}
	const identification = validateIdentification(text, turn.profile.country);
	if ('value' in identification && !isNeedWord(classification))
		return {
			kind: 'refused',
			values: { identification: identification.value, identificationType: identification.type },
			parts: [{ text: 'name_after_identification' }],
		};
	return isNeedWord(classification) ? NONE : { kind: 'refused' };
};

const isNeedWord = ({ intent, confidence }: Classification): boolean =>
	confidence >= 0.5 && intent !== 'unknown' && intent !== 'greeting' && intent !== 'thanks';

/** Sentences for what is wrong with a number; a profile's own sentence wins. */
const WRONG_IDENTIFICATION: Readonly<Partial<Record<IdentificationProblem, string>>> = {
	missing: 'identification_missing',
	phone: 'identification_phone',
	check_digit: 'identification_check_digit',
	too_long: 'identification_too_long',
};

/** What people write around the number of their document. */
const AROUND_IDENTIFICATION =
	/\b(?:mi|la|el|los|es|son|seria|numero|num|no|nro|de|del|cedula|cc|c|nit|rut|pasaporte|passport|documento|doc|identificacion|identidad|ti|t|i|ce|e|ppt|pep|dni|ciudadania|extranjeria|tarjeta|soy|con|claro|si|senor|senora|senorita|ok|listo|aqui|este|ese|va|tengo|y|my|is|id|number)\b/g;

/** What a message says besides the document's number; nothing when only words around the number are left. */
function besideIdentification(text: string, value: string): string | undefined {
	const number = [...value.replace(/[^A-Z0-9]/gi, '')].join('[\\s.,-]*');
	const rest = text.replace(new RegExp(number, 'i'), ' ');
	const words = plain(rest)
		.replace(/[^\p{L}\s]/gu, ' ')
		.replace(AROUND_IDENTIFICATION, ' ');
	return /\p{L}{2}/u.test(words) ? rest.replace(/\s+/g, ' ').trim() : undefined;
}

const readIdentification: Reader = (turn, question, text, classification) => {
	const read = validateIdentification(text, turn.profile.country);
	const answered = (value: string, values: Readonly<Record<string, string>>): Answer => {
		const rest = besideIdentification(text, value);
		return {
			kind: 'answered',
			values: { [question.field]: value, ...values },
			...(rest === undefined ? {} : { rest }),
		};
	};
	if ('value' in read) return answered(read.value, { [`${question.field}Type`]: read.type });
	const { identification } = classification.entities;
	if (identification !== undefined) return answered(identification, {});
	if (DECLINED.test(bareWords(text)) && !(isNeedWord(classification) && !HAS_NONE.test(bareWords(text))))
		return { kind: 'declined' };
	// "es mi celular" speaks of the number that was refused, not of a phone that is broken.
	if (/^(?:ese |eso |este )?(?:es|era) (?:mi|el) (?:numero|celular|cel|telefono|whatsapp|movil)\b/.test(plain(text)))
		return { kind: 'refused', parts: [{ text: 'identification_missing' }] };
	if (read.problem === 'missing' && isNeedWord(classification)) return NONE;
	const wrong = question.invalidTextKey === 'identification_invalid' ? WRONG_IDENTIFICATION[read.problem] : undefined;
	return { kind: 'refused', ...(wrong === undefined ? {} : { parts: [{ text: wrong }] }) };
};

const BOTH = /^(?:(?:las|los) dos(?: cosas)?|ambas?(?: cosas)?|ambos|both|as duas|os dois)$/;

const readChoice: Reader = (turn, question, text, classification) => {
	const named = choiceNamed(text, question.choices);
	if (named !== undefined) {
		const whole = placeNamed(text, question.choices.length) !== undefined || namesOf(named).includes(bareWords(text));
		return { kind: 'answered', values: { [question.field]: named.value }, ...(whole ? {} : { rest: text }) };
	}
	// "las dos": of the two, the one that the option is for holds the other ("formal" tells the price too).
	const whole = question.choices.find(({ caseType }) => caseType !== undefined && caseType === turn.option?.caseType);
	if (whole !== undefined && question.choices.length === 2 && BOTH.test(bareWords(text)))
		return { kind: 'answered', values: { [question.field]: whole.value } };
	const byIntent = question.choices.find((choice) => choice.intents.includes(classification.intent));
	if (byIntent !== undefined && classification.confidence >= 0.4)
		return { kind: 'answered', values: { [question.field]: byIntent.value }, rest: text };
	if (isAnotherNeed(turn, classification)) return NONE;
	return DECLINED.test(bareWords(text)) ? { kind: 'declined' } : { kind: 'refused' };
};

/** "este monitor, necesito 2", "mouse x 10", "teclados, 5 unidades". */
const COUNTED =
	/(?:\b(?:necesito|quiero|serian|son|ocupo|requiero|cantidad:?|x)\s*)(\d{1,5})\b(?!\s*(?:gb|tb|ram|pulg|mil|hz|w\b|va\b|"|%|[.,]\d))|\b(\d{1,5})\s*(?:unidades|unidad|unds?|uds)\b/;

/** Longer answers are a description; its beginning names the case. */
const MOST_OF_A_PRODUCT = 80;

/** "portátiles, impresoras y tóner": the first thing with the others of the list, as they were written. */
function wholeList(text: string, first: string | undefined): string | undefined {
	if (first === undefined) return undefined;
	const start = text.indexOf(first);
	const others = start < 0 ? '' : text.slice(start + first.length);
	const listed =
		/^(?:\s*(?:,|;|\n|\by\b|\be\b|\+|\bcon\b)\s*(?!por favor|porfa|gracias|urgente|para|formal|es |me |necesito|quiero|ser[ií]an?|son |solo|no )[\p{L}\p{N}][^,;.\n?¿]*)+/u.exec(
			others,
		);
	return listed === null ? first : `${first}${listed[0]}`.replace(/\s+/g, ' ').slice(0, MOST_OF_A_PRODUCT).trim();
}

const readProductAnswer: Reader = (turn, question, text, classification) => {
	if (isAnotherNeed(turn, classification)) return NONE;
	if (classification.intent === 'thanks' || classification.intent === 'greeting') return NONE;
	const tokens = tokenise(text);
	const words = tokens.map(({ word }) => word);
	const mention = readProduct(tokens, words);
	const quantity =
		mention.quantity ?? classification.entities.quantity ?? COUNTED.exec(plain(text))?.slice(1).find(Boolean);
	const thing = wholeList(text, classification.entities.product ?? mention.product);
	const said = text.trim();
	// "lo que vi en el catálogo": no thing that the rules know, and yet an answer.
	const free = words.length >= 4 && !/[?¿]/.test(said) && !DECLINED.test(bareWords(said));
	const product =
		thing !== undefined && /\p{L}{3}|^(?:tv|pc|hp|ups)$/iu.test(thing)
			? thing
			: free
				? said.slice(0, MOST_OF_A_PRODUCT)
				: undefined;
	const values: Record<string, string> = {
		...(product === undefined ? {} : { [question.field]: product }),
		...(quantity === undefined ? {} : { quantity: String(quantity) }),
	};
	if (product !== undefined) return { kind: 'answered', values, rest: text };
	if (DECLINED.test(bareWords(text))) return { kind: 'declined' };
	return Object.keys(values).length > 0 ? { kind: 'answered', values } : { kind: 'refused' };
};

const readText: Reader = (turn, question, text, classification) => {
	if (isAnotherNeed(turn, classification, 0.75) && !saysDetails(text, turn.profile)) return NONE;
	if (classification.intent === 'greeting' || classification.intent === 'thanks') return NONE;
	if (isAnotherNeed(turn, classification, 0.85)) return NONE;
	if (!/[\p{L}\p{N}]/u.test(text)) return NONE;
	// "no prende" is all there is to say, and says it.
	if (DECLINED.test(bareWords(text)) && bareWords(text).length < 16 && !isNeedWord(classification))
		return { kind: 'declined' };
	return { kind: 'answered', values: { [question.field]: text.trim() } };
};

/** Advisors of whose name a sentence holds a word letter for letter: "el pedido lo hizo Laura". */
function advisorsMentioned(text: string, advisors: readonly AdvisorFacts[]): AdvisorFacts[] {
	const words = new Set(plain(text).match(/[a-z]{4,}/g) ?? []);
	return advisors.filter(({ name, aliases = [] }) =>
		[name, ...aliases].some((known) =>
			plain(known)
				.split(' ')
				.some((part) => words.has(part)),
		),
	);
}

const readAdvisor: Reader = (turn, question, text, classification) => {
	if (doesNotRemember(text)) return { kind: 'declined' };
	if (meansTheUsual(text))
		return turn.contact.ownerName === undefined
			? { kind: 'declined' }
			: { kind: 'answered', values: { [question.field]: turn.contact.ownerName } };
	const order = classification.entities.orderNumber;
	const extra: Record<string, string> = order === undefined ? {} : { orderNumber: order };
	if (turn.advisors === undefined) {
		const name = parsePersonName(text) ?? classification.entities.advisor;
		if (name !== undefined) return { kind: 'answered', values: { ...extra, [question.field]: name } };
		return isNeedWord(classification) ? NONE : { kind: 'refused' };
	}
	const place = placeNamed(text, turn.memory.advisorsOffered?.length ?? 0);
	const offered = place === undefined ? undefined : turn.memory.advisorsOffered?.[place - 1];
	if (offered !== undefined) return { kind: 'answered', values: { ...extra, [question.field]: offered } };
	const match = matchAdvisor(classification.entities.advisor ?? text, turn.advisors, turn.profile.advisors.nearMatches);
	if (match.kind === 'found') return { kind: 'answered', values: { ...extra, [question.field]: match.advisor.name } };
	const mentioned = match.kind === 'not_found' ? advisorsMentioned(text, turn.advisors) : [];
	const [only] = mentioned;
	if (only !== undefined && mentioned.length === 1)
		return { kind: 'answered', values: { ...extra, [question.field]: only.name } };
	if (match.kind === 'not_found' && mentioned.length === 0 && isAnotherNeed(turn, classification)) return NONE;
	const names =
		match.kind === 'ambiguous' || mentioned.length > 0
			? (match.kind === 'ambiguous' ? match.advisors : mentioned).slice(0, 9)
			: turn.profile.advisors.showAll && turn.advisors.length <= 9
				? turn.advisors
				: match.near;
	turn.memory.advisorsOffered = names.map(({ name }) => name);
	return {
		kind: 'refused',
		values: extra,
		parts: [
			{
				text:
					match.kind === 'ambiguous' || mentioned.length > 0
						? 'advisor_ambiguous'
						: (question.invalidTextKey ?? question.textKey),
			},
		],
	};
};

const EMAIL = /[\p{L}\p{N}._%+-]+@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+/u;

/** A reader for an answer that is one value, found or not. */
const single =
	(find: (text: string, turn: Turn) => string | undefined): Reader =>
	(turn, question, text, classification) => {
		const value = find(text, turn);
		if (value !== undefined) return { kind: 'answered', values: { [question.field]: value } };
		if (isAnotherNeed(turn, classification)) return NONE;
		return DECLINED.test(bareWords(text)) ? { kind: 'declined' } : { kind: 'refused' };
	};

function firstQuantity(text: string): string | undefined {
	const words = tokenise(text).map(({ word }) => word);
	for (let position = 0; position < words.length; position += 1) {
		const found = readQuantity(words, position);
		if (found !== undefined) return String(found.value);
	}
	const number = readNumber(text.trim());
	return number === undefined || text.trim() === '' ? undefined : String(number);
}

function cityNamed(text: string): string | undefined {
	const words = ` ${plain(text).replace(/[^a-z\s]/g, ' ')} `;
	const known = [...CITIES].find(([name]) => words.includes(` ${name} `))?.[1];
	return known ?? (/^\p{L}[\p{L}\s.'-]{2,40}$/u.test(text.trim()) ? text.trim() : undefined);
}

const READERS: Readonly<Record<QuestionType, Reader>> = {
	advisor: readAdvisor,
	amount: single((text) => {
		const amount = readAmount(text) ?? readNumber(text.trim());
		return amount === undefined ? undefined : String(amount);
	}),
	choice: readChoice,
	city: single(cityNamed),
	date: single((text, turn) => readDate(text, turn.at, turn.profile.timeZone)),
	email: single((text) => EMAIL.exec(text)?.[0].toLowerCase()),
	identification: readIdentification,
	name: readName,
	number: single(firstQuantity),
	phone: single((text, turn) => normalizePhone(text, turn.profile.country)?.e164),
	product: readProductAnswer,
	text: readText,
};

/** Reads a message as the answer to a question of the profile. */
export function readAnswer(turn: Turn, question: Question, text: string, classification: Classification): Answer {
	return READERS[question.type](turn, question, text, classification);
}
