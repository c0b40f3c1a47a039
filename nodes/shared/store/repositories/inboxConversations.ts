import { sql, type ExpressionBuilder, type Selectable, type SelectQueryBuilder } from 'kysely';

import type { ConversationsTable, Database } from '../schema';
import type { Executor } from '../store';

/** A conversation without the dialogue's memory, which is long and nothing of the list's. */
export type InboxConversationRow = Omit<Selectable<ConversationsTable>, 'state'>;

const COLUMNS = [
	'conversations.id',
	'conversations.workspace_id',
	'conversations.channel_id',
	'conversations.contact_id',
	'conversations.webhook_id',
	'conversations.mode',
	'conversations.owner_advisor_id',
	'conversations.area',
	'conversations.last_message_id',
	'conversations.activity_at',
	'conversations.inbound_count',
	'conversations.waiting_since',
	'conversations.commercial_intent',
	'conversations.incomplete_at',
	'conversations.revision',
	'conversations.version',
	'conversations.turn_due_at',
	'conversations.wake_at',
	'conversations.last_inbound_at',
	'conversations.last_outbound_at',
	'conversations.created_at',
	'conversations.updated_at',
] as const;

/** Whose eyes a list is for. */
export interface ConversationScope {
	readonly advisorId: string;
	/** None: every area. */
	readonly areas: readonly string[];
	readonly seeAll: boolean;
}

export interface ConversationFilters {
	readonly mode?: ConversationsTable['mode'];
	readonly unread?: boolean;
	readonly channelId?: string;
	readonly tag?: string;
	readonly ownerAdvisorId?: string;
}

/** Where a page goes on: the last row of the one before. */
export type ActivityKey = Pick<InboxConversationRow, 'activity_at' | 'id'>;

type Query = SelectQueryBuilder<Database, 'conversations', InboxConversationRow>;
type Where = ExpressionBuilder<Database, 'conversations'>;

const inAreas = (where: Where, { areas }: ConversationScope) =>
	areas.length === 0 ? where('conversations.area', 'is not', null) : where('conversations.area', 'in', [...areas]);

/** Conversations with a case or lead of the advisor. */
const withWorkOf = (where: Where, { advisorId }: ConversationScope, workspaceId: string) =>
	where(
		'conversations.id',
		'in',
		where
			.selectFrom('cases')
			.select('cases.conversation_id')
			.$narrowType<{ conversation_id: string }>()
			.where('cases.workspace_id', '=', workspaceId)
			.where('cases.advisor_id', '=', advisorId)
			.where('cases.conversation_id', 'is not', null)
			.union(
				where
					.selectFrom('leads')
					.select('leads.conversation_id')
					.$narrowType<{ conversation_id: string }>()
					.where('leads.workspace_id', '=', workspaceId)
					.where('leads.advisor_id', '=', advisorId)
					.where('leads.conversation_id', 'is not', null),
			),
	);

/** What one index answers; a list is one of them or several merged. */
type Source = (query: Query, scope: ConversationScope, workspaceId: string) => Query;

const everything: Source = (query) => query;
const own: Source = (query, { advisorId }) => query.where('conversations.owner_advisor_id', '=', advisorId);
const unassigned: Source = (query, scope) => {
	const nobodys = query.where('conversations.owner_advisor_id', 'is', null).where('conversations.area', 'is not', null);
	return scope.seeAll ? nobodys : nobodys.where((where) => inAreas(where, scope));
};
const waiting: Source = (query, scope) =>
	query
		.where('conversations.waiting_since', 'is not', null)
		.where('conversations.mode', '=', 'waiting')
		.where((where) => inAreas(where, scope));
const worked: Source = (query, scope, workspaceId) => query.where((where) => withWorkOf(where, scope, workspaceId));
const visible: Source = (query, scope, workspaceId) =>
	scope.seeAll
		? query
		: query.where((where) =>
				where.or([
					where('conversations.owner_advisor_id', '=', scope.advisorId),
					where.and([
						inAreas(where, scope),
						where.or([
							where('conversations.owner_advisor_id', 'is', null),
							where('conversations.mode', '=', 'waiting'),
						]),
					]),
					withWorkOf(where, scope, workspaceId),
				]),
			);
const incomplete: Source = (query, scope, workspaceId) =>
	visible(query.where('conversations.incomplete_at', 'is not', null), scope, workspaceId);

