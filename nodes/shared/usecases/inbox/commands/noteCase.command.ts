import { addCaseNoteInside } from '../../cases/changeCase';
import type { Command } from './command';
import { caseSubject } from './locate';

/** A note on a case, for the team. */
export const noteCase: Command<'noteCase'> = {
	about: 'customer',
	locate: caseSubject,
	async run(tx, { store, viewer, actor, requestId }, _subject, { caseId, text }) {
		const { case: found } = await addCaseNoteInside(tx, store, {
			caseKey: caseId,
			text,
			author: viewer.name,
			requestId,
			actor,
		});
		return {
			answer: { caseId },
			output: 'caseUpdate',
			item: { action: 'noted', caseId, number: found.number, note: text },
		};
	},
};
