import { may } from '../../../domain/inbox/permissions';
import { appendAudit } from '../../../store/repositories/auditLog';
import { getCannedAnswer, putCannedAnswer } from '../../../store/repositories/cannedAnswers';
import { assertMay, notFound } from '../viewer';
import type { Command } from './command';

/** A sentence that is written often: one's own, or everybody's for who may change texts. */
export const saveCannedAnswer: Command<'saveCannedAnswer'> = {
	about: 'desk',
	permission: (_context, { shared }) => (shared ? 'assignOthers' : undefined),
	async run({ store, viewer, actor }, input, once) {
		const id = input.cannedAnswerId ?? store.newId();
		const answer = { cannedAnswerId: id };
		await store.transaction(async (tx) => {
			await once({ answer })(tx);
			const known = await getCannedAnswer(tx, store.workspaceId, id);
			if (input.cannedAnswerId !== undefined && !known) throw notFound('canned answer');
			if (known && known.advisor_id !== viewer.advisorId) {
				if (known.advisor_id !== null && !may(viewer.role, 'editAdvisors')) throw notFound('canned answer');
				assertMay(viewer, 'assignOthers');
			}
			const advisorId = input.shared ? null : viewer.advisorId;
			await putCannedAnswer(tx, store, { id, shortcut: input.shortcut, text: input.text, advisor_id: advisorId });
			await appendAudit(tx, store, {
				actor,
				action: 'canned_answer.saved',
				subjectKind: 'canned_answer',
				subjectId: id,
				payload: { shortcut: input.shortcut, before: known?.text, after: input.text, shared: input.shared },
			});
		});
		return answer;
	},
};
