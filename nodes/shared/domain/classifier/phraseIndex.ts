import type { BusinessProfile } from '../profile/businessProfile';
import type { Found, Meaning } from './meaning';
import { plain, type Token } from './normalise';
import { otherForms, Spelling } from './spelling';
import type { Classification } from './types';
import { COMMON_WORDS, CONCEPTS, FILLERS, NUMBER_WORDS, type Concept } from './vocabulary';

interface PatternWord {
	readonly text: string;
	readonly prefix: boolean;
	/** Up to this many other words may stand before it. */
	readonly gap: number;
}

interface Pattern {
	readonly phrase: string;
	readonly words: readonly PatternWord[];
	readonly meaning: Meaning;
}

/** All that the rules make of a text. */
export interface Understood {
	readonly classification: Classification;
	/** Whether it says what it is about, or only names its topic. */
	readonly saysDetails: boolean;
}

const GAP = 4;
/** A shorter beginning is no sign that a word is right: "conputador" begins like "con". */
const LEAST_PREFIX = 4;
const REMEMBERED_WORDS = 5_000;
/** As many as a few conversations hold; customers' words are not kept for long. */
const REMEMBERED_TEXTS = 100;
const LONGEST_REMEMBERED = 500;

function parsePhrase(phrase: string): PatternWord[] {
	const words: PatternWord[] = [];
	let gap = 0;
	for (const part of plain(phrase).split(/\s+/)) {
		if (part === '...') {
			gap = GAP;
		} else if (part !== '') {
			const prefix = part.endsWith('*');
			words.push({ text: prefix ? part.slice(0, -1) : part, prefix, gap });
			gap = 0;
		}
	}
	return words;
}

/** Whole words behind the prefixes of the vocabulary, so that a slip in them is recognised too. */
const WHOLE_WORDS =
	'cotizacion cotizaciones cotizar presupuesto precio precios descuento computador computadores computadora portatil portatiles impresora impresoras certificado certificados certificacion catalogo promocion garantia transferencia consignacion consignar seguimiento rastrear demorado retrasado danado danada reparar reparacion mantenimiento configurar instalar disponible disponibilidad existencias camaras servidor servidores monitores teclado teclados licencia licencias cartucho toner factura facturas pedido pedidos asesor pagos soporte documento documentos contrato necesito quiero quisiera gracias informacion despacho entrega cuanto cuesta llegado dinero equipo pantalla comprobante hablar persona electronica mensajes retencion cartera'.split(
		' ',
	);

/** The phrases of the language and of one profile, ready to be found. Built once per profile. */
export class PhraseIndex {
	private readonly byWord = new Map<string, Pattern[]>();
	private readonly byPrefix = new Map<string, Pattern[]>();
	private readonly prefixLengths: readonly number[];
	private readonly starts = new Map<string, readonly Pattern[]>();
	private readonly known = new Set<string>();
	private readonly prefixes = new Set<string>();
	private readonly longestPrefix: number;
	private readonly spelling: Spelling;
	private readonly remembered = new Map<string, Understood>();

	constructor(profile?: BusinessProfile) {
		const own = new Map((profile?.keywords ?? []).map((entry) => [plain(entry.phrase), entry]));
		for (const [concept, phrases] of Object.entries(CONCEPTS) as Array<[Concept, readonly string[]]>) {
			for (const phrase of phrases) {
				if (own.get(plain(phrase))?.weight === 0) continue;
				this.add({ phrase, words: parsePhrase(phrase), meaning: { concept } });
			}
		}
		for (const { phrase, intent, weight } of own.values()) {
			if (intent === 'unknown') continue;
			// What is switched off means nothing, neither to the rules nor to what was learned.
			const meaning: Meaning = weight === 0 ? { concept: 'ignored' } : { intent, weight };
			this.add({ phrase, words: parsePhrase(phrase), meaning });
		}
		const prefixLengths = new Set([...this.byPrefix.keys()].map((prefix) => prefix.length));
		this.longestPrefix = Math.max(...[...this.prefixes].map((prefix) => prefix.length), 0);
		this.prefixLengths = [...prefixLengths].sort((left, right) => left - right);
		this.spelling = new Spelling(
			[...[...this.known].filter((word) => !COMMON.has(word)), ...WHOLE_WORDS],
			new Set(WHOLE_WORDS),
			new Set([...COMMON, ...this.known]),
		);
	}

