import type { CatalogueItem } from '../../domain/knowledge/knowledge';
import {
	currencyOf,
	readItemRow,
	type ItemChanges,
	type ItemField,
	type ItemRow,
} from '../../domain/knowledge/readItem';
import { appendAudit } from '../../store/repositories/auditLog';
import { itemBySku, listItems, putItem, type CatalogueItemRow } from '../../store/repositories/knowledge';
import type { Store, StoreTransaction } from '../../store/store';
import { profileInForce } from '../profile/businessProfile';
import { wordsOfItem } from './knowledgeRows';

/** Rows in one transaction: enough to be quick, few enough that customers do not wait for an import. */
const BATCH = 100;

export interface ItemImportSettings {
	/** Column by field; the others are recognised by their usual names. */
	readonly columns?: Readonly<Partial<Record<ItemField, string>>>;
	/** Only say what would happen. */
	readonly dryRun: boolean;
	/** The list is everything there is: what it does not name is not offered any more. */
	readonly wholeCatalogue?: boolean;
	readonly actor: string;
}

/** What became of one row. */
export interface ImportedItem {
	readonly action: 'created' | 'updated' | 'unchanged' | 'refused' | 'deactivated';
	readonly sku?: string;
	readonly name?: string;
	/** What of the row was left out, in words. */
	readonly leftOut: readonly string[];
	/** Of a refused row. */
	readonly why?: string;
	/** Number of the earlier row with the same SKU, from 1. */
	readonly sameAsRow?: number;
}

type Columns = Omit<CatalogueItemRow, 'id' | 'workspace_id' | 'created_at' | 'updated_at'>;

const emptyItem: Omit<Columns, 'sku' | 'name'> = {
	variants: null,
	description: null,
	price: null,
	currency: null,
	price_valid_until: null,
	promotion_price: null,
	promotion_from: null,
	promotion_until: null,
	stock: null,
	delivery_time: null,
	link: null,
	active: 1,
	external_id: null,
};

const json = (value: object | null | undefined): string | null | undefined =>
	value === null || value === undefined ? value : JSON.stringify(value);

/** What the row says, over what is known; what it does not name stays. */
function laidOver(known: Columns, changes: ItemChanges, country: string): Columns {
	const said: Partial<Record<keyof Columns, unknown>> = {
		name: changes.name,
		variants: json(changes.variants),
		description: changes.description,
		price: changes.price,
		currency: changes.currency ?? known.currency ?? (changes.price ? currencyOf(country) : undefined),
		price_valid_until: changes.priceValidUntil,
		promotion_price: changes.promotionPrice,
		promotion_from: changes.promotionFrom,
		promotion_until: changes.promotionUntil,
		stock: json(changes.stock),
		delivery_time: changes.deliveryTime,
		link: changes.link,
		active: changes.active === undefined ? undefined : changes.active ? 1 : 0,
		external_id: changes.externalId,
	};
	return {
		...known,
		...Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined)),
	} as Columns;
}

const wordsOf = ({ sku, name, variants, description }: Columns): string =>
	wordsOfItem({
		sku,
		name,
		variants: variants === null ? [] : (JSON.parse(variants) as CatalogueItem['variants']),
		...(description === null ? {} : { description }),
	});

async function write(
	tx: StoreTransaction,
	store: Store,
	changes: ItemChanges,
	leftOut: readonly string[],
	settings: Pick<ItemImportSettings, 'dryRun'> & { readonly country: string },
): Promise<ImportedItem> {
	const found = await itemBySku(tx, store.workspaceId, changes.sku);
	if (!found && !changes.name)
		return { action: 'refused', sku: changes.sku, leftOut, why: 'It has no name, and no product has this code yet' };
	const known: Columns = found ?? { sku: changes.sku, name: '', ...emptyItem };
	const item = laidOver(known, changes, settings.country);
	const same = found !== undefined && JSON.stringify({ ...found, ...item }) === JSON.stringify(found);
	const done = { sku: item.sku, name: item.name, leftOut };
	if (same) return { action: 'unchanged', ...done };
	if (!settings.dryRun) {
		const { sku, ...columns } = item;
		await putItem(
			tx,
			store,
			{ ...emptyItem, ...columnsOnly(columns), name: item.name, sku, id: found?.id ?? store.newId() },
			wordsOf(item),
		);
	}
	return { action: found ? 'updated' : 'created', ...done };
}

