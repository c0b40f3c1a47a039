import type { Insertable, Selectable, Transaction, Updateable } from 'kysely';

import type { Database, PaymentEventsTable, PaymentsTable } from '../schema';
import type { Executor, Store } from '../store';

export type PaymentRow = Selectable<PaymentsTable>;

export type PaymentEventRow = Selectable<PaymentEventsTable>;

/** Writes a payment down, unless its request has one. @returns whether it was written */
export async function insertPayment(tx: Transaction<Database>, row: Insertable<PaymentsTable>): Promise<boolean> {
	const inserted = await tx
		.insertInto('payments')
		.values(row)
		.onConflict((conflict) => conflict.columns(['workspace_id', 'request_id']).doNothing())
		.returning('id')
		.executeTakeFirst();
	return inserted !== undefined;
}

export async function getPayment(
	executor: Executor,
	workspaceId: string,
	paymentId: string,
): Promise<PaymentRow | undefined> {
	return await executor
		.selectFrom('payments')
		.selectAll()
		.where('workspace_id', '=', workspaceId)
		.where('id', '=', paymentId)
		.executeTakeFirst();
}

export async function paymentOfRequest(
	executor: Executor,
	workspaceId: string,
	requestId: string,
): Promise<PaymentRow | undefined> {
	return await executor
		.selectFrom('payments')
		.selectAll()
		.where('workspace_id', '=', workspaceId)
		.where('request_id', '=', requestId)
		.executeTakeFirst();
}

/** The payment behind a provider's link or session. */
export async function paymentOfProvider(
	executor: Executor,
	workspaceId: string,
	provider: string,
	providerId: string,
): Promise<PaymentRow | undefined> {
	return await executor
		.selectFrom('payments')
		.selectAll()
		.where('workspace_id', '=', workspaceId)
		.where('provider', '=', provider)
		.where('provider_id', '=', providerId)
		.executeTakeFirst();
}

/** A page of payments, newest first. `before` is the id of the last row of the page before. */
export async function listPayments(
	executor: Executor,
	workspaceId: string,
	filter: {
		readonly state?: PaymentRow['state'];
		readonly contactId?: string;
		readonly conversationId?: string;
		readonly before?: string;
		readonly limit: number;
	},
): Promise<PaymentRow[]> {
	let query = executor.selectFrom('payments').selectAll().where('workspace_id', '=', workspaceId);
	if (filter.state !== undefined) query = query.where('state', '=', filter.state);
	if (filter.contactId !== undefined) query = query.where('contact_id', '=', filter.contactId);
	if (filter.conversationId !== undefined) query = query.where('conversation_id', '=', filter.conversationId);
	if (filter.before !== undefined) query = query.where('id', '<', filter.before);
	return await query.orderBy('id', 'desc').limit(filter.limit).execute();
}

export async function updatePayment(
	tx: Transaction<Database>,
	store: Store,
	paymentId: string,
	changes: Updateable<PaymentsTable>,
): Promise<void> {
	await tx
		.updateTable('payments')
		.set({ ...changes, updated_at: store.now() })
		.where('workspace_id', '=', store.workspaceId)
		.where('id', '=', paymentId)
		.execute();
}

/** Writes an event down, once. @returns false when it was there before */
export async function insertPaymentEvent(
	tx: Transaction<Database>,
	row: Insertable<PaymentEventsTable>,
): Promise<boolean> {
	const inserted = await tx
		.insertInto('payment_events')
		.values(row)
		.onConflict((conflict) => conflict.columns(['workspace_id', 'provider', 'event_id']).doNothing())
		.returning('id')
		.executeTakeFirst();
	return inserted !== undefined;
}

/** What was told of a payment, in the order of its arrival. */
export async function eventsOfPayment(
	executor: Executor,
	workspaceId: string,
	paymentId: string,
	limit: number,
): Promise<PaymentEventRow[]> {
	return await executor
		.selectFrom('payment_events')
		.selectAll()
		.where('workspace_id', '=', workspaceId)
		.where('payment_id', '=', paymentId)
		.orderBy('id')
		.limit(limit)
		.execute();
}
