import { appendAudit } from '../../../store/repositories/auditLog';
import { touchConversationsOf } from '../../../store/repositories/conversations';
import { insertNote } from '../../../store/repositories/notes';
import type { Command } from './command';
import { conversationSubject } from './locate';
import { requestOf } from '../requestOf';

/** A note for the team. It goes into no queue, so that nothing can send it. */
export const note: Command<'note'> = {
	about: 'customer',
	locate: conversationSubject,
	async run(tx, context, { contactId }, { conversationId, text }) {
		const { store, viewer, actor, requestId } = context;
		const id = store.newId();
		await insertNote(tx, {
			id,
			workspace_id: store.workspaceId,
			contact_id: contactId,
			conversation_id: conversationId,
			advisor_id: viewer.advisorId,
			text,
			at: store.now(),
			request_id: requestOf(context),
		});
		await touchConversationsOf(tx, store, contactId);
		await appendAudit(tx, store, {
			contactId,
			actor,
			action: 'conversation.noted',
			subjectKind: 'conversation',
			subjectId: conversationId,
			payload: { noteId: id, text, requestId },
		});
		return { answer: { noteId: id } };
	},
};
