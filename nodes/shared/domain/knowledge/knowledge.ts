import type { ChoicePart, TextPart } from '../conversation/types';

/** Something the business sells, as it keeps it (C7). */
export interface CatalogueItem {
	readonly id: string;
	readonly sku: string;
	readonly name: string;
	readonly variants: readonly string[];
	readonly description?: string;
	/** Decimal text. */
	readonly price?: string;
	/** ISO 4217. */
	readonly currency?: string;
	/** Last day on which the price is said, `2026-12-31` in the business's time zone. */
	readonly priceValidUntil?: string;
	readonly promotionPrice?: string;
	readonly promotionFrom?: string;
	readonly promotionUntil?: string;
	/** Pieces by branch; the empty name is the whole business. */
	readonly stock: Readonly<Record<string, number>>;
	readonly deliveryTime?: string;
	readonly link?: string;
}

/** A question the business has answered once for all, or a passage of one of its documents. */
export interface KnowledgeEntry {
	readonly id: string;
	readonly title: string;
	/** Other ways in which it is asked. */
	readonly questions: readonly string[];
	readonly answer: string;
	/** Name of the document that it is a passage of. */
	readonly source?: string;
	readonly language?: string;
	readonly area?: string;
}

/** Where an answer comes from, for "¿Por qué?". */
export interface KnowledgeSource {
	readonly kind: 'item' | 'entry' | 'profile';
	/** Empty for the profile. */
	readonly id: string;
	readonly title: string;
	/** 0 to 1. */
	readonly score: number;
}

/** What the business's own knowledge has to say to one message: data for the reducer, like a transcript. */
export interface KnowledgeFinding {
	/** `none`: it was asked, and nothing that is kept answers it. */
	readonly kind: 'answer' | 'several' | 'none';
	readonly parts: readonly TextPart[];
	readonly choices?: readonly ChoicePart[];
	readonly sources: readonly KnowledgeSource[];
	/** Name of the item that was meant. */
	readonly product?: string;
	/** The message asks nothing besides: once answered, no request has to be made of it. */
	readonly complete: boolean;
	/** Who chose the words: the rules, or a connected model out of passages that it cites. */
	readonly by: 'rules' | 'model';
}
