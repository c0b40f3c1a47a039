import { getContact, livingContact } from '../../../store/repositories/contacts';
import { profileInForce } from '../../profile/businessProfile';
import { seenOfContact } from '../access';
import { notFound } from '../viewer';
import type { AnswerOf } from './query';

/** The conversation of a customer that was active last, of those that the viewer may see. Who was merged is who they became. */
export const contactConversation: AnswerOf<'contactConversation'> = async ({ store, viewer }, { contactId }) => {
	const { db, workspaceId } = store;
	const contact = await getContact(db, workspaceId, contactId);
	if (!contact) throw notFound('contact');
	const { id } = await livingContact(db, contact);
	const { profile } = await profileInForce(store);
	const [found] = (await seenOfContact(db, store, profile, viewer, id)).seen;
	if (!found) throw notFound('contact');
	return { conversationId: found.id };
};