export type InboxList = 'mine' | 'unassigned' | 'all' | 'incomplete';

function sourcesOf(list: InboxList, scope: ConversationScope): readonly Source[] {
	switch (list) {
		case 'mine':
			return [own];
		case 'unassigned':
			return [unassigned];
		case 'incomplete':
			return [incomplete];
		case 'all':
			return scope.seeAll ? [everything] : [own, unassigned, waiting, worked];
	}
}

function filtered(query: Query, scope: ConversationScope, filters: ConversationFilters, workspaceId: string): Query {
	let result = query;
	if (filters.mode !== undefined) result = result.where('conversations.mode', '=', filters.mode);
	// Who waits for a person waits since a time: an index has only those.
	if (filters.mode === 'waiting') result = result.where('conversations.waiting_since', 'is not', null);
	if (filters.channelId !== undefined) result = result.where('conversations.channel_id', '=', filters.channelId);
	if (filters.ownerAdvisorId !== undefined) {
		result = result.where('conversations.owner_advisor_id', '=', filters.ownerAdvisorId);
	}
	const unread = (where: Where) =>
		where('conversations.inbound_count', '>', (row) =>
			row.fn.coalesce(
				row
					.selectFrom('conversation_reads')
					.select('conversation_reads.read_count')
					.where('conversation_reads.advisor_id', '=', scope.advisorId)
					.whereRef('conversation_reads.conversation_id', '=', 'conversations.id'),
				sql<number>`0`,
			),
		);
	if (filters.unread === true) result = result.where(unread);
	const { tag } = filters;
	if (tag !== undefined) {
		result = result.where((where) =>
			where.exists(
				where
					.selectFrom('tag_links')
					.select('tag_links.target_id')
					.where('tag_links.workspace_id', '=', workspaceId)
					.where('tag_links.kind', '=', 'contact')
					.where('tag_links.tag', '=', tag)
					.whereRef('tag_links.target_id', '=', 'conversations.contact_id'),
			),
		);
	}
	return result;
}

const newestFirst = (one: ActivityKey, other: ActivityKey): number =>
	other.activity_at - one.activity_at || (one.id < other.id ? 1 : -1);

export interface ConversationListPage {
	readonly scope: ConversationScope;
	readonly filters: ConversationFilters;
	readonly before?: ActivityKey;
	readonly limit: number;
}

function pageOf(
	executor: Executor,
	workspaceId: string,
	{ scope, filters, before, limit }: ConversationListPage,
): Query {
	let query: Query = executor
		.selectFrom('conversations')
		.select([...COLUMNS])
		.where('conversations.workspace_id', '=', workspaceId)
		.orderBy('conversations.activity_at', 'desc')
		.orderBy('conversations.id', 'desc')
		.limit(limit);
	if (before !== undefined) {
		query = query.where(({ eb, refTuple, tuple }) =>
			eb(refTuple('conversations.activity_at', 'conversations.id'), '<', tuple(before.activity_at, before.id)),
		);
	}
	return filtered(query, scope, filters, workspaceId);
}

/** A page of a list of the inbox, the last active first. */
export async function listInboxConversations(
	executor: Executor,
	workspaceId: string,
	list: InboxList,
	page: ConversationListPage,
): Promise<InboxConversationRow[]> {
	const found = new Map<string, InboxConversationRow>();
	for (const source of sourcesOf(list, page.scope)) {
		const rows = await source(pageOf(executor, workspaceId, page), page.scope, workspaceId).execute();
		for (const row of rows) found.set(row.id, row);
	}
	return [...found.values()].sort(newestFirst).slice(0, page.limit);
}

/** Conversations of a list that a count looks at, the last active first: nobody works through more. */
const COUNTED_AMONG = 500;

