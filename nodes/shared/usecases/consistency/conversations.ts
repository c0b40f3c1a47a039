import { conversationFindings } from '../../domain/consistency/findings';
import { addressesOf, recordsByIds, untoldSince, waitingToLeave } from '../../store/repositories/consistency';
import { contactsOf, isUnknown, nameOf, type Look } from './looked';

/** Messages at the end of a conversation whose delivery is looked at. */
const LATEST = 30;

/** Whether customers are answered: turns that were not taken, messages that did not leave or of which nothing was told. */
export const lookAtConversations: Look = async (desk, ids) => {
	const { store, now } = desk;
	const conversations = await recordsByIds(store.db, store.workspaceId, 'conversation', ids);
	const contactIds = [...new Set(conversations.map(({ contact_id: id }) => id))];
	const contacts = await contactsOf(desk, conversations);
	const waiting = await waitingToLeave(store.db, store.workspaceId, contactIds);
	const reachable = new Set((await addressesOf(store.db, store.workspaceId, contactIds)).map((row) => row.contact_id));
	const looked = [];
	for (const conversation of conversations) {
		const { id, contact_id: contactId } = conversation;
		const facts = {
			turnDueAt: conversation.turn_due_at,
			waitingSince: waiting.get(id),
			untoldSince: await untoldSince(store.db, store.workspaceId, id, LATEST),
			hasAddress: reachable.has(contactId),
			hasUnknownOwner: isUnknown(conversation.owner_advisor_id, desk),
		};
		looked.push({
			kind: 'conversation' as const,
			id,
			subject: nameOf(contacts.get(contactId), id),
			contactId,
			conversationId: id,
			findings: conversationFindings(facts, now),
		});
	}
	return looked;
};
