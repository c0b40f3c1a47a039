import { indexWords } from '../../domain/knowledge/searchWords';
import type { CatalogueItem, KnowledgeEntry } from '../../domain/knowledge/knowledge';
import type { CatalogueItemRow, KnowledgeEntryRow } from '../../store/repositories/knowledge';
import type { ItemJson } from '../emit/items';

const listOf = (json: string | null): readonly string[] => (json === null ? [] : (JSON.parse(json) as string[]));

/** Only what is known: nothing of an item is said that nobody wrote down. */
export function itemOf(row: CatalogueItemRow): CatalogueItem {
	const known = {
		description: row.description,
		price: row.price,
		currency: row.currency,
		priceValidUntil: row.price_valid_until,
		promotionPrice: row.promotion_price,
		promotionFrom: row.promotion_from,
		promotionUntil: row.promotion_until,
		deliveryTime: row.delivery_time,
		link: row.link,
	};
	return {
		id: row.id,
		sku: row.sku,
		name: row.name,
		variants: listOf(row.variants),
		stock: row.stock === null ? {} : (JSON.parse(row.stock) as Record<string, number>),
		...Object.fromEntries(Object.entries(known).filter(([, value]) => value !== null)),
	};
}

export function entryOf(row: KnowledgeEntryRow): KnowledgeEntry {
	return {
		id: row.id,
		title: row.title,
		questions: listOf(row.questions),
		answer: row.answer,
		...(row.source === null ? {} : { source: row.source }),
		...(row.language === null ? {} : { language: row.language }),
		...(row.area === null ? {} : { area: row.area }),
	};
}

/** What an item is found by. */
export const wordsOfItem = (item: Pick<CatalogueItem, 'sku' | 'name' | 'variants' | 'description'>): string =>
	indexWords(item.sku, item.name, ...item.variants, item.description);

/** What an entry is found by. */
export const wordsOfEntry = (entry: Pick<KnowledgeEntry, 'title' | 'questions' | 'answer'>): string =>
	indexWords(entry.title, ...entry.questions, entry.answer);

/** An item as the canvas shows it. */
export function itemCard(row: CatalogueItemRow): ItemJson {
	return {
		itemId: row.id,
		sku: row.sku,
		name: row.name,
		variants: listOf(row.variants),
		description: row.description,
		price: row.price,
		currency: row.currency,
		priceValidUntil: row.price_valid_until,
		promotionPrice: row.promotion_price,
		promotionFrom: row.promotion_from,
		promotionUntil: row.promotion_until,
		stock: row.stock === null ? {} : (JSON.parse(row.stock) as Record<string, number>),
		deliveryTime: row.delivery_time,
		link: row.link,
		active: row.active === 1,
		externalId: row.external_id,
		updatedAt: new Date(row.updated_at).toISOString(),
	};
}

/** An entry as the canvas shows it. */
export function entryCard(row: KnowledgeEntryRow): ItemJson {
	return {
		entryId: row.id,
		key: row.entry_key,
		title: row.title,
		questions: listOf(row.questions),
		answer: row.answer,
		source: row.source,
		language: row.language,
		area: row.area,
		active: row.active === 1,
		updatedAt: new Date(row.updated_at).toISOString(),
	};
}
