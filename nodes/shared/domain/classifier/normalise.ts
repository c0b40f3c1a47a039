import { ABBREVIATIONS } from './vocabulary';

/** A word of the message: as the rules read it, and where it stands. */
export interface Token {
	/** Lower case, without accents, abbreviations written out. */
	readonly word: string;
	/** As the person wrote it. */
	readonly raw: string;
	/** Number of the clause it stands in. */
	readonly clause: number;
}

const KEYCAP = /([0-9#*])\uFE0F?\u20E3/g;
const ASCII = /^[\x20-\x5f\x61-\x7e\s]*$/;
const REPEATED = /([a-z])\1/;
const COMBINING = /[\u0300-\u036f]/g;
/** Words, numbers with their separators, e-mail addresses; runs of punctuation only separate. */
const PIECES = /[\p{L}\p{N}]+(?:[.,@'’_/&+-][\p{L}\p{N}]+)*|[.,;:!?¿¡\n()]+|(?<=\s)\+(?=\s)/gu;
const STARTS_WORD = /^[\p{L}\p{N}]/u;
const NUMBER = /^\d+(?:[.,]\d+)*$/;
/** Words that start a new thought. */
const TURNING = new Set(['sino', 'pero', 'aunque', 'but', 'mejor', 'tambien', 'ademas', 'porem', 'also']);

const withoutKeycaps = (text: string): string => (text.includes('\u20E3') ? text.replace(KEYCAP, '$1') : text);

const READ = /^.{0,4000}/su;

/**
 * What is read of a message. A person can write 65,536 characters in WhatsApp, and some send a whole page; what they need stands in
 * the first thousands. The message itself is kept whole.
 */
export const readable = (text: string): string => READ.exec(text)?.[0] ?? '';

/** Lower case without accents, `1️⃣` as `1`, three or more equal letters as one, and two at the end ("holaa"). */
export function plain(text: string): string {
	const lower = withoutKeycaps(text).toLowerCase();
	// Most words have no accent: taking letters apart costs more than everything else here.
	const bare = ASCII.test(lower) ? lower : lower.normalize('NFD').replace(COMBINING, '').replace(/[’´`]/g, "'");
	return REPEATED.test(bare) ? bare.replace(/([a-z])\1{2,}/g, '$1').replace(/([aiu])\1\b/g, '$1') : bare;
}

/** The message as words, with abbreviations written out and clauses counted. */
export function tokenise(text: string): Token[] {
	const tokens: Token[] = [];
	let clause = 0;
	for (const piece of withoutKeycaps(text).match(PIECES) ?? []) {
		if (!STARTS_WORD.test(piece)) {
			clause += 1;
			continue;
		}
		const whole = plain(piece);
		if (TURNING.has(whole)) clause += 1;
		const written = ABBREVIATIONS.get(whole);
		// "1 tb" is a size; "tb" anywhere else is "también".
		const measures = NUMBER.test(tokens.at(-1)?.word ?? '') && /^(?:tb|k|m|x)$/.test(whole);
		if (!measures && written !== undefined) {
			for (const word of written.split(' ')) tokens.push({ word, raw: piece, clause });
		} else if (NUMBER.test(whole) || whole.includes('@') || whole.includes("'")) {
			tokens.push({ word: whole, raw: piece, clause });
		} else {
			for (const raw of piece.split(/[.,_/&+]/))
				if (raw !== '') tokens.push({ word: raw === piece ? whole : plain(raw), raw, clause });
		}
	}
	return tokens;
}
