import { approvalName, approvalStateAt } from '../../domain/approvals/approval';
import type { ApprovalView, PersonOfTeam } from '../../domain/inbox/views';
import type { ApprovalRow } from '../../store/repositories/approvals';

/** A request for approval as people see it, in the state that it has now. */
export function approvalView(
	row: ApprovalRow,
	contactName: string,
	person: (id: string | null) => PersonOfTeam | undefined,
	now: number,
): ApprovalView {
	const decidedBy = person(row.decided_by);
	return {
		id: row.id,
		number: approvalName(row.number),
		conversationId: row.conversation_id,
		contactName,
		summary: row.summary,
		state: approvalStateAt({ state: row.state, expiresAt: row.expires_at }, now),
		...(row.reason === null ? {} : { reason: row.reason }),
		...(decidedBy === undefined ? {} : { decidedBy }),
		askedAt: new Date(row.created_at).toISOString(),
		expiresAt: new Date(row.expires_at).toISOString(),
	};
}
