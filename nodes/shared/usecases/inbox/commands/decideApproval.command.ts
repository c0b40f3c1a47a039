import { approvalName, type ApprovalParameters } from '../../../domain/approvals/approval';
import { getApproval, type ApprovalRow } from '../../../store/repositories/approvals';
import type { Executor } from '../../../store/store';
import { decideApprovalInside } from '../../approvals/decideApproval';
import { Refusal } from '../refusal';
import { teamNames } from '../teamNames';
import { notFound } from '../viewer';
import type { Command, CommandContext } from './command';
import { conversationSubject } from './locate';

async function existingApproval(
	executor: Executor,
	{ store }: CommandContext,
	approvalId: string,
): Promise<ApprovalRow> {
	const row = await getApproval(executor, store.workspaceId, approvalId);
	if (row === undefined) throw notFound('request');
	return row;
}

/** Why a decision comes too late. */
async function tooLate(executor: Executor, { store }: CommandContext, row: ApprovalRow): Promise<Refusal> {
	const name = approvalName(row.number);
	const decider = (await teamNames(executor, store.workspaceId))(row.decided_by);
	if (row.decided_at === null) {
		return new Refusal(409, {
			message: `The time to decide ${name} is over`,
			description: 'Write to the customer; the assistant can ask for it again.',
			code: 'approvalExpired',
			values: { request: name },
		});
	}
	return new Refusal(409, {
		message: `${name} was decided before${decider === undefined ? '' : ` by ${decider.name}`}`,
		description: 'Load the page again to see what was decided.',
		...(decider === undefined
			? { code: 'approvalDecided', values: { request: name } }
			: { code: 'approvalDecidedBy', values: { request: name, name: decider.name } }),
	});
}

/** A person's yes or no to what the assistant asked for. What was approved leaves on Other, where the workflow does it. */
export const decideApproval: Command<'decideApproval'> = {
	about: 'customer',
	permission: 'approve',
	async locate(executor, context, { approvalId }) {
		const row = await existingApproval(executor, context, approvalId);
		return await conversationSubject(executor, context, { conversationId: row.conversation_id });
	},
	async run(tx, context, _subject, { approvalId, decision, reason }) {
		const { store, profile, viewer, actor } = context;
		const row = await existingApproval(tx, context, approvalId);
		if (decision === 'reject' && (reason === undefined || reason === '')) {
			throw new Refusal(422, {
				message: 'Say why it is rejected',
				description: 'The reason stays with the team; the customer does not read it.',
				field: 'reason',
				code: 'rejectedWithoutReason',
			});
		}
		const { advisorId } = viewer;
		const decided = await decideApprovalInside(tx, store, profile, row, { decision, reason, advisorId, actor });
		if (decided === undefined) throw await tooLate(tx, context, row);
		const { approval, outboxIds } = decided;
		return {
			answer: { approvalId, state: approval.state },
			output: 'other',
			outboxIds,
			item: {
				decision: approval.state,
				...(reason === undefined ? {} : { reason }),
				approval: {
					id: approval.id,
					number: approvalName(approval.number),
					operation: approval.operation,
					summary: approval.summary,
					...(JSON.parse(approval.parameters) as ApprovalParameters),
				},
			},
		};
	},
};
