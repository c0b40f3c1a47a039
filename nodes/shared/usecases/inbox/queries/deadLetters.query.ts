import { errorsOfMessages, listDeadLetters, type DeadLetterRow } from '../../../store/repositories/deadLetters';
import type { VendorError } from '../../../domain/messages/events';
import { conversationsOfContacts } from '../../../store/repositories/inboxLookups';
import type { Failure } from '../../../domain/failures/failure';
import { failureOfErrors, failureOfWords } from '../../failures/readFailure';
import { pageOf, readCursor } from '../cursors';
import { assertMay } from '../viewer';
import type { AnswerOf } from './query';

/** A vendor's own error of a message says more than the words that its queue kept. */
function failureOf(row: DeadLetterRow, errors: string | undefined): Failure {
	const ofMessage = errors === undefined ? undefined : failureOfErrors(JSON.parse(errors) as readonly VendorError[]);
	return ofMessage ?? failureOfWords(row.error ?? '');
}

/** What nobody could do, newest first, for who may repair it (O4). */
export const deadLetters: AnswerOf<'deadLetters'> = async ({ store, viewer }, { cursor, limit }) => {
	assertMay(viewer, 'repair');
	const before = readCursor(cursor);
	const rows = await listDeadLetters(store.db, store.workspaceId, {
		...(before === undefined ? {} : { before: { id: before.id, created_at: before.at } }),
		limit: limit + 1,
	});
	const errors = await errorsOfMessages(
		store.db,
		store.workspaceId,
		rows.flatMap(({ kind, id }) => (kind === 'message' ? id : [])),
	);
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
				about: row.about,
				why: failureOf(row, errors.get(row.id)),
				at: new Date(row.created_at).toISOString(),
				retryable: true,
			};
		},
	);
};
