import type { Transaction } from 'kysely';

import type { Database, NotesTable } from '../schema';
import { addSearchEntry } from './searchEntries';

/** What the team writes for itself about a customer; the search finds it, no channel ever sends it. */
export async function insertNote(tx: Transaction<Database>, note: NotesTable): Promise<void> {
	await tx.insertInto('notes').values(note).execute();
	await addSearchEntry(tx, {
		id: note.id,
		workspaceId: note.workspace_id,
		contactId: note.contact_id,
		conversationId: note.conversation_id,
		text: note.text,
	});
}
