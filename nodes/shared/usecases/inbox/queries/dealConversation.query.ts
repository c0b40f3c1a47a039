import { findCase } from '../../../store/repositories/cases';
import { inboxConversationsOfContact } from '../../../store/repositories/inboxConversations';
import { getLead } from '../../../store/repositories/leads';
import { profileInForce } from '../../businessProfile';
import { summariesOfRows } from '../summaries';
import { notFound, visibleTo } from '../viewer';
import type { AnswerOf } from './query';

/** A deal is a lead, or a case without one: the conversation of its customer that the viewer may see. */
export const dealConversation: AnswerOf<'dealConversation'> = async ({ store, viewer }, { dealId }) => {
	const { db, workspaceId } = store;
	const deal = (await getLead(db, workspaceId, dealId)) ?? (await findCase(db, workspaceId, dealId));
	if (deal?.id !== dealId) throw notFound('deal');
	const rows = await inboxConversationsOfContact(db, workspaceId, deal.contact_id);
	const { profile } = await profileInForce(store);
	const seen = (await summariesOfRows(db, store, profile, rows)).filter((one) => visibleTo(viewer, one));
	const found = seen.find(({ row }) => row.id === deal.conversation_id) ?? seen[0];
	if (!found) throw notFound('deal');
	return { conversationId: found.row.id };
};
