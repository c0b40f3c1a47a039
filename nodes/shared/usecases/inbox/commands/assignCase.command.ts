import { assignCaseInside } from '../../cases/assignCase';
import { noticeCard } from '../../notify/noticeCard';
import { assertMay } from '../viewer';
import type { Command } from './command';
import { caseSubject } from './locate';
import { requestOf } from '../requestOf';

/** Gives a case to a person, who is told in the same transaction. */
export const assignCase: Command<'assignCase'> = {
	about: 'customer',
	locate: caseSubject,
	async prepare({ viewer }, { advisorId }) {
		if (advisorId !== viewer.advisorId) assertMay(viewer, 'assignOthers');
		return await Promise.resolve({});
	},
	async run(tx, context, _subject, { caseId, advisorId }) {
		const { store, actor, viewer } = context;
		const {
			case: found,
			advisor,
			changed,
		} = await assignCaseInside(tx, store, {
			caseKey: caseId,
			assignment: { rule: 'advisor', advisorId },
			requestId: requestOf(context),
			actor,
		});
		return {
			answer: { caseId, advisorId: found.advisor_id },
			...(changed
				? {
						output: 'assign' as const,
						item: {
							...(await noticeCard(
								store,
								{ advisor, text: found.subject, conversationId: found.conversation_id ?? undefined },
								tx,
							)),
							assignedBy: viewer.name,
							action: 'case_assigned',
							caseId,
							number: found.number,
							assignedTo: advisor?.name,
							assignedToEmail: advisor?.email ?? undefined,
							assignedToPhone: advisor?.phone ?? undefined,
						},
					}
				: {}),
		};
	},
};
