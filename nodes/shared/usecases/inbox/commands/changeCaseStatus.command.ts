import { changeCaseStatusInside } from '../../cases/changeCase';
import type { Command } from './command';
import { caseSubject } from './locate';

/** Moves a case to another status; with the last one done the bot answers again. */
export const changeCaseStatus: Command<'changeCaseStatus'> = {
	about: 'customer',
	locate: caseSubject,
	async run(tx, { store, profile, actor, requestId }, _subject, { caseId, status, note }) {
		const {
			case: found,
			changed,
			before,
		} = await changeCaseStatusInside(tx, store, profile, {
			caseKey: caseId,
			status,
			note,
			requestId,
			actor,
		});
		return {
			answer: { caseId, status: found.status },
			...(changed
				? {
						output: 'caseUpdate' as const,
						item: { action: 'status_changed', caseId, number: found.number, before, status: found.status, note },
					}
				: {}),
		};
	},
};
