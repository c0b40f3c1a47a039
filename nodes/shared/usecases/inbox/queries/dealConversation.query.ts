import { findCase } from '../../../store/repositories/cases';
import { getLead } from '../../../store/repositories/leads';
import { profileInForce } from '../../profile/businessProfile';
import { seenOfContact } from '../access';
import { notFound } from '../viewer';
import type { AnswerOf } from './query';

/** A deal is a lead, or a case without one: the conversation of its customer that the viewer may see. */
export const dealConversation: AnswerOf<'dealConversation'> = async ({ store, viewer }, { dealId }) => {
	const { db, workspaceId } = store;
	const deal = (await getLead(db, workspaceId, dealId)) ?? (await findCase(db, workspaceId, dealId));
	if (deal?.id !== dealId) throw notFound('deal');
	const { profile } = await profileInForce(store);
	const { seen } = await seenOfContact(db, store, profile, viewer, deal.contact_id);
	const found = seen.find(({ id }) => id === deal.conversation_id) ?? seen[0];
	if (!found) throw notFound('deal');
	return { conversationId: found.id };
};
