import type { Insertable } from 'kysely';

import type { UnansweredQuestionsTable } from '../schema';
import type { Executor, Store, StoreTransaction } from '../store';

/** Keeps a question that nothing answered; the same message counts once. */
export async function insertUnanswered(
	tx: StoreTransaction,
	store: Store,
	row: Omit<Insertable<UnansweredQuestionsTable>, 'id' | 'workspace_id'>,
): Promise<void> {
	await tx
		.insertInto('unanswered_questions')
		.values({ id: store.newId(), workspace_id: store.workspaceId, ...row })
		.onConflict((conflict) => conflict.columns(['workspace_id', 'message_id']).doNothing())
		.execute();
}

/** A question in the words of one customer, and how often it was asked. */
export interface CountedQuestion {
	readonly key: string;
	readonly question: string;
	readonly times: number;
	readonly firstAt: number;
	readonly lastAt: number;
}

/** What was asked most since a time; `after` is the last one of the page before. */
export async function countUnanswered(
	executor: Executor,
	workspaceId: string,
	page: { readonly since: number; readonly after?: CountedQuestion; readonly limit: number },
): Promise<CountedQuestion[]> {
	let query = executor
		.selectFrom('unanswered_questions')
		.select(({ fn }) => [
			'question_key as key',
			fn.min('question').as('question'),
			fn.countAll<number | string>().as('times'),
			fn.min('at').as('firstAt'),
			fn.max('at').as('lastAt'),
		])
		.where('workspace_id', '=', workspaceId)
		.where('at', '>=', page.since)
		.groupBy('question_key');
	const { after } = page;
	if (after !== undefined) {
		query = query.having(({ eb, fn, and, or }) =>
			or([
				eb(fn.countAll(), '<', after.times),
				and([eb(fn.countAll(), '=', after.times), eb('question_key', '>', after.key)]),
			]),
		);
	}
	const rows = await query.orderBy('times', 'desc').orderBy('key').limit(page.limit).execute();
	return rows.map(({ key, question, times, firstAt, lastAt }) => ({
		key,
		question,
		times: Number(times),
		firstAt: Number(firstAt),
		lastAt: Number(lastAt),
	}));
}