	/** What was last made of a text: one turn asks several times what the same words mean. */
	once(text: string, understand: () => Understood): Understood {
		const known = this.remembered.get(text);
		if (known !== undefined) return known;
		const understood = understand();
		if (text.length > LONGEST_REMEMBERED) return understood;
		if (this.remembered.size >= REMEMBERED_TEXTS) this.remembered.clear();
		this.remembered.set(text, understood);
		return understood;
	}

	private add(pattern: Pattern): void {
		const head = pattern.words[0];
		if (head === undefined) return;
		const index = head.prefix ? this.byPrefix : this.byWord;
		const patterns = index.get(head.text);
		if (patterns === undefined) index.set(head.text, [pattern]);
		else patterns.push(pattern);
		for (const word of pattern.words) (word.prefix ? this.prefixes : this.known).add(word.text);
	}

	private isKnown(word: string): boolean {
		if (this.known.has(word) || COMMON.has(word)) return true;
		if (this.starts.has(word) && this.patternsOf(word).length > 0) return true;
		const longest = Math.min(word.length, this.longestPrefix);
		for (let length = LEAST_PREFIX; length <= longest; length += 1)
			if (this.prefixes.has(word.slice(0, length))) return true;
		return false;
	}

	private startsPhrase(word: string): boolean {
		return this.patternsOf(word).length > 0;
	}

	/** Patterns that may start with a word. People use few words, so what was found is kept; the bound stops a flood. */
	private patternsOf(word: string): readonly Pattern[] {
		const remembered = this.starts.get(word);
		if (remembered !== undefined) return remembered;
		const patterns = [...(this.byWord.get(word) ?? [])];
		for (const length of this.prefixLengths) {
			if (length > word.length) break;
			patterns.push(...(this.byPrefix.get(word.slice(0, length)) ?? []));
		}
		if (word.length > LONGEST_REMEMBERED) return patterns;
		if (this.starts.size > REMEMBERED_WORDS) this.starts.clear();
		this.starts.set(word, patterns);
		return patterns;
	}

	/** The words with their typos undone. */
	correct(tokens: readonly Token[]): string[] {
		return tokens.map(({ word }) => {
			if (this.isKnown(word)) return word;
			return otherForms(word).find((form) => this.startsPhrase(form)) ?? this.spelling.correct(word) ?? word;
		});
	}

	/** Every phrase in the message; the longest takes its words away from the shorter ones. */
	find(words: readonly string[], tokens: readonly Token[]): Found[] {
		const candidates: Found[] = [];
		for (let start = 0; start < words.length; start += 1)
			for (const pattern of this.patternsOf(words[start] ?? '')) this.tryAt(pattern, start, words, tokens, candidates);
		candidates.sort((left, right) => right.at.length - left.at.length || right.phrase.length - left.phrase.length);
		const owner = new Map<number, string>();
		return candidates.filter(({ at }) => {
			// Two phrases over exactly the same words may both speak (an operator's and the language's).
			const span = at.join();
			if (at.some((position) => owner.has(position) && owner.get(position) !== span)) return false;
			for (const position of at) owner.set(position, span);
			return true;
		});
	}

	private tryAt(
		pattern: Pattern,
		start: number,
		words: readonly string[],
		tokens: readonly Token[],
		candidates: Found[],
	): void {
		const at = [start];
		let position = start;
		for (const wanted of pattern.words.slice(1)) {
			let next = -1;
			for (let skip = 0; skip <= wanted.gap; skip += 1) {
				const candidate = position + 1 + skip;
				const word = words[candidate];
				if (word === undefined || (skip > 0 && tokens[candidate]?.clause !== tokens[start]?.clause)) break;
				if (wanted.prefix ? word.startsWith(wanted.text) : word === wanted.text) {
					next = candidate;
					break;
				}
			}
			if (next < 0) return;
			at.push(next);
			position = next;
		}
		candidates.push({ phrase: pattern.phrase, at, meaning: pattern.meaning });
	}
}

const COMMON: ReadonlySet<string> = new Set([...COMMON_WORDS, ...FILLERS, ...NUMBER_WORDS.keys()]);

/** Whether the word says nothing by itself. */
export const isCommonWord = (word: string): boolean => COMMON.has(word);

const compiled = new WeakMap<BusinessProfile, PhraseIndex>();
let plainIndex: PhraseIndex | undefined;

/** The index of a profile; compiled at its first use and kept as long as the profile object lives. */
export function phraseIndexOf(profile?: BusinessProfile): PhraseIndex {
	if (profile === undefined) return (plainIndex ??= new PhraseIndex());
	let index = compiled.get(profile);
	if (index === undefined) {
		index = new PhraseIndex(profile);
		compiled.set(profile, index);
	}
	return index;
}
