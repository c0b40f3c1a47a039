import { appendAudit } from '../store/repositories/auditLog';
import { getDeadLetter, reviveDeadLetter, type DeadLetterKind } from '../store/repositories/deadLetters';
import type { Store } from '../store/store';
import { journalTopic } from './receiveEvents';

export interface RetriedDeadLetter {
	/** `unchanged`: it was not given up, or somebody was faster. */
	readonly action: 'retried' | 'unchanged';
	readonly kind?: DeadLetterKind;
}

/** What a retry would do, without doing it. */
export async function previewRetry(store: Store, id: string): Promise<RetriedDeadLetter> {
	const kind = await getDeadLetter(store.db, store.workspaceId, id);
	return kind === undefined ? { action: 'unchanged' } : { action: 'retried', kind };
}

/**
 * Makes what was given up ready again: the trigger takes it within a second, on the branches of the first try, and every
 * node of them does for the same request only what is still missing. Twice is the same as once.
 */
export async function retryDeadLetter(store: Store, id: string, actor: string): Promise<RetriedDeadLetter> {
	const revived = await store.transaction(async (tx) => {
		const row = await reviveDeadLetter(tx, store, id);
		if (!row) return undefined;
		await appendAudit(tx, store, {
			...(row.contactId === null ? {} : { contactId: row.contactId }),
			actor,
			action: 'dead_letter.retried',
			subjectKind: row.kind,
			subjectId: id,
			payload: { kind: row.kind },
		});
		return row;
	});
	if (!revived) return { action: 'unchanged' };
	if (revived.kind === 'received' && revived.webhookId !== null) store.signal(journalTopic(revived.webhookId));
	return { action: 'retried', kind: revived.kind };
}
