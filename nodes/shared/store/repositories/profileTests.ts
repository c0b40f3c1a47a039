import type { Selectable, Transaction } from 'kysely';

import type { Database, ProfileTestsTable } from '../schema';
import type { Executor, Store } from '../store';

export type ProfileTestRow = Selectable<ProfileTestsTable>;

/** Keeps a conversation as a test; the same conversation again replaces what was expected of it. */
export async function putProfileTest(
	tx: Transaction<Database>,
	store: Store,
	test: Pick<ProfileTestRow, 'name' | 'conversation_id' | 'contact_id' | 'until_at' | 'expected' | 'created_by'>,
): Promise<ProfileTestRow> {
	const { conversation_id: _conversation, ...values } = { ...test, created_at: store.now() };
	return await tx
		.insertInto('profile_tests')
		.values({ id: store.newId(), workspace_id: store.workspaceId, ...test, created_at: values.created_at })
		.onConflict((conflict) => conflict.columns(['workspace_id', 'conversation_id']).doUpdateSet(values))
		.returningAll()
		.executeTakeFirstOrThrow();
}

/** A page of the tests, oldest first. `after` is the id of the last one of the page before. */
export async function listProfileTests(
	executor: Executor,
	workspaceId: string,
	page: { readonly after?: string; readonly limit: number },
): Promise<ProfileTestRow[]> {
	let query = executor.selectFrom('profile_tests').selectAll().where('workspace_id', '=', workspaceId);
	if (page.after !== undefined) query = query.where('id', '>', page.after);
	return await query.orderBy('id').limit(page.limit).execute();
}

/** Whether there was such a test. */
export async function deleteProfileTest(
	tx: Transaction<Database>,
	workspaceId: string,
	conversationId: string,
): Promise<boolean> {
	const removed = await tx
		.deleteFrom('profile_tests')
		.where('workspace_id', '=', workspaceId)
		.where('conversation_id', '=', conversationId)
		.returning('id')
		.executeTakeFirst();
	return removed !== undefined;
}
