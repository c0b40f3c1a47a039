import { may } from '../../domain/inbox/permissions';
import { listAdvisors, type AdvisorRow } from '../../store/repositories/advisors';
import type { ApprovalRow } from '../../store/repositories/approvals';
import type { Store, StoreTransaction } from '../../store/store';
import { leaveNotification } from '../notify/leaveNotification';
import { supervisorsOf } from '../notify/tellSupervisors';

/** Those whose role may approve; where nobody's does, those who lead, so that somebody hears of it. */
function approversOf(team: readonly AdvisorRow[]): AdvisorRow[] {
	const approvers = team.filter(({ role }) => may(role, 'approve'));
	return approvers.length > 0 ? approvers : supervisorsOf(team);
}

/** Rings the bell of everybody who may decide, once for each piece of news. */
export async function tellApprovers(
	tx: StoreTransaction,
	store: Store,
	approval: ApprovalRow,
	news: { readonly kind: 'approval.requested' | 'approval.expired'; readonly text: string },
): Promise<void> {
	for (const advisor of approversOf(await listAdvisors(tx, store.workspaceId))) {
		await leaveNotification(tx, store, advisor, {
			...news,
			requestId: `${news.kind}:${approval.id}`,
			contactId: approval.contact_id,
			conversationId: approval.conversation_id,
		});
	}
}
