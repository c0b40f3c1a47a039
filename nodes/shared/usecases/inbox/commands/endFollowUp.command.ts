import { appendAudit } from '../../../store/repositories/auditLog';
import { touchConversationsOf } from '../../../store/repositories/conversations';
import { updateFollowUp } from '../../../store/repositories/followUps';
import type { Command } from './command';
import { seenFollowUp } from './locate';

/** A follow-up was done, or is not wanted any more. */
export const endFollowUp: Command<'endFollowUp'> = {
	about: 'customer',
	locate: async (executor, context, { followUpId }) => (await seenFollowUp(executor, context, followUpId)).subject,
	async run(tx, context, { contactId }, { followUpId, state }) {
		const { store, actor, requestId } = context;
		const { row } = await seenFollowUp(tx, context, followUpId);
		if (row.state === state) return { answer: { followUpId, state } };
		await updateFollowUp(tx, store, followUpId, { state, wake_at: null });
		await touchConversationsOf(tx, store, contactId);
		await appendAudit(tx, store, {
			contactId,
			actor,
			action: 'follow_up.ended',
			subjectKind: 'follow_up',
			subjectId: followUpId,
			payload: { before: row.state, after: state, text: row.text, requestId },
		});
		return {
			answer: { followUpId, state },
			output: 'other',
			item: { action: 'follow_up_ended', followUpId, state, text: row.text, kind: row.kind },
		};
	},
};
