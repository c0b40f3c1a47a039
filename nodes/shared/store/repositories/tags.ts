import type { Transaction } from 'kysely';

import type { Database, TaggedKind, TagLinksTable } from '../schema';
import type { Executor, Store } from '../store';

const TABLE_OF = { contact: 'contacts', lead: 'leads', case: 'cases' } as const;

export interface TagChange {
	readonly add?: readonly string[];
	readonly remove?: readonly string[];
}

async function tagsOf(tx: Transaction<Database>, store: Store, kind: TaggedKind, id: string): Promise<string[]> {
	const row = await tx
		.selectFrom(TABLE_OF[kind])
		.select('tags')
		.where('workspace_id', '=', store.workspaceId)
		.where('id', '=', id)
		.executeTakeFirst();
	return row?.tags ? (JSON.parse(row.tags) as string[]) : [];
}

/**
 * Puts tags on a contact, lead or case and takes others off; the row shows them, the links find and count them.
 * @returns the tags that were really added and removed; both empty when nothing changed
 */
export async function changeTags(
	tx: Transaction<Database>,
	store: Store,
	target: { readonly kind: TaggedKind; readonly id: string },
	change: TagChange,
	origin: TagLinksTable['origin'],
): Promise<{ readonly added: readonly string[]; readonly removed: readonly string[] }> {
	const { add = [], remove = [] } = change;
	if (add.length === 0 && remove.length === 0) return { added: [], removed: [] };
	const before = await tagsOf(tx, store, target.kind, target.id);
	const removed = before.filter((tag) => remove.includes(tag) && !add.includes(tag));
	const added = [...new Set(add)].filter((tag) => !before.includes(tag));
	if (added.length === 0 && removed.length === 0) return { added, removed };
	const tags = [...before.filter((tag) => !removed.includes(tag)), ...added];
	await tx
		.updateTable(TABLE_OF[target.kind])
		.set({ tags: JSON.stringify(tags), updated_at: store.now() })
		.where('workspace_id', '=', store.workspaceId)
		.where('id', '=', target.id)
		.execute();
	if (added.length > 0) {
		await tx
			.insertInto('tag_links')
			.values(
				added.map((tag) => ({
					workspace_id: store.workspaceId,
					kind: target.kind,
					tag,
					target_id: target.id,
					origin,
					created_at: store.now(),
				})),
			)
			.onConflict((conflict) => conflict.columns(['workspace_id', 'kind', 'tag', 'target_id']).doNothing())
			.execute();
	}
	if (removed.length > 0) {
		await tx
			.deleteFrom('tag_links')
			.where('workspace_id', '=', store.workspaceId)
			.where('kind', '=', target.kind)
			.where('tag', 'in', removed)
			.where('target_id', '=', target.id)
			.execute();
	}
	return { added, removed };
}

/** How many contacts, leads or cases carry each tag, by tag. `after` is the last tag of the page before. */
export async function countTags(
	executor: Executor,
	workspaceId: string,
	kind: TaggedKind,
	page: { readonly after?: string; readonly limit: number },
): Promise<ReadonlyArray<{ readonly tag: string; readonly count: number }>> {
	const rows = await executor
		.selectFrom('tag_links')
		.select(['tag', (row) => row.fn.countAll<number | string>().as('count')])
		.where('workspace_id', '=', workspaceId)
		.where('kind', '=', kind)
		.where('tag', '>', page.after ?? '')
		.groupBy('tag')
		.orderBy('tag')
		.limit(page.limit)
		.execute();
	return rows.map(({ tag, count }) => ({ tag, count: Number(count) }));
}
