import type { ILoadOptionsFunctions, INodeListSearchResult, INodeProperties } from 'n8n-workflow';

import { chooseField, listOf } from '../../shared/n8n/storeLists';
import { listItems } from '../../shared/store/repositories/knowledge';

const PAGE = 50;

/** Products for the list, newest first. */
export async function searchCatalogueItems(
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	return await listOf(this, filter, async (store) => {
		const rows = await listItems(store.db, store.workspaceId, { before: paginationToken, limit: PAGE });
		return {
			results: rows.map(({ sku, name }) => ({ name: `${name} · ${sku}`, value: sku })),
			next: rows.length < PAGE ? undefined : rows.at(-1)?.id,
		};
	});
}

export const catalogueItemField: INodeProperties = chooseField({
	displayName: 'Catalogue Item',
	name: 'catalogueItem',
	description: 'The product',
	search: 'searchCatalogueItems',
	by: { displayName: 'By SKU or ID', placeholder: 'e.g. HP-107W' },
	required: true,
});
