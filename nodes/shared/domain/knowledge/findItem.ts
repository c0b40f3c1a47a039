import type { CatalogueItem } from './knowledge';
import { coverage, missingFrom } from './match';
import { decidingWords, searchWords, type SearchWord } from './searchWords';

export interface RankedItem {
	readonly item: CatalogueItem;
	/** 0 to 1. */
	readonly score: number;
}

export type ItemDecision =
	| { readonly kind: 'found'; readonly best: RankedItem; readonly ranked: readonly RankedItem[] }
	| { readonly kind: 'several'; readonly ranked: readonly RankedItem[] }
	| { readonly kind: 'none'; readonly ranked: readonly RankedItem[] };

/** Two items nearer to each other than this are both meant. */
const TOO_NEAR = 0.08;
/** More than three cannot be buttons. */
export const MOST_CHOICES = 3;

function scoreOf(asked: readonly SearchWord[], item: CatalogueItem): number {
	const name = searchWords([item.name, item.sku].join(' '));
	const whole = searchWords([item.name, item.sku, ...item.variants, item.description ?? ''].join(' '));
	// Another model is another thing, however alike the other words are.
	if (missingFrom(asked, whole).some(({ word }) => /\d/.test(word))) return 0;
	const named = coverage(asked, name);
	const described = coverage(asked, whole);
	const ofName = coverage(
		decidingWords(item.name).filter(({ word }) => !/^\d+$/.test(word)),
		asked,
	);
	return 0.6 * named + 0.2 * described + 0.2 * ofName;
}

/**
 * Which of the candidates a product named by a customer is: slips of the finger are forgiven in words, never in model numbers.
 *
 * @param minimumScore below it nothing is said to be the thing
 */
export function findItem(product: string, candidates: readonly CatalogueItem[], minimumScore: number): ItemDecision {
	const asked = decidingWords(product);
	if (asked.length === 0) return { kind: 'none', ranked: [] };
	const ranked = candidates
		.map((item) => ({ item, score: scoreOf(asked, item) }))
		.filter(({ score }) => score > 0)
		.sort((one, other) => other.score - one.score || (one.item.sku < other.item.sku ? -1 : 1));
	const [best, second] = ranked;
	if (best === undefined || best.score < minimumScore) return { kind: 'none', ranked };
	if (second === undefined || best.score - second.score >= TOO_NEAR) return { kind: 'found', best, ranked };
	return { kind: 'several', ranked: ranked.filter(({ score }) => best.score - score < TOO_NEAR) };
}
