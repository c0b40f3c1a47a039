import type { ILoadOptionsFunctions, INodeListSearchResult, INodeProperties } from 'n8n-workflow';

import { chooseField, listOf } from '../../shared/n8n/storeLists';
import { listEntries } from '../../shared/store/repositories/knowledge';

const PAGE = 50;

/** Entries for the list, newest first. */
export async function searchKnowledgeEntries(
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	return await listOf(this, filter, async (store) => {
		const rows = await listEntries(store.db, store.workspaceId, { before: paginationToken, limit: PAGE });
		return {
			results: rows.map(({ id, title, source }) => ({ name: [title, source].filter(Boolean).join(' · '), value: id })),
			next: rows.length < PAGE ? undefined : rows.at(-1)?.id,
		};
	});
}

export const entryField: INodeProperties = chooseField({
	displayName: 'Entry',
	name: 'entry',
	description: 'The question with its answer',
	search: 'searchKnowledgeEntries',
	by: { displayName: 'By Key or ID', placeholder: 'e.g. que-garantia-tienen' },
	required: true,
});
