/** The words of n8n's interface: its UX guidelines as questions about a text. */

const MINOR_WORDS = new Set(
	'a an and as at but by for from if in into is nor of on or per the to via vs with without'.split(' '),
);

const words = (text: string): string[] => text.match(/[\p{L}\p{N}][\p{L}\p{N}'’.-]*/gu) ?? [];

/** Codes stay as the vendor writes them: `es_CO`, `image/png`, `en`. */
const isCode = (text: string): boolean => /^[a-z]{2}$|^[a-z]{2}_[A-Z]{2}$|^\S*[/_]\S*$/.test(text);

const startsLower = (word: string): boolean => /^\p{Ll}/u.test(word);

/** Names of nodes, fields and options: every word but the small ones starts with a capital. */
export const isTitleCase = (text: string): boolean =>
	isCode(text) ||
	words(text).every((word, position) => !startsLower(word) || (position > 0 && MINOR_WORDS.has(word.toLowerCase())));

/** Names that keep their capital anywhere. */
const PROPER_NAMES = new Set(
	'WhatsApp Wazzup Stripe Meta Graph Cloud CRM SLA Spanish English Colombia Checkout Lead Crear n8n'.split(' '),
);

/** Actions and descriptions: a capital at the beginning, then only proper names and abbreviations. */
export const isSentenceCase = (text: string): boolean =>
	words(text).every((word, position) =>
		position === 0
			? !startsLower(word)
			: startsLower(word) || !/\p{L}/u.test(word) || PROPER_NAMES.has(word) || /^[\p{Lu}\p{N}]+s?$/u.test(word),
	);

export const startsWithCapital = (text: string): boolean => !/^\p{Ll}/u.test(text.trim());

export const hasArticle = (text: string): boolean => /\b(a|an|the)\b/i.test(text);

/** `Id`, `Url`, `Json`, `Api` in a text for people, where n8n writes capitals. */
export const miscasedAbbreviation = (text: string): string | undefined =>
	/\b(Id|Ids|Url|Urls|Json|Api|Pdf)\b/.exec(text)?.[0];

/** One sentence ends without a period, several end with one. HTML and abbreviations are no sentence ends. */
export function hasWrongFinalPeriod(text: string): boolean {
	const plain = text
		.replace(/<[^>]+>/g, '')
		.replace(/\b(e\.g|i\.e|etc|vs)\./g, '$1')
		.trim();
	const several = /[.?!]\s+\p{Lu}/u.test(plain);
	return several ? !/[.?!)]$/.test(plain) : /[^.]\.$/.test(plain);
}

/** The first name that is out of alphabetical order, if any. */
export function outOfOrder(names: readonly string[]): string | undefined {
	return names.find(
		(name, position) =>
			position > 0 && names[position - 1].localeCompare(name, 'en', { sensitivity: 'base', numeric: true }) > 0,
	);
}
