import {
	approvalLife,
	approvalName,
	approvalStateAt,
	canonicalParameters,
	type ApprovalParameters,
	type ApprovalState,
} from '../../domain/approvals/approval';
import { insertApproval, newestApprovalFor, type ApprovalRow } from '../../store/repositories/approvals';
import { appendAudit } from '../../store/repositories/auditLog';
import { nextCount } from '../../store/repositories/cases';
import { touchConversationsOf } from '../../store/repositories/conversations';
import type { Store } from '../../store/store';
import { approvalInWords } from '../../text/approvalTexts';
import { profileInForce } from '../profile/businessProfile';
import { tellApprovers } from './approvers';

/** What a model wants to have done. */
export interface WantedApproval {
	/** Node, resource and operation: `stripePaymentLink.refund.create`. */
	readonly operation: string;
	/** Exactly with what; nothing secret. */
	readonly parameters: ApprovalParameters;
	/** What will happen, in the language of the business. */
	readonly summary: string;
	readonly contactId: string;
	readonly conversationId: string;
	/** The node that the model used. */
	readonly askedBy: string;
}

export interface AskedApproval {
	readonly approval: ApprovalRow;
	readonly state: ApprovalState;
	/** Whether it was asked for now; the same wish before its end is the same request. */
	readonly isNew: boolean;
}

/** Proves what was asked: nobody without the key of the store can make the same of other parameters. */
export const approvalDigest = (store: Store, operation: string, parameters: string): string =>
	store.sign(`approval\n${operation}\n${parameters}`);

/**
 * Leaves a request that people decide on, and rings their bells, once: exactly the same asked again before its time is over gets the
 * request that there is, with what has become of it.
 */
export async function askApproval(store: Store, wanted: WantedApproval): Promise<AskedApproval> {
	const { operation, contactId, conversationId, summary, askedBy } = wanted;
	const parameters = canonicalParameters(wanted.parameters);
	const digest = approvalDigest(store, operation, parameters);
	const { profile } = await profileInForce(store);
	const [result] = await store.eachLocked([`contact:${contactId}`], async (tx): Promise<AskedApproval> => {
		const now = store.now();
		const known = await newestApprovalFor(tx, store.workspaceId, contactId, digest);
		if (known !== undefined && now < known.expires_at) {
			const state = approvalStateAt({ state: known.state, expiresAt: known.expires_at }, now);
			return { approval: known, state, isNew: false };
		}
		const approval: ApprovalRow = {
			id: store.newId(),
			workspace_id: store.workspaceId,
			number: await nextCount(tx, store.workspaceId, 'approval'),
			contact_id: contactId,
			conversation_id: conversationId,
			operation,
			parameters,
			digest,
			summary,
			asked_by: askedBy,
			state: 'pending',
			reason: null,
			decided_by: null,
			decided_at: null,
			expires_at: now + approvalLife(profile),
			used_at: null,
			result: null,
			created_at: now,
			updated_at: now,
		};
		await insertApproval(tx, approval);
		const number = approvalName(approval.number);
		await tellApprovers(tx, store, approval, {
			kind: 'approval.requested',
			text: approvalInWords('asked', profile.language, { number, summary }),
		});
		await appendAudit(tx, store, {
			contactId,
			actor: 'assistant',
			action: 'approval.requested',
			subjectKind: 'approval',
			subjectId: approval.id,
			payload: { number, summary, operation, parameters: wanted.parameters, askedBy },
		});
		await touchConversationsOf(tx, store, contactId);
		return { approval, state: 'pending', isNew: true };
	});
	if (result === undefined || 'error' in result) throw result?.error ?? new Error('The request was not written');
	return result.value;
}
