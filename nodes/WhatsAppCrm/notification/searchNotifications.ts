import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import { listOf } from '../../shared/n8n/storeLists';
import { listNotifications } from '../../shared/store/repositories/notifications';

const PAGE = 50;

/** Unread notifications for the list, newest first. */
export async function searchNotifications(
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	return await listOf(this, filter, async (store) => {
		const rows = await listNotifications(store.db, store.workspaceId, {
			state: 'unread',
			before: paginationToken,
			limit: PAGE,
		});
		return {
			results: rows.map(({ id, text, kind }) => ({ name: text === '' ? kind : text, value: id })),
			next: rows.length < PAGE ? undefined : rows.at(-1)?.id,
		};
	});
}
