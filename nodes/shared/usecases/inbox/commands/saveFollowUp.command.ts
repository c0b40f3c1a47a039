import { appendAudit } from '../../../store/repositories/auditLog';
import { getAdvisor } from '../../../store/repositories/advisors';
import { touchConversationsOf } from '../../../store/repositories/conversations';
import { insertFollowUp, updateFollowUp } from '../../../store/repositories/followUps';
import { Refusal } from '../refusal';
import { assertMay, notFound } from '../viewer';
import type { Command } from './command';
import { conversationSubject, seenFollowUp } from './locate';
import { requestOf } from '../requestOf';

/** Something to do for the customer at a time: one's own, or a colleague's for who may assign (P10). */
export const saveFollowUp: Command<'saveFollowUp'> = {
	about: 'customer',
	locate: conversationSubject,
	async run(tx, context, { contactId, conversation }, input) {
		const { store, viewer, actor, requestId } = context;
		if (!conversation) throw notFound('conversation');
		const advisorId = input.advisorId ?? viewer.advisorId;
		if (advisorId !== viewer.advisorId) assertMay(viewer, 'assignOthers');
		if (!(await getAdvisor(tx, store.workspaceId, advisorId))) throw notFound('advisor');
		const dueAt = Date.parse(input.dueAt);
		if (dueAt <= store.now()) {
			throw new Refusal(422, {
				message: "'Due' lies in the past",
				description: 'Choose a time from now on.',
				field: 'dueAt',
				code: 'dueInPast',
			});
		}
		const wanted = { advisor_id: advisorId, kind: input.kind, text: input.text, due_at: dueAt, wake_at: dueAt };
		let id = input.followUpId;
		if (id === undefined) {
			id = store.newId();
			const now = store.now();
			await insertFollowUp(tx, {
				id,
				workspace_id: store.workspaceId,
				webhook_id: conversation.webhook_id,
				channel_id: conversation.channel_id,
				contact_id: contactId,
				conversation_id: conversation.id,
				...wanted,
				state: 'open',
				origin: 'hand',
				request_id: requestOf(context),
				created_at: now,
				updated_at: now,
			});
		} else {
			const { row } = await seenFollowUp(tx, context, id);
			if (row.conversation_id !== conversation.id) throw notFound('follow-up');
			// What somebody has changed is theirs, and no longer the rule's to cancel.
			await updateFollowUp(tx, store, id, { ...wanted, state: 'open', origin: 'hand' });
		}
		await touchConversationsOf(tx, store, contactId);
		await appendAudit(tx, store, {
			contactId,
			actor,
			action: 'follow_up.saved',
			subjectKind: 'follow_up',
			subjectId: id,
			payload: { text: input.text, dueAt: input.dueAt, kind: input.kind, advisorId, requestId },
		});
		return { answer: { followUpId: id } };
	},
};
