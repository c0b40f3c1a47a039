import { approvalLife, approvalName, approvalStateAt } from '../../domain/approvals/approval';
import { mayWrite } from '../../domain/consent/mayWrite';
import { isWindowOpen } from '../../domain/messages/serviceWindow';
import type { BusinessProfile } from '../../domain/profile/businessProfile';
import { updateApproval, type ApprovalRow } from '../../store/repositories/approvals';
import { appendAudit } from '../../store/repositories/auditLog';
import { getContact } from '../../store/repositories/contacts';
import { getConversation, touchConversationsOf } from '../../store/repositories/conversations';
import type { Store, StoreTransaction } from '../../store/store';
import { approvalInWords } from '../../text/approvalTexts';
import { queueMessage } from '../send/queueMessage';
import { spokenLanguage } from '../dialogue/spokenLanguage';

export interface ApprovalDecision {
	readonly decision: 'approve' | 'reject';
	/** Why it is rejected; the customer does not read it. */
	readonly reason?: string;
	readonly advisorId: string;
	readonly actor: string;
}

export interface DecidedApproval {
	readonly approval: ApprovalRow;
	readonly outboxIds: readonly string[];
}

/** The customer was told that a person decides, so they are told the no. A yes they learn by what is done. */
async function tellCustomer(
	tx: StoreTransaction,
	store: Store,
	profile: BusinessProfile,
	approval: ApprovalRow,
): Promise<readonly string[]> {
	const contact = await getContact(tx, store.workspaceId, approval.contact_id);
	const conversation = await getConversation(tx, store.workspaceId, approval.conversation_id);
	if (!contact || !conversation || contact.erased_at !== null || conversation.mode === 'mirrored') return [];
	const now = store.now();
	const { allowed } = mayWrite('service', { optedOutAt: contact.opted_out_at ?? undefined }, new Date(now), profile);
	if (!allowed || !isWindowOpen(conversation.last_inbound_at, now)) return [];
	const language = spokenLanguage(conversation, profile);
	const text = approvalInWords('customerRejected', language, { number: approvalName(approval.number) });
	const outboxId = await queueMessage(tx, store, conversation, {
		message: { type: 'text', text },
		requestId: `approval:${approval.id}:rejected`,
		sequence: 0,
		author: 'workflow',
		owner: store.bootId,
	});
	return [outboxId];
}

/**
 * A person's yes or no, in the transaction of their click and under the customer's lock. After a yes the desk has as long again to do
 * it.
 * @returns undefined when somebody decided before, or its time is over
 */
export async function decideApprovalInside(
	tx: StoreTransaction,
	store: Store,
	profile: BusinessProfile,
	approval: ApprovalRow,
	{ decision, reason, advisorId, actor }: ApprovalDecision,
): Promise<DecidedApproval | undefined> {
	const now = store.now();
	if (approvalStateAt({ state: approval.state, expiresAt: approval.expires_at }, now) !== 'pending') return undefined;
	const state = decision === 'approve' ? ('approved' as const) : ('rejected' as const);
	const changes = {
		state,
		reason: reason ?? null,
		decided_by: advisorId,
		decided_at: now,
		expires_at: state === 'approved' ? now + approvalLife(profile) : approval.expires_at,
	};
	if (!(await updateApproval(tx, store, approval.id, changes, ['pending']))) return undefined;
	await appendAudit(tx, store, {
		contactId: approval.contact_id,
		actor,
		action: `approval.${state}`,
		subjectKind: 'approval',
		subjectId: approval.id,
		payload: { number: approvalName(approval.number), summary: approval.summary, reason },
	});
	await touchConversationsOf(tx, store, approval.contact_id);
	const outboxIds = state === 'rejected' ? await tellCustomer(tx, store, profile, approval) : [];
	return { approval: { ...approval, ...changes, updated_at: now }, outboxIds };
}
