import type { Insertable, Selectable, Transaction, Updateable } from 'kysely';

import type { ApprovalsTable, Database } from '../schema';
import type { Executor, Store } from '../store';

export type ApprovalRow = Selectable<ApprovalsTable>;

export async function insertApproval(tx: Transaction<Database>, row: Insertable<ApprovalsTable>): Promise<void> {
	await tx.insertInto('approvals').values(row).execute();
}

export async function getApproval(
	executor: Executor,
	workspaceId: string,
	approvalId: string,
): Promise<ApprovalRow | undefined> {
	return await executor
		.selectFrom('approvals')
		.selectAll()
		.where('workspace_id', '=', workspaceId)
		.where('id', '=', approvalId)
		.executeTakeFirst();
}

/** The newest request of a customer for exactly the same. */
export async function newestApprovalFor(
	executor: Executor,
	workspaceId: string,
	contactId: string,
	digest: string,
): Promise<ApprovalRow | undefined> {
	return await executor
		.selectFrom('approvals')
		.selectAll()
		.where('workspace_id', '=', workspaceId)
		.where('contact_id', '=', contactId)
		.where('digest', '=', digest)
		.orderBy('id', 'desc')
		.limit(1)
		.executeTakeFirst();
}

/** Requests of one conversation, newest first. */
export async function approvalsOfConversation(
	executor: Executor,
	workspaceId: string,
	conversationId: string,
	limit: number,
): Promise<ApprovalRow[]> {
	return await executor
		.selectFrom('approvals')
		.selectAll()
		.where('workspace_id', '=', workspaceId)
		.where('conversation_id', '=', conversationId)
		.orderBy('id', 'desc')
		.limit(limit)
		.execute();
}

/** A page of requests in one state, the first to expire first. `after` is the last row of the page before. */
export async function listApprovals(
	executor: Executor,
	workspaceId: string,
	page: {
		readonly state: ApprovalRow['state'];
		/** Only those that end later than this. */
		readonly endingAfter?: number;
		/** Only those that end by this time. */
		readonly endingBy?: number;
		readonly after?: { readonly at: number; readonly id: string };
		readonly limit: number;
	},
): Promise<ApprovalRow[]> {
	let query = executor
		.selectFrom('approvals')
		.selectAll()
		.where('workspace_id', '=', workspaceId)
		.where('state', '=', page.state);
	const { after, endingAfter, endingBy } = page;
	if (endingAfter !== undefined) query = query.where('expires_at', '>', endingAfter);
	if (endingBy !== undefined) query = query.where('expires_at', '<=', endingBy);
	if (after !== undefined) {
		query = query.where((where) =>
			where.or([
				where('expires_at', '>', after.at),
				where.and([where('expires_at', '=', after.at), where('id', '>', after.id)]),
			]),
		);
	}
	return await query.orderBy('expires_at').orderBy('id').limit(page.limit).execute();
}

/** @returns false when it was in none of the states any more */
export async function updateApproval(
	tx: Transaction<Database>,
	store: Store,
	approvalId: string,
	changes: Updateable<ApprovalsTable>,
	from: ReadonlyArray<ApprovalRow['state']>,
): Promise<boolean> {
	const changed = await tx
		.updateTable('approvals')
		.set({ ...changes, updated_at: store.now() })
		.where('workspace_id', '=', store.workspaceId)
		.where('id', '=', approvalId)
		.where('state', 'in', from)
		.returning('id')
		.executeTakeFirst();
	return changed !== undefined;
}
