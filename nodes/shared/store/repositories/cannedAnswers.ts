import type { Selectable, Transaction } from 'kysely';

import type { CannedAnswersTable, Database } from '../schema';
import type { Executor, Store } from '../store';

export type CannedAnswerRow = Selectable<CannedAnswersTable>;

/** Everybody's canned answers and those of one person, by shortcut. */
export async function listCannedAnswers(
	executor: Executor,
	workspaceId: string,
	advisorId: string,
): Promise<CannedAnswerRow[]> {
	return await executor
		.selectFrom('canned_answers')
		.selectAll()
		.where('workspace_id', '=', workspaceId)
		.where((row) => row.or([row('advisor_id', 'is', null), row('advisor_id', '=', advisorId)]))
		.orderBy('shortcut')
		.orderBy('id')
		.limit(1000)
		.execute();
}

export async function getCannedAnswer(
	executor: Executor,
	workspaceId: string,
	id: string,
): Promise<CannedAnswerRow | undefined> {
	return await executor
		.selectFrom('canned_answers')
		.selectAll()
		.where('workspace_id', '=', workspaceId)
		.where('id', '=', id)
		.executeTakeFirst();
}

export async function putCannedAnswer(
	tx: Transaction<Database>,
	store: Store,
	answer: Pick<CannedAnswerRow, 'id' | 'shortcut' | 'text' | 'advisor_id'>,
): Promise<void> {
	const { shortcut, text, advisor_id } = answer;
	const now = store.now();
	await tx
		.insertInto('canned_answers')
		.values({ ...answer, workspace_id: store.workspaceId, created_at: now, updated_at: now })
		.onConflict((conflict) => conflict.column('id').doUpdateSet({ shortcut, text, advisor_id, updated_at: now }))
		.execute();
}

export async function deleteCannedAnswer(tx: Transaction<Database>, workspaceId: string, id: string): Promise<void> {
	await tx.deleteFrom('canned_answers').where('workspace_id', '=', workspaceId).where('id', '=', id).execute();
}
