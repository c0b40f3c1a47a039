import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import { knownName } from '../../shared/domain/identity/knownName';
import { toNodeError } from '../../shared/n8n/errors';
import { withStoreOfNode } from '../../shared/n8n/storeCredential';
import { getContact } from '../../shared/store/repositories/contacts';
import { listConversations } from '../../shared/store/repositories/conversations';

const PAGE = 50;

/** Conversations for the list, with the customer's name; what cannot be read is shown, never an empty list. */
export async function searchConversations(
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	try {
		return await withStoreOfNode(this, async (store) => {
			const rows = await listConversations(store.db, store.workspaceId, { before: paginationToken, limit: PAGE });
			const named = await Promise.all(
				rows.map(async (row) => {
					const contact = await getContact(store.db, store.workspaceId, row.contact_id);
					const who = knownName(contact) ?? row.contact_id;
					return { name: `${who} · ${row.mode}`, value: row.id };
				}),
			);
			const wanted = (filter ?? '').trim().toLowerCase();
			return {
				results: named.filter(({ name, value }) => `${name} ${value}`.toLowerCase().includes(wanted)),
				paginationToken: rows.length < PAGE ? undefined : rows.at(-1)?.id,
			};
		});
	} catch (error) {
		throw toNodeError(this.getNode(), error);
	}
}
