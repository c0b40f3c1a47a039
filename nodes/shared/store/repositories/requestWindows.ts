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
