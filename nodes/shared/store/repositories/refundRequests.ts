import type { Selectable, Transaction } from 'kysely';

import type { Database, RefundRequestsTable } from '../schema';
import type { Store } from '../store';

export type RefundRequestRow = Selectable<RefundRequestsTable>;

/** The row of a request to give money back, written now when there is none. */
export async function refundRequest(
	tx: Transaction<Database>,
	store: Store,
	asked: { readonly requestId: string; readonly paymentId: string },
): Promise<RefundRequestRow> {
	const now = store.now();
	await tx
		.insertInto('refund_requests')
		.values({
			id: store.newId(),
			workspace_id: store.workspaceId,
			request_id: asked.requestId,
			payment_id: asked.paymentId,
			attempt: 0,
			failed_at: null,
			created_at: now,
			updated_at: now,
		})
		.onConflict((conflict) => conflict.columns(['workspace_id', 'request_id']).doNothing())
		.execute();
	return await tx
		.selectFrom('refund_requests')
		.selectAll()
		.where('workspace_id', '=', store.workspaceId)
		.where('request_id', '=', asked.requestId)
		.executeTakeFirstOrThrow();
}

/** Changes a request that is still at the attempt that the caller knows; somebody else may have gone on. */
export async function changeRefundRequest(
	tx: Transaction<Database>,
	store: Store,
	known: Pick<RefundRequestRow, 'id' | 'attempt'>,
	changes: Partial<Pick<RefundRequestRow, 'attempt' | 'failed_at'>>,
): Promise<void> {
	await tx
		.updateTable('refund_requests')
		.set({ ...changes, updated_at: store.now() })
		.where('id', '=', known.id)
		.where('attempt', '=', known.attempt)
		.execute();
}