/** How many conversations of a list wait for a person or have something that the viewer has not read, up to `most`. */
export async function countWanting(
	executor: Executor,
	workspaceId: string,
	list: InboxList,
	scope: ConversationScope,
	most: number,
): Promise<number> {
	const found = new Set<string>();
	for (const source of sourcesOf(list, scope)) {
		const newest = source(
			executor
				.selectFrom('conversations')
				.select([...COLUMNS])
				.where('conversations.workspace_id', '=', workspaceId)
				.orderBy('conversations.activity_at', 'desc')
				.orderBy('conversations.id', 'desc')
				.limit(COUNTED_AMONG),
			scope,
			workspaceId,
		)
			.clearSelect()
			.select(['conversations.id', 'conversations.waiting_since', 'conversations.inbound_count']);
		const rows = await executor
			.selectFrom(newest.as('newest'))
			.leftJoin('conversation_reads as seen', (join) =>
				join.onRef('seen.conversation_id', '=', 'newest.id').on('seen.advisor_id', '=', scope.advisorId),
			)
			.select('newest.id')
			.where((row) =>
				row.or([
					row('newest.waiting_since', 'is not', null),
					row('newest.inbound_count', '>', row.fn.coalesce('seen.read_count', sql<number>`0`)),
				]),
			)
			.limit(most)
			.execute();
		for (const { id } of rows) found.add(id);
	}
	return Math.min(most, found.size);
}

/** Which conversations are meant: by their own id, or all of a contact. */
export interface ConversationKeys {
	readonly conversationIds: readonly string[];
	readonly contactIds: readonly string[];
}

/** Of these conversations a page of those that the scope may see. */
export async function listVisibleOf(
	executor: Executor,
	workspaceId: string,
	keys: ConversationKeys,
	page: ConversationListPage,
): Promise<InboxConversationRow[]> {
	const found = new Map<string, InboxConversationRow>();
	for (const [column, ids] of [
		['conversations.id', keys.conversationIds],
		['conversations.contact_id', keys.contactIds],
	] as const) {
		if (ids.length === 0) continue;
		const query = pageOf(executor, workspaceId, page).where(column, 'in', [...ids]);
		for (const row of await visible(query, page.scope, workspaceId).execute()) found.set(row.id, row);
	}
	return [...found.values()].sort(newestFirst).slice(0, page.limit);
}

export async function inboxConversations(
	executor: Executor,
	workspaceId: string,
	conversationIds: readonly string[],
): Promise<InboxConversationRow[]> {
	if (conversationIds.length === 0) return [];
	return await executor
		.selectFrom('conversations')
		.select([...COLUMNS])
		.where('conversations.workspace_id', '=', workspaceId)
		.where('conversations.id', 'in', [...conversationIds])
		.execute();
}

/**
 * Ids of conversations that changed, or whose messages did, since a time: at most `limit`, those longest ago first, with the
 * time of the last one so that a watcher can go on from there.
 */
export async function conversationsChangedSince(
	executor: Executor,
	workspaceId: string,
	since: number,
	limit: number,
): Promise<ReadonlyArray<{ readonly id: string; readonly at: number }>> {
	const rows = await executor
		.selectFrom('conversations')
		.select(['id', 'updated_at as at'])
		.where('workspace_id', '=', workspaceId)
		.where('updated_at', '>=', since)
		.orderBy('updated_at')
		.orderBy('id')
		.limit(limit)
		.execute();
	const messages = await executor
		.selectFrom('messages')
		.select(['conversation_id as id', 'changed_at as at'])
		.where('workspace_id', '=', workspaceId)
		.where('changed_at', '>=', since)
		.orderBy('changed_at')
		.limit(limit)
		.execute();
	const latest = new Map<string, number>();
	for (const { id, at } of [...rows, ...messages]) latest.set(id, Math.max(at, latest.get(id) ?? 0));
	// Of a source that gave as many as it may, nothing after its end is known: what is later waits for the next look.
	const end = Math.min(
		...[rows, messages].map((found) => (found.length < limit ? Infinity : (found.at(-1)?.at ?? Infinity))),
	);
	return [...latest]
		.map(([id, at]) => ({ id, at }))
		.filter(({ at }) => at <= end)
		.sort((one, other) => one.at - other.at);
}

/** The conversations of one contact, the last active first. */
export async function inboxConversationsOfContact(
	executor: Executor,
	workspaceId: string,
	contactId: string,
): Promise<InboxConversationRow[]> {
	return await executor
		.selectFrom('conversations')
		.select([...COLUMNS])
		.where('conversations.contact_id', '=', contactId)
		.where('conversations.workspace_id', '=', workspaceId)
		.orderBy('conversations.activity_at', 'desc')
		.orderBy('conversations.id', 'desc')
		.execute();
}
