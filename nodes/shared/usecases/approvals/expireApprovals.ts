import { approvalName } from '../../domain/approvals/approval';
import { getApproval, listApprovals, updateApproval } from '../../store/repositories/approvals';
import { appendAudit } from '../../store/repositories/auditLog';
import { touchConversationsOf } from '../../store/repositories/conversations';
import type { Store } from '../../store/store';
import { approvalInWords } from '../../text/approvalTexts';
import { profileInForce } from '../profile/businessProfile';
import { tellApprovers } from './approvers';

/** Requests that are ended in one look; the next minute takes the rest. */
const BATCH = 100;

/**
 * Ends what nobody decided in time, and what was approved and never done, and tells those who may approve: a customer waits for it.
 * @returns how many were ended
 */
export async function expireApprovals(store: Store): Promise<number> {
	const now = store.now();
	const over = [];
	for (const state of ['pending', 'approved'] as const) {
		over.push(...(await listApprovals(store.db, store.workspaceId, { state, endingBy: now, limit: BATCH })));
	}
	if (over.length === 0) return 0;
	const { profile } = await profileInForce(store);
	let ended = 0;
	for (const { id, contact_id: contactId, state } of over) {
		const [result] = await store.eachLocked([`contact:${contactId}`], async (tx) => {
			const row = await getApproval(tx, store.workspaceId, id);
			// Decided or done meanwhile.
			if (row === undefined || row.expires_at > now) return false;
			if (!(await updateApproval(tx, store, id, { state: 'expired' }, [state]))) return false;
			const number = approvalName(row.number);
			const { summary } = row;
			const text = state === 'pending' ? 'nobodyDecided' : 'notDone';
			await tellApprovers(tx, store, row, {
				kind: 'approval.expired',
				text: approvalInWords(text, profile.language, { number, summary }),
			});
			await appendAudit(tx, store, {
				contactId: row.contact_id,
				actor: 'bot',
				action: 'approval.expired',
				subjectKind: 'approval',
				subjectId: id,
				payload: { number, summary, before: state },
			});
			await touchConversationsOf(tx, store, row.contact_id);
			return true;
		});
		if (result !== undefined && 'error' in result) throw result.error;
		if (result?.value === true) ended += 1;
	}
	return ended;
}
