import { customerName } from '../../../domain/identity/knownName';
import { listApprovals } from '../../../store/repositories/approvals';
import { contactsById } from '../../../store/repositories/inboxLookups';
import { approvalView } from '../approvalViews';
import { pageOf, readCursor } from '../cursors';
import { teamNames } from '../teamNames';
import { assertMay } from '../viewer';
import type { AnswerOf } from './query';

/** What waits for a yes or no, for those who may say it. */
export const approvals: AnswerOf<'approvals'> = async ({ store, viewer }, { cursor, limit }) => {
	assertMay(viewer, 'approve');
	const { db, workspaceId } = store;
	const now = store.now();
	const rows = await listApprovals(db, workspaceId, {
		state: 'pending',
		endingAfter: now,
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
		({ expires_at, id }) => ({ at: expires_at, id }),
		(row) => approvalView(row, customerName(contacts.get(row.contact_id)), person, now),
	);
};
