import { customerName } from '../../../domain/identity/knownName';
import { listFollowUps } from '../../../store/repositories/followUps';
import { contactsById } from '../../../store/repositories/inboxLookups';
import { pageOf, readCursor } from '../cursors';
import { followUpView } from '../followUpViews';
import { teamNames } from '../teamNames';
import { assertMay } from '../viewer';
import type { AnswerOf } from './query';

/** What is to be done, the first due first: one's own, or everybody's for who may see all. */
export const followUps: AnswerOf<'followUps'> = async ({ store, viewer }, { list, cursor, limit }) => {
	if (list === 'all') assertMay(viewer, 'seeAll');
	const { db, workspaceId } = store;
	const rows = await listFollowUps(db, workspaceId, {
		...(list === 'mine' ? { advisorId: viewer.advisorId } : {}),
		after: readCursor(cursor),
		limit: limit + 1,
	});
	const person = await teamNames(db, workspaceId);
	const contacts = await contactsById(
		db,
		workspaceId,
		rows.map(({ contact_id }) => contact_id),
	);
	return pageOf(
		rows,
		limit,
		({ due_at, id }) => ({ at: due_at, id }),
		(row) => followUpView(row, customerName(contacts.get(row.contact_id)), person),
	);
};
