import { beginOf, conceptOf, endOf, weightOf, type Found } from './meaning';
import type { Token } from './normalise';
import { CHANGES_OF_MIND, NEGATIONS, SET_ASIDE } from './rules';
import type { Concept } from './vocabulary';

/** Only with one of these can anything be denied; most messages are done with at one look. */
const MAY_DENY =
	/\b(?:no|nao|not|don't|tampoco|nada|vez|lugar|sin|olvid|mejor|mas|sino|cambie|realidad|ahora|ya|pensandolo|rather|instead|actually|melhor|verdade|gracias|agradezco|thanks|bien)/;

const THANKED_FOR = /\b(?:gracias|agradezco|thanks|thank you|obrigado) (?:mucho )?(?:por|for|pela|pelo)\b/g;

/** A “no” before these is part of what they say, or denies only what is wanted. */
const UNDENIABLE: ReadonlySet<Concept | undefined> = new Set<Concept>(['optOut', 'dontSend', 'want']);

/** A phrase with so many words has its “no” inside: "no quiero hablar con un robot" means what it says. */
const WORDS_OF_A_WHOLE_DENIAL = 4;

/** What is named behind a change of mind must say at least this much before what was said earlier falls. */
const SAID_INSTEAD = 2;

/** Words that begin what is the case instead: "no es una cotización es un pedido que no ha llegado". */
const INSTEAD = new Set(['es', 'son', 'era', 'eran', 'sino', 'pero', 'quiero', 'necesito', 'e', 'it']);

/** Positions of words inside a text of words joined by single blanks. */
function positionsOf(words: readonly string[]): number[] {
	let offset = 0;
	return words.map((word) => {
		const at = offset;
		offset += word.length + 1;
		return at;
	});
}

/** A message in which somebody may take back what they say. */
class Denials {
	readonly dropped = new Set<Found>();
	private readonly text: string;
	private readonly offsets: readonly number[];

	constructor(
		private readonly words: readonly string[],
		private readonly tokens: readonly Token[],
		private readonly found: readonly Found[],
	) {
		this.text = words.join(' ');
		this.offsets = positionsOf(words);
	}

	/** "No es por la factura": what stands behind a negation in the same clause. */
	dropDenied(): void {
		for (const negation of NEGATIONS) {
			for (const match of this.text.matchAll(negation)) {
				const [start, last] = this.placeOf(match);
				this.dropBehind(start, this.endOfDenial(last));
			}
		}
	}

	/** "El certificado no, la factura": what stands before, where something else follows. */
	dropSetAside(): void {
		for (const aside of SET_ASIDE) for (const match of this.text.matchAll(aside)) this.setAside(this.placeOf(match)[0]);
		for (const [position, word] of this.words.entries())
			if (position > 0 && word === 'no' && this.endsClause(position)) this.setAside(position);
	}

	/** "Una cotización, o mejor un técnico": all that was said before the change of mind. */
	dropBeforeChangesOfMind(): void {
		for (const change of CHANGES_OF_MIND) {
			for (const match of this.text.matchAll(change)) {
				const [start, last] = this.placeOf(match);
				const after = new Map(
					this.found
						.filter((phrase) => beginOf(phrase) > last && !this.dropped.has(phrase))
						.map((phrase) => [conceptOf(phrase) ?? phrase.phrase, weightOf(phrase)]),
				);
				// One word that says much, or several that say a little each ("si les quedan diademas").
				if ([...after.values()].reduce((sum, weight) => sum + weight, 0) < SAID_INSTEAD) continue;
				for (const phrase of this.found) if (endOf(phrase) < start) this.dropped.add(phrase);
			}
		}
	}

	/** "Gracias por la cotización" asks for none. */
	dropThankedFor(): void {
		for (const match of this.text.matchAll(THANKED_FOR)) {
			const [start] = this.placeOf(match);
			for (const phrase of this.found)
				if (beginOf(phrase) > start && this.clauseAt(beginOf(phrase)) === this.clauseAt(start))
					this.dropped.add(phrase);
		}
	}

	/** Positions of the first and the last word of a match. */
	private placeOf(match: RegExpExecArray): [number, number] {
		return [this.positionAt(match.index), this.positionAt(match.index + match[0].length - 1)];
	}

	private positionAt(offset: number): number {
		let position = 0;
		while (position + 1 < this.offsets.length && (this.offsets[position + 1] ?? 0) <= offset) position += 1;
		return position;
	}

	private clauseAt(position: number): number | undefined {
		return this.tokens[position]?.clause;
	}

	private endsClause(position: number): boolean {
		const clause = this.clauseAt(position);
		const next = this.tokens[position + 1];
		return this.clauseAt(position - 1) === clause && next !== undefined && next.clause !== clause;
	}

	private dropBehind(start: number, end: number): void {
		const clause = this.clauseAt(start);
		for (const phrase of this.found) {
			const begin = beginOf(phrase);
			const denied = begin > start && begin < end && this.clauseAt(begin) === clause;
			if (denied && !UNDENIABLE.has(conceptOf(phrase))) this.dropped.add(phrase);
			if (phrase.at.length >= WORDS_OF_A_WHOLE_DENIAL && phrase.at.includes(start)) this.keepBehind(start, phrase);
		}
	}

	private keepBehind(start: number, whole: Found): void {
		for (const other of this.found) if (other !== whole && beginOf(other) > start) this.dropped.delete(other);
	}

	/** Behind the first thing that is denied somebody may go on without a comma. */
	private endOfDenial(from: number): number {
		const first = Math.min(...this.found.filter((phrase) => beginOf(phrase) > from).map(endOf));
		const instead = this.words.findIndex((word, position) => position > first && INSTEAD.has(word));
		return instead < 0 ? Infinity : instead;
	}

	private setAside(position: number): void {
		const clause = this.clauseAt(position);
		const goesOn = this.found.some(
			(phrase) => (this.clauseAt(beginOf(phrase)) ?? 0) > (clause ?? 0) && weightOf(phrase) >= 1,
		);
		if (!goesOn) return;
		for (const phrase of this.found)
			if (this.clauseAt(beginOf(phrase)) === clause && endOf(phrase) < position) this.dropped.add(phrase);
	}
}

/** Which phrases do not count: denied, set aside, before a change of mind, or thanked for. */
export function unsaid(
	words: readonly string[],
	tokens: readonly Token[],
	found: readonly Found[],
): ReadonlySet<Found> {
	if (!MAY_DENY.test(words.join(' '))) return new Set();
	const denials = new Denials(words, tokens, found);
	denials.dropDenied();
	denials.dropSetAside();
	denials.dropBeforeChangesOfMind();
	denials.dropThankedFor();
	return denials.dropped;
}
