import type { Executor, Store } from '../store';

export interface PaidCase {
	readonly caseId: string;
	readonly currency: string;
	/** Minor units, without what was given back. */
	readonly amount: number;
}

/** What these customers have paid for these cases, a row for each case and currency. */
export async function paidCases(
	executor: Executor,
	store: Store,
	contactIds: readonly string[],
	caseIds: readonly string[],
): Promise<PaidCase[]> {
	if (contactIds.length === 0 || caseIds.length === 0) return [];
	const rows = await executor
		.selectFrom('payments')
		.select(['case_id', 'currency', 'amount_paid', 'amount_refunded'])
		.where('workspace_id', '=', store.workspaceId)
		.where('contact_id', 'in', contactIds)
		.where('case_id', 'in', caseIds)
		.where('paid_at', 'is not', null)
		.orderBy('id')
		.execute();
	const paid = new Map<string, PaidCase>();
	for (const { case_id: caseId, currency, amount_paid: amount, amount_refunded: refunded } of rows) {
		if (caseId === null) continue;
		const key = `${caseId}/${currency}`;
		paid.set(key, { caseId, currency, amount: (paid.get(key)?.amount ?? 0) + amount - refunded });
	}
	return [...paid.values()];
}
