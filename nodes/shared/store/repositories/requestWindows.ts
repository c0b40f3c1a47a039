import type { Transaction } from 'kysely';

import type { Database } from '../schema';
import type { Executor } from '../store';

export interface StoredRequestWindow {
	readonly startsAt: number;
	readonly taken: number;
}

export async function requestWindowOf(executor: Executor, account: string): Promise<StoredRequestWindow | undefined> {
	return await executor
		.selectFrom('request_windows')
		.select(['starts_at as startsAt', 'taken'])
		.where('account', '=', account)
		.executeTakeFirst();
}

/**
 * Puts `window` in the place of `known`, unless another process was quicker. The account is shared by all workspaces of a
 * database, whose locks are their own: the row itself is what they agree on.
 *
 * @returns whether it is in place
 */
export async function replaceRequestWindow(
	tx: Transaction<Database>,
	account: string,
	known: StoredRequestWindow | undefined,
	window: StoredRequestWindow,
): Promise<boolean> {
	const row = { starts_at: window.startsAt, taken: window.taken };
	if (known === undefined) {
		const { numInsertedOrUpdatedRows } = await tx
			.insertInto('request_windows')
			.values({ account, ...row })
			.onConflict((conflict) => conflict.column('account').doNothing())
			.executeTakeFirstOrThrow();
		return numInsertedOrUpdatedRows === 1n;
	}
	const { numUpdatedRows } = await tx
		.updateTable('request_windows')
		.set(row)
		.where('account', '=', account)
		.where('starts_at', '=', known.startsAt)
		.where('taken', '=', known.taken)
		.executeTakeFirstOrThrow();
	return numUpdatedRows === 1n;
}

export async function saveRequestWindow(
	tx: Transaction<Database>,
	account: string,
	window: StoredRequestWindow,
): Promise<void> {
	const row = { starts_at: window.startsAt, taken: window.taken };
	await tx
		.insertInto('request_windows')
		.values({ account, ...row })
		.onConflict((conflict) => conflict.column('account').doUpdateSet(row))
		.execute();
}
