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

/** What a payment is for. */
export type PaidFor = Pick<PaymentRow, 'contact_id' | 'conversation_id' | 'case_id' | 'lead_id'>;

/** Payments of one customer that are looked through for others of the same. */
const MOST_FOR_THE_SAME = 100;

/**
 * A customer's payments for the same, itself included, newest first: of its case, and of its lead before that had a case; without
 * either, of what the conversation is about.
 */
export async function paymentsForTheSame(
	executor: Executor,
	workspaceId: string,
	{ contact_id: contactId, conversation_id: conversationId, case_id: caseId, lead_id: leadId }: PaidFor,
): Promise<PaymentRow[]> {
	if (contactId === null) return [];
	return await executor
		.selectFrom('payments')
		.selectAll()
		.where('contact_id', '=', contactId)
		.where('workspace_id', '=', workspaceId)
		.where((row) => {
			const ofLead = leadId === null ? [] : [row.and([row('case_id', 'is', null), row('lead_id', '=', leadId)])];
			if (caseId !== null) return row.or([row('case_id', '=', caseId), ...ofLead]);
			if (leadId !== null) return row('lead_id', '=', leadId);
			return row.and([
				row('conversation_id', '=', conversationId),
				row('case_id', 'is', null),
				row('lead_id', 'is', null),
			]);
		})
		.orderBy('id', 'desc')
		.limit(MOST_FOR_THE_SAME)
		.execute();
}

/** A page of payments of a provider of which something has not come to its end, oldest first. `after` is the last id of the page before. */
export async function openPayments(
	executor: Executor,
	workspaceId: string,
	filter: {
		readonly provider: string;
		readonly mode: PaymentRow['mode'];
		readonly after?: string;
		readonly limit: number;
	},
): Promise<PaymentRow[]> {
	let query = executor
		.selectFrom('payments')
		.selectAll()
		.where('workspace_id', '=', workspaceId)
		.where('provider', '=', filter.provider)
		.where('mode', '=', filter.mode)
		.where('open_matters', 'is not', null);
	if (filter.after !== undefined) query = query.where('id', '>', filter.after);
	return await query.orderBy('id').limit(filter.limit).execute();
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

/** Payments of a provider whose customers are to be reminded now, the longest due first. */
export async function duePaymentReminders(
	executor: Executor,
	store: Store,
	told: { readonly provider: string; readonly mode: PaymentRow['mode'] },
	limit: number,
): Promise<PaymentRow[]> {
	return await executor
		.selectFrom('payments')
		.selectAll()
		.where('workspace_id', '=', store.workspaceId)
		.where('provider', '=', told.provider)
		.where('mode', '=', told.mode)
		.where('reminder_due_at', '<=', store.now())
		.orderBy('reminder_due_at')
		.limit(limit)
		.execute();
}

/** Takes a reminder that is due for one execution, until a time. @returns false when somebody else has taken it */
export async function claimPaymentReminder(
	tx: Transaction<Database>,
	payment: PaymentRow,
	claim: { readonly until: number | null; readonly attempts: number },
): Promise<boolean> {
	const claimed = await tx
		.updateTable('payments')
		.set({ reminder_due_at: claim.until, reminder_attempts: claim.attempts })
		.where('id', '=', payment.id)
		.where('reminder_due_at', '=', payment.reminder_due_at)
		.returning('id')
		.executeTakeFirst();
	return claimed !== undefined;
}

/** What came of the payments of a conversation and stayed, in minor units, a row for each currency. */
export async function collectedOfConversation(
	executor: Executor,
	workspaceId: string,
	conversationId: string,
): Promise<ReadonlyArray<{ readonly currency: string; readonly amount: number; readonly count: number }>> {
	const rows = await executor
		.selectFrom('payments')
		.select('currency')
		.select((payments) => [
			payments.fn.sum<number>('amount_paid').as('paid'),
			payments.fn.sum<number>('amount_refunded').as('refunded'),
			payments.fn.countAll<number>().as('count'),
		])
		.where('conversation_id', '=', conversationId)
		.where('workspace_id', '=', workspaceId)
		.where('paid_at', 'is not', null)
		.groupBy('currency')
		.orderBy('currency')
		.execute();
	return rows.map(({ currency, paid, refunded, count }) => ({
		currency,
		amount: Number(paid) - Number(refunded),
		count: Number(count),
	}));
}

/** Whether a customer has paid anything besides one payment. */
export async function hasPaidOther(executor: Executor, contactId: string, paymentId: string): Promise<boolean> {
	const row = await executor
		.selectFrom('payments')
		.select('id')
		.where('contact_id', '=', contactId)
		.where('id', '!=', paymentId)
		.where('paid_at', 'is not', null)
		.limit(1)
		.executeTakeFirst();
	return row !== undefined;
}

/** When a customer was reminded of any payment last, milliseconds. */
export async function lastRemindedAt(executor: Executor, contactId: string): Promise<number | undefined> {
	const row = await executor
		.selectFrom('payments')
		.select((payments) => payments.fn.max('reminded_at').as('at'))
		.where('contact_id', '=', contactId)
		.executeTakeFirst();
	return row?.at ?? undefined;
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

/**
 * Takes events of a trigger that wait to be read back, oldest first. Nobody else takes them before `lease` has passed, so that two
 * processes do not ask the provider for the same; whoever dies with them leaves them to the next.
 */
export async function claimPaymentEvents(
	tx: Transaction<Database>,
	store: Store,
	webhookId: string,
	lease: number,
	limit: number,
): Promise<PaymentEventRow[]> {
	const now = store.now();
	const rows = await tx
		.selectFrom('payment_events')
		.selectAll()
		.where('webhook_id', '=', webhookId)
		.where('workspace_id', '=', store.workspaceId)
		.where('state', '=', 'received')
		.where('ready_at', '<=', now)
		.orderBy('ready_at')
		.orderBy('id')
		.limit(limit)
		.$if(store.dialect === 'postgres', (query) => query.forUpdate().skipLocked())
		.execute();
	if (rows.length === 0) return [];
	await tx
		.updateTable('payment_events')
		.set((row) => ({ ready_at: now + lease, attempts: row('attempts', '+', 1) }))
		.where(
			'id',
			'in',
			rows.map(({ id }) => id),
		)
		.execute();
	return rows.map((row) => ({ ...row, attempts: row.attempts + 1 }));
}

/** Changes an event that waits to be read back. @returns false when somebody else has done so */
export async function updatePaymentEvent(
	tx: Transaction<Database>,
	eventId: string,
	changes: Updateable<PaymentEventsTable>,
): Promise<boolean> {
	const updated = await tx
		.updateTable('payment_events')
		.set(changes)
		.where('id', '=', eventId)
		.where('state', '=', 'received')
		.returning('id')
		.executeTakeFirst();
	return updated !== undefined;
}
