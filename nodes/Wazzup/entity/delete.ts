import type { INodeProperties } from 'n8n-workflow';

import { chunksOf } from '../../shared/clients/wazzup/batches';
import type { StoredEntityCalls, WazzupClient } from '../../shared/clients/wazzup/client';
import { withinLimit, LONGEST_ID } from '../../shared/domain/wazzup/limits';
import { simulated } from '../../shared/n8n/manualMode';
import { parameter, words } from '../../shared/n8n/parameters';
import type { WazzupBatchOperation } from '../services';
import { settle } from './upsert';

interface Deleting {
	readonly one: string;
	readonly many: string;
	readonly field: INodeProperties;
	calls(client: WazzupClient): Pick<StoredEntityCalls<{ readonly id: string }>, 'deleteAll' | 'route'>;
}

/** What an item asks for, or why it cannot be asked. */
type Asked = { readonly id: string; readonly error?: undefined } | { readonly id?: undefined; readonly error: unknown };

/** Delete of all items together, a hundred in a request. What Wazzup did not know is told apart. */
export function deleteOperation({ one, many, field, calls }: Deleting): WazzupBatchOperation {
	return {
		value: 'delete',
		name: 'Delete',
		action: `Delete ${one}`,
		description: `Delete the ${many} of all items from Wazzup, 100 in a request`,
		needsApproval: true,
		properties: [field],
		async executeAll(node, items, manual, { client }) {
			const asked = items.map((item, itemIndex): Asked => {
				try {
					const given = parameter({ node, item, itemIndex, manual }, field.name, field.displayName, words);
					return { id: withinLimit(given, field.displayName, LONGEST_ID) };
				} catch (error) {
					return { error };
				}
			});
			const ids = asked.flatMap(({ id }) => (id === undefined ? [] : [id]));
			const { deleteAll, route } = calls(client);
			if (manual) {
				const shown = chunksOf([...new Set(ids)]).map((batch) => ({
					json: simulated({ method: 'PATCH', url: `${client.root}${route.path}/bulk_delete`, body: batch }),
					pairedItem: asked.flatMap(({ id }, item) => (id !== undefined && batch.includes(id) ? [{ item }] : [])),
				}));
				return [
					...shown,
					...settle(
						node,
						asked.map(({ id, error }) => (id === undefined ? { error } : undefined)),
						many,
					),
				];
			}
			const { notFound, failed } = await deleteAll(ids);
			const unknown = new Set(notFound);
			const failures = new Map(failed.map(({ id, failure }) => [id, failure]));
			return settle(
				node,
				asked.map((entry) => {
					if (entry.id === undefined) return { error: entry.error };
					const failure = failures.get(entry.id);
					if (failure !== undefined) return { error: failure };
					return unknown.has(entry.id)
						? { json: { id: entry.id, deleted: false, reason: `Wazzup knows no such ${one}` } }
						: { json: { id: entry.id, deleted: true } };
				}),
				many,
			);
		},
	};
}
