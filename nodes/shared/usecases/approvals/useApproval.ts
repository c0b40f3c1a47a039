import { approvalName, approvalStateAt, type ApprovalParameters } from '../../domain/approvals/approval';
import { InvalidInput } from '../../domain/invalidInput';
import { getAdvisor } from '../../store/repositories/advisors';
import { getApproval, updateApproval, type ApprovalRow } from '../../store/repositories/approvals';
import { appendAudit } from '../../store/repositories/auditLog';
import { touchConversationsOf } from '../../store/repositories/conversations';
import type { Store } from '../../store/store';
import { approvalDigest } from './askApproval';

/** What a person has approved, ready to be done. */
export interface ApprovedRequest {
	readonly approval: ApprovalRow;
	/** `A-12`. */
	readonly name: string;
	readonly parameters: ApprovalParameters;
	/** Who approved it. */
	readonly approvedBy: string;
	/** Doing it is idempotent by this. */
	readonly requestId: string;
}

function refuseState(row: ApprovalRow, now: number): void {
	const state = approvalStateAt({ state: row.state, expiresAt: row.expires_at }, now);
	// What was done may be asked for again after a crash: its request id makes it the same.
	if (state === 'approved' || state === 'used') return;
	const name = approvalName(row.number);
	const said =
		state === 'pending'
			? { message: `Nobody has approved ${name} yet`, description: 'Approve it in the inbox first.' }
			: state === 'rejected'
				? {
						message: `${name} was rejected`,
						description: 'What was rejected is not done. Ask for it anew if things changed.',
					}
				: { message: `The time of ${name} is over`, description: 'Ask for it again, and have it approved anew.' };
	throw new InvalidInput({ ...said, parameter: 'Approval' });
}

/**
 * The exact request behind an approval, for whoever does it: approved, in time, for this operation, and unchanged since it was asked.
 * @throws InvalidInput for anything else
 */
export async function approvedRequest(store: Store, approvalId: string, operation: string): Promise<ApprovedRequest> {
	const row = await getApproval(store.db, store.workspaceId, approvalId);
	if (row === undefined || row.operation !== operation) {
		throw new InvalidInput({
			message: `There is no approval '${approvalId.slice(0, 60)}' for this`,
			description:
				'Connect this node behind the output Other of Advisor Inbox Trigger: its item brings what was approved.',
			parameter: 'Approval',
		});
	}
	refuseState(row, store.now());
	if (approvalDigest(store, row.operation, row.parameters) !== row.digest) {
		throw new InvalidInput({
			message: `${approvalName(row.number)} is not what was asked for any more`,
			description: 'Somebody changed it in the database after it was asked for. Nothing was done.',
			parameter: 'Approval',
		});
	}
	const decider = row.decided_by === null ? undefined : await getAdvisor(store.db, store.workspaceId, row.decided_by);
	return {
		approval: row,
		name: approvalName(row.number),
		parameters: JSON.parse(row.parameters) as ApprovalParameters,
		approvedBy: decider?.name ?? row.decided_by ?? '',
		requestId: `approval:${row.id}`,
	};
}

/** Writes down that it was done, once, with the ids of what came of it. */
export async function finishApproval(
	store: Store,
	{ approval, name }: ApprovedRequest,
	result: Readonly<Record<string, unknown>>,
): Promise<void> {
	const [finished] = await store.eachLocked([`contact:${approval.contact_id}`], async (tx) => {
		const changes = { state: 'used' as const, used_at: store.now(), result: JSON.stringify(result) };
		// Done is done: also when its time ended meanwhile.
		if (!(await updateApproval(tx, store, approval.id, changes, ['approved', 'expired']))) return;
		await appendAudit(tx, store, {
			contactId: approval.contact_id,
			actor: 'bot',
			action: 'approval.used',
			subjectKind: 'approval',
			subjectId: approval.id,
			payload: { number: name, summary: approval.summary, ...result },
		});
		await touchConversationsOf(tx, store, approval.contact_id);
	});
	if (finished !== undefined && 'error' in finished) throw finished.error;
}
