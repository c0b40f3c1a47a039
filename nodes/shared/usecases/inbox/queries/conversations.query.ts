import { searchTerms } from '../../../domain/inbox/searchWords';
import {
	listInboxConversations,
	listVisibleOf,
	type ConversationKeys,
	type ConversationListPage,
	type InboxConversationRow,
} from '../../../store/repositories/inboxConversations';
import { troubled } from '../../../store/repositories/inboxLookups';
import { findSearchEntries } from '../../../store/repositories/searchEntries';
import type { Store } from '../../../store/store';
import { profileInForce } from '../../profile/businessProfile';
import { pageOf, readCursor } from '../cursors';
import { summariesFor, summariesOfRows } from '../summaries';
import { scopeOf } from '../viewer';
import type { AnswerOf } from './query';

/** What a search looks at, newest first; who finds more has to say more. */
const FOUND_AT_MOST = 2_000;

async function found(store: Store, search: string): Promise<ConversationKeys> {
	const entries = await findSearchEntries(store.db, store, searchTerms(search), FOUND_AT_MOST);
	return {
		conversationIds: [...new Set(entries.flatMap(({ conversation_id }) => conversation_id ?? []))],
		contactIds: [
			...new Set(entries.flatMap(({ conversation_id, contact_id }) => (conversation_id === null ? [contact_id] : []))),
		],
	};
}

async function inTrouble(store: Store): Promise<ConversationKeys> {
	const { conversationIds, contactIds } = await troubled(store.db, store.workspaceId);
	return { conversationIds: [...conversationIds], contactIds: [...contactIds] };
}

const both = (one: ConversationKeys, rows: readonly InboxConversationRow[]): ConversationKeys => {
	const conversations = new Set(one.conversationIds);
	const contacts = new Set(one.contactIds);
	const kept = rows.filter((row) => conversations.has(row.id) || contacts.has(row.contact_id));
	return { conversationIds: kept.map(({ id }) => id), contactIds: [] };
};

/** A list of the inbox, the last active first. A search looks through everything that the viewer may see, whatever the list. */
export const conversations: AnswerOf<'conversations'> = async ({ store, viewer }, input) => {
	const scope = scopeOf(viewer);
	const before = readCursor(input.cursor);
	const page: ConversationListPage = {
		scope,
		filters: {
			mode: input.mode,
			unread: input.unread,
			channelId: input.channelId,
			tag: input.tag,
			ownerAdvisorId: input.advisorId,
		},
		...(before === undefined ? {} : { before: { activity_at: before.at, id: before.id } }),
		limit: input.limit + 1,
	};
	const { db, workspaceId } = store;
	const search = input.search === undefined || input.search === '' ? undefined : await found(store, input.search);
	let rows: InboxConversationRow[];
	if (input.list === 'trouble') {
		const keys = await inTrouble(store);
		rows = await listVisibleOf(db, workspaceId, keys, page);
		if (search !== undefined) rows = await listVisibleOf(db, workspaceId, both(search, rows), page);
	} else if (search !== undefined) rows = await listVisibleOf(db, workspaceId, search, page);
	else rows = await listInboxConversations(db, workspaceId, input.list, page);
	const { profile } = await profileInForce(store);
	const shared = await summariesOfRows(db, store, profile, rows.slice(0, input.limit));
	const summaries = new Map((await summariesFor(db, viewer, shared)).map((summary) => [summary.id, summary]));
	const listed = pageOf(
		rows,
		input.limit,
		(row) => ({ at: row.activity_at, id: row.id }),
		({ id }) => summaries.get(id),
	);
	return { ...listed, rows: listed.rows.flatMap((summary) => summary ?? []) };
};
