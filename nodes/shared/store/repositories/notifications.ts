import type { Selectable } from 'kysely';

import type { NotificationsTable } from '../schema';
import type { Executor, Store } from '../store';

export type NotificationRow = Selectable<NotificationsTable>;

/** A page of notifications, newest first. `before` is the id of the last row of the page before. */
export async function listNotifications(
	executor: Executor,
	workspaceId: string,
	page: {
		readonly advisorId?: string;
		readonly state?: NotificationRow['state'];
		readonly before?: string;
		readonly limit: number;
	},
): Promise<NotificationRow[]> {
	let query = executor.selectFrom('notifications').selectAll().where('workspace_id', '=', workspaceId);
	if (page.advisorId !== undefined) query = query.where('advisor_id', '=', page.advisorId);
	if (page.state !== undefined) query = query.where('state', '=', page.state);
	if (page.before !== undefined) query = query.where('id', '<', page.before);
	return await query.orderBy('id', 'desc').limit(page.limit).execute();
}

export async function getNotification(
	executor: Executor,
	workspaceId: string,
	notificationId: string,
): Promise<NotificationRow | undefined> {
	return await executor
		.selectFrom('notifications')
		.selectAll()
		.where('workspace_id', '=', workspaceId)
		.where('id', '=', notificationId)
		.executeTakeFirst();
}

/** What a person was told for a request. */
export async function notificationOf(
	executor: Executor,
	workspaceId: string,
	advisorId: string,
	requestId: string,
): Promise<NotificationRow | undefined> {
	return await executor
		.selectFrom('notifications')
		.selectAll()
		.where('workspace_id', '=', workspaceId)
		.where('advisor_id', '=', advisorId)
		.where('request_id', '=', requestId)
		.executeTakeFirst();
}

/** Who has been told of a conversation since a time. */
export async function advisorsToldOf(
	executor: Executor,
	workspaceId: string,
	conversationId: string,
	since: number,
): Promise<string[]> {
	const rows = await executor
		.selectFrom('notifications')
		.select('advisor_id')
		.distinct()
		.where('conversation_id', '=', conversationId)
		.where('workspace_id', '=', workspaceId)
		.where('created_at', '>=', since)
		.execute();
	return rows.map((row) => row.advisor_id);
}

/** What a notification mark concerns: one of them, or all that one person has not read. */
export type NotificationChoice = { readonly notificationId: string } | { readonly advisorId: string };

/** Marks as read what is not yet. @returns how many there were */
export async function markNotificationsRead(
	executor: Executor,
	store: Store,
	choice: NotificationChoice,
): Promise<number> {
	let query = executor
		.updateTable('notifications')
		.set({ state: 'read', read_at: store.now() })
		.where('workspace_id', '=', store.workspaceId)
		.where('state', '=', 'unread');
	query =
		'advisorId' in choice
			? query.where('advisor_id', '=', choice.advisorId)
			: query.where('id', '=', choice.notificationId);
	const rows = await query.returning('id').execute();
	return rows.length;
}

/** Whom something was written to from an id on: ids sort by time. A look of a watcher, so short and by an index. */
export async function notifiedSince(
	executor: Executor,
	workspaceId: string,
	fromId: string,
): Promise<ReadonlyArray<Pick<NotificationRow, 'id' | 'advisor_id'>>> {
	return await executor
		.selectFrom('notifications')
		.select(['id', 'advisor_id'])
		.where('workspace_id', '=', workspaceId)
		.where('id', '>=', fromId)
		.orderBy('id')
		.limit(500)
		.execute();
}

/** How many notifications somebody has not read, counted up to `most`. */
export async function countUnread(
	executor: Executor,
	workspaceId: string,
	advisorId: string,
	most: number,
): Promise<number> {
	const unread = await listNotifications(executor, workspaceId, { advisorId, state: 'unread', limit: most });
	return unread.length;
}

/** Marks notifications of one person as read: these, or all of theirs. @returns how many were unread */
export async function markOwnNotificationsRead(
	executor: Executor,
	store: Store,
	advisorId: string,
	notificationIds: readonly string[] | undefined,
): Promise<number> {
	if (notificationIds?.length === 0) return 0;
	let query = executor
		.updateTable('notifications')
		.set({ state: 'read', read_at: store.now() })
		.where('workspace_id', '=', store.workspaceId)
		.where('advisor_id', '=', advisorId)
		.where('state', '=', 'unread');
	if (notificationIds !== undefined) query = query.where('id', 'in', [...notificationIds]);
	return (await query.returning('id').execute()).length;
}
