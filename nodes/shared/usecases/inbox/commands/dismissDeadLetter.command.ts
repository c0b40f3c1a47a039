import { appendAudit } from '../../../store/repositories/auditLog';
import { dismissDeadLetter as dismiss } from '../../../store/repositories/deadLetters';
import type { Command } from './command';

/** Puts away what nobody needs any more: it is not tried again, and not shown. What is gone already stays so. */
export const dismissDeadLetter: Command<'dismissDeadLetter'> = {
	about: 'desk',
	permission: 'repair',
	async run({ store, actor, requestId }, { deadLetterId, reason }, once) {
		const answer = { deadLetterId };
		await store.transaction(async (tx) => {
			await once({ answer })(tx);
			const row = await dismiss(tx, store, deadLetterId);
			if (!row) return;
			await appendAudit(tx, store, {
				...(row.contactId === null ? {} : { contactId: row.contactId }),
				actor,
				action: 'dead_letter.dismissed',
				subjectKind: row.kind,
				subjectId: deadLetterId,
				payload: { kind: row.kind, reason, requestId },
			});
		});
		return answer;
	},
};
