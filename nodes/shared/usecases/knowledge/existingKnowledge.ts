import { InvalidInput } from '../../domain/invalidInput';
import {
	entriesById,
	entryByKey,
	itemBySku,
	itemsById,
	type CatalogueItemRow,
	type KnowledgeEntryRow,
} from '../../store/repositories/knowledge';
import type { Store } from '../../store/store';

/** An item by SKU or id. @throws InvalidInput when there is none. */
export async function existingItem(store: Store, key: string): Promise<CatalogueItemRow> {
	const found =
		(await itemBySku(store.db, store.workspaceId, key)) ?? (await itemsById(store.db, store.workspaceId, [key]))[0];
	if (found) return found;
	throw new InvalidInput({
		message: `There is no catalogue item '${key}' in workspace '${store.workspaceId}'`,
		description: "Choose one from the list in 'Catalogue Item', or write its SKU as the import had it.",
		parameter: 'Catalogue Item',
	});
}

/** An entry by key or id. @throws InvalidInput when there is none. */
export async function existingEntry(store: Store, key: string): Promise<KnowledgeEntryRow> {
	const found =
		(await entryByKey(store.db, store.workspaceId, key)) ?? (await entriesById(store.db, store.workspaceId, [key]))[0];
	if (found) return found;
	throw new InvalidInput({
		message: `There is no knowledge entry '${key}' in workspace '${store.workspaceId}'`,
		description: "Choose one from the list in 'Entry', or write its key as Get Many shows it.",
		parameter: 'Entry',
	});
}
