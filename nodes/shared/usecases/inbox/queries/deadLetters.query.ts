import { listDeadLetters } from '../../../store/repositories/deadLetters';
import { conversationsOfContacts } from '../../../store/repositories/inboxLookups';
import { deadLetterInWords } from '../../../text/deadLetters';
import { profileInForce } from '../../profile/businessProfile';
import { pageOf, readCursor } from '../cursors';
import { assertMay } from '../viewer';
import type { AnswerOf } from './query';

/** What nobody could do, newest first, for who may repair it (O4). */
export const deadLetters: AnswerOf<'deadLetters'> = async ({ store, viewer }, { cursor, limit }) => {
	assertMay(viewer, 'repair');
	const { profile } = await profileInForce(store);
	const before = readCursor(cursor);
	const rows = await listDeadLetters(store.db, store.workspaceId, {
		...(before === undefined ? {} : { before: { id: before.id, created_at: before.at } }),
		limit: limit + 1,
	});
	const contactIds = rows.flatMap(({ contact_id }) => contact_id ?? []);
	const conversations = await conversationsOfContacts(store.db, store.workspaceId, contactIds);
	return pageOf(
		rows,
		limit,
		({ created_at, id }) => ({ at: created_at, id }),
		(row) => {
			const conversationId = conversations.get(row.contact_id ?? '');
			const contactName = row.contact_name ?? row.contact_phone;
			return {
				id: row.id,
				kind: row.kind,
				...(conversationId === undefined ? {} : { conversationId }),
				...(contactName === null ? {} : { contactName }),
				what: deadLetterInWords(row.kind, row.about, profile.language),
				why: row.error ?? '',
				at: new Date(row.created_at).toISOString(),
				retryable: true,
			};
		},
	);
};
