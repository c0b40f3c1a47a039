import { appendAudit } from '../../store/repositories/auditLog';
import { deleteLinkedContacts } from '../../store/repositories/linkedContacts';
import { openLinkedNumbersOf, updateLinkedNumber } from '../../store/repositories/linkedNumbers';
import type { Store, StoreTransaction } from '../../store/store';

/**
 * Whoever leaves takes their number along: from now on nothing of it is stored, its token and its address book are
 * forgotten. Meta is not asked, so that nobody has to wait for it; what it still delivers is dropped.
 */
export async function endNumbersOf(
	tx: StoreTransaction,
	store: Store,
	advisorId: string,
	actor: string,
): Promise<void> {
	for (const row of await openLinkedNumbersOf(tx, store.workspaceId, advisorId)) {
		await updateLinkedNumber(tx, store, row.id, {
			state: 'unlinked',
			problem: 'unlinked_here',
			problem_detail: null,
			access_token: null,
			code: null,
			due_at: null,
			unlinked_at: store.now(),
		});
		await deleteLinkedContacts(tx, row.id);
		await appendAudit(tx, store, {
			actor,
			action: 'number.unlinked',
			subjectKind: 'linked_number',
			subjectId: row.id,
			payload: { before: row.state, phone: row.display_phone_number, reason: 'unlinked_here' },
		});
	}
}
