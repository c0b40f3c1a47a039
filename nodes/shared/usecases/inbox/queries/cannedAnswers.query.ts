import { listCannedAnswers } from '../../../store/repositories/cannedAnswers';
import { teamNames } from '../teamNames';
import type { AnswerOf } from './query';

/** One's own canned answers and those of everybody. */
export const cannedAnswers: AnswerOf<'cannedAnswers'> = async ({ store, viewer }) => {
	const person = await teamNames(store.db, store.workspaceId);
	const rows = await listCannedAnswers(store.db, store.workspaceId, viewer.advisorId);
	return rows.map((row) => {
		const advisor = person(row.advisor_id);
		return {
			id: row.id,
			shortcut: row.shortcut,
			text: row.text,
			...(advisor === undefined ? {} : { advisor }),
		};
	});
};
