import { appendAudit } from '../../../store/repositories/auditLog';
import { deleteCannedAnswer as deleteRow, getCannedAnswer } from '../../../store/repositories/cannedAnswers';
import { assertMay, notFound } from '../viewer';
import type { Command } from './command';

export const deleteCannedAnswer: Command<'deleteCannedAnswer'> = {
	about: 'desk',
	async run({ store, viewer, actor }, { cannedAnswerId }, once) {
		const answer = { cannedAnswerId };
		await store.transaction(async (tx) => {
			await once({ answer })(tx);
			const known = await getCannedAnswer(tx, store.workspaceId, cannedAnswerId);
			if (!known || (known.advisor_id !== null && known.advisor_id !== viewer.advisorId))
				throw notFound('canned answer');
			if (known.advisor_id === null) assertMay(viewer, 'assignOthers');
			await deleteRow(tx, store.workspaceId, cannedAnswerId);
			await appendAudit(tx, store, {
				actor,
				action: 'canned_answer.deleted',
				subjectKind: 'canned_answer',
				subjectId: cannedAnswerId,
				payload: { shortcut: known.shortcut, before: known.text },
			});
		});
		return answer;
	},
};
