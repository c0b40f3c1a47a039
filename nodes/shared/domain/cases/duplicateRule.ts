import { plain } from '../classifier/normalise';
import type { CaseType, ContactFacts } from '../conversation/types';

type OpenCase = ContactFacts['openCases'][number];

/** What a customer asks for now, to be held against the open cases. */
export interface Request {
	readonly types: readonly CaseType[];
	/** Product, order number or details, when one was named. */
	readonly about?: string;
}

const SMALL_WORDS = new Set(
	'para con por los las del que una uno unos unas mas mis sus tengo necesito quiero esta este como dos tres seis diez hoy ayer sin muy'.split(
		' ',
	),
);

const contentOf = (text: string): Set<string> =>
	new Set(
		plain(text)
			.split(/[^a-z0-9]+/)
			.filter((word) => (word.length > 2 || /\d{2,}/.test(word)) && !SMALL_WORDS.has(word))
			// "portátil" and "portátiles" are the same thing.
			.map((word) => word.replace(/(?:es|s)$/, '')),
	);

function sharesWords(left: string, right: string): boolean {
	const words = contentOf(left);
	if (words.size === 0) return true;
	const others = contentOf(right);
	return others.size === 0 || [...words].some((word) => others.has(word));
}

/**
 * The open case that a request belongs to (D16): same kind, inside the window, and the same product or order, or none
 * named on one of the two sides.
 *
 * @param now the turn's own time
 * @param windowHours how long a case takes in more of the same
 */
export function findDuplicate(
	openCases: readonly OpenCase[],
	request: Request,
	now: Date,
	windowHours: number,
): OpenCase | undefined {
	return openCases.find(
		(open) =>
			request.types.includes(open.type) &&
			now.getTime() - Date.parse(open.updatedAt) <= windowHours * 3_600_000 &&
			(request.about === undefined || open.subject === undefined || sharesWords(request.about, open.subject)),
	);
}