/** The row read from the table carries its id and times too; they are not written back. */
function columnsOnly(row: Readonly<Record<string, unknown>>): Partial<Columns> {
	return Object.fromEntries(Object.entries(row).filter(([column]) => Object.hasOwn(emptyItem, column)));
}

/** Products that the whole list does not name any more are not offered, page by page. */
async function deactivateMissing(
	store: Store,
	named: ReadonlySet<string>,
	settings: ItemImportSettings,
): Promise<ImportedItem[]> {
	const gone: ImportedItem[] = [];
	for (let before: string | undefined; ; ) {
		const page = await listItems(store.db, store.workspaceId, { before, limit: BATCH, active: true });
		const missing = page.filter(({ sku }) => !named.has(sku));
		if (missing.length > 0 && !settings.dryRun) {
			await store.transaction(async (tx) => {
				await store.lock(tx, `catalogue:${store.workspaceId}`);
				for (const row of missing) {
					const { id, sku, name } = row;
					await putItem(tx, store, { ...emptyItem, ...columnsOnly(row), id, sku, name, active: 0 }, '');
				}
			});
		}
		gone.push(...missing.map(({ sku, name }): ImportedItem => ({ action: 'deactivated', sku, name, leftOut: [] })));
		before = page.at(-1)?.id;
		if (page.length < BATCH) return gone;
	}
}

const countOf = (outcome: readonly ImportedItem[]): Record<string, number> => {
	const counts: Record<string, number> = {};
	for (const { action } of outcome) counts[action] = (counts[action] ?? 0) + 1;
	return counts;
};

/**
 * Imports the business's list of products: each known again by its SKU, a hundred in one transaction. The same list again changes
 * nothing; a dry run says the same without keeping anything.
 *
 * @returns what became of each row, in their order, and after them what is not offered any more
 */
export async function importItems(
	store: Store,
	rows: readonly ItemRow[],
	settings: ItemImportSettings,
): Promise<ImportedItem[]> {
	const { profile } = await profileInForce(store);
	const seen = new Map<string, number>();
	const imported: ImportedItem[] = [];
	for (let start = 0; start < rows.length; start += BATCH) {
		const batch = rows
			.slice(start, start + BATCH)
			.map((row) => readItemRow(row, settings.columns ?? {}, profile.country));
		const outcome = await store.transaction(async (tx) => {
			// Two imports at once: one after the other, so that the report is true.
			await store.lock(tx, `catalogue:${store.workspaceId}`);
			const done: ImportedItem[] = [];
			for (const [index, read] of batch.entries()) {
				if ('refused' in read) {
					done.push({ action: 'refused', leftOut: [], why: read.refused });
					continue;
				}
				const { sku } = read.item;
				const sameAsRow = seen.get(sku);
				if (sameAsRow === undefined) seen.set(sku, start + index + 1);
				const row = await write(tx, store, read.item, read.leftOut, { ...settings, country: profile.country });
				done.push(sameAsRow === undefined ? row : { ...row, sameAsRow });
			}
			return done;
		});
		imported.push(...outcome);
	}
	// A list that could not be read names nothing: that must not empty the catalogue.
	if (settings.wholeCatalogue === true && seen.size > 0)
		imported.push(...(await deactivateMissing(store, new Set(seen.keys()), settings)));
	if (!settings.dryRun)
		await store.transaction(async (tx) => {
			await appendAudit(tx, store, {
				actor: settings.actor,
				action: 'catalogue.imported',
				subjectKind: 'catalogue',
				subjectId: store.workspaceId,
				payload: countOf(imported),
			});
		});
	return imported;
}
