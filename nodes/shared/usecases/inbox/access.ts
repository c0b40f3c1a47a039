import { profileInForce } from '../profile/businessProfile';
import type { BusinessProfile } from '../../domain/profile/businessProfile';
import {
	inboxConversations,
	inboxConversationsOfContact,
	type InboxConversationRow,
} from '../../store/repositories/inboxConversations';
import type { Executor, Store } from '../../store/store';
import { summariesOfRows, type SharedSummary } from './summaries';
import { notFound, visibleTo, type Viewer } from './viewer';

/** A conversation that the viewer may see. @throws Refusal 404 for any other */
export async function seenConversation(
	executor: Executor,
	store: Store,
	profile: BusinessProfile,
	viewer: Viewer,
	conversationId: string,
): Promise<SharedSummary> {
	const [row] = await inboxConversations(executor, store.workspaceId, [conversationId]);
	const [summary] = row === undefined ? [] : await summariesOfRows(executor, store, profile, [row]);
	if (summary === undefined || !visibleTo(viewer, summary)) throw notFound('conversation');
	return summary;
}

/** The same outside of a transaction. @throws Refusal 404 */
export async function seenNow(store: Store, viewer: Viewer, conversationId: string): Promise<InboxConversationRow> {
	const { profile } = await profileInForce(store);
	return (await seenConversation(store.db, store, profile, viewer, conversationId)).row;
}

/** The conversations of a customer that the viewer may see, the last active first. */
export async function seenOfContact(
	executor: Executor,
	store: Store,
	profile: BusinessProfile,
	viewer: Viewer,
	contactId: string,
): Promise<{ readonly seen: readonly InboxConversationRow[]; readonly hasOthers: boolean }> {
	const rows = await inboxConversationsOfContact(executor, store.workspaceId, contactId);
	const summaries = await summariesOfRows(executor, store, profile, rows);
	const seen = summaries.filter((one) => visibleTo(viewer, one)).map(({ row }) => row);
	return { seen, hasOthers: seen.length < rows.length };
}
