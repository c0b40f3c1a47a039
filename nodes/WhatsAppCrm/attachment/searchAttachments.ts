import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import { listOf } from '../../shared/n8n/storeLists';
import { listAttachments } from '../../shared/store/repositories/attachments';

const PAGE = 50;

/** Files of customers for the list, newest first. */
export async function searchAttachments(
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	return await listOf(this, filter, async (store) => {
		const rows = await listAttachments(store.db, store.workspaceId, { before: paginationToken, limit: PAGE });
		return {
			results: rows.map((row) => ({
				name: [row.filename ?? row.type, row.caption, row.state].filter(Boolean).join(' · '),
				value: row.id,
			})),
			next: rows.length < PAGE ? undefined : rows.at(-1)?.id,
		};
	});
}
