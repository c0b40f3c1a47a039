import type { Insertable, Selectable, Transaction } from 'kysely';

import type { Database, InboxSessionsTable } from '../schema';
import type { Executor, Store } from '../store';
import type { AdvisorRow } from './advisors';

export type InboxSessionRow = Selectable<InboxSessionsTable>;

export async function insertSession(tx: Transaction<Database>, row: Insertable<InboxSessionsTable>): Promise<void> {
	await tx.insertInto('inbox_sessions').values(row).execute();
}

/** A session with the advisor whose it is; undefined when either is gone. */
export async function sessionWithAdvisor(
	executor: Executor,
	workspaceId: string,
	tokenHash: string,
): Promise<{ readonly session: InboxSessionRow; readonly advisor: AdvisorRow } | undefined> {
	const session = await executor
		.selectFrom('inbox_sessions')
		.selectAll()
		.where('token_hash', '=', tokenHash)
		.where('workspace_id', '=', workspaceId)
		.executeTakeFirst();
	if (!session) return undefined;
	const advisor = await executor
		.selectFrom('advisors')
		.selectAll()
		.where('id', '=', session.advisor_id)
		.where('workspace_id', '=', workspaceId)
		.executeTakeFirst();
	return advisor && { session, advisor };
}

export async function touchSession(executor: Executor, store: Store, tokenHash: string): Promise<void> {
	await executor
		.updateTable('inbox_sessions')
		.set({ seen_at: store.now() })
		.where('token_hash', '=', tokenHash)
		.where('workspace_id', '=', store.workspaceId)
		.execute();
}

/** @returns whose session it was; undefined when there was none (any more). */
export async function deleteSession(
	tx: Transaction<Database>,
	workspaceId: string,
	tokenHash: string,
): Promise<string | undefined> {
	const row = await tx
		.deleteFrom('inbox_sessions')
		.where('token_hash', '=', tokenHash)
		.where('workspace_id', '=', workspaceId)
		.returning('advisor_id')
		.executeTakeFirst();
	return row?.advisor_id;
}

/** Logs an advisor out everywhere, or everywhere else. @returns how many sessions ended */
export async function deleteSessionsOf(
	tx: Transaction<Database>,
	workspaceId: string,
	advisorId: string,
	exceptTokenHash = '',
): Promise<number> {
	const rows = await tx
		.deleteFrom('inbox_sessions')
		.where('workspace_id', '=', workspaceId)
		.where('advisor_id', '=', advisorId)
		.where('token_hash', '!=', exceptTokenHash)
		.returning('token_hash')
		.execute();
	return rows.length;
}

export async function pruneSessions(executor: Executor, store: Store): Promise<void> {
	await executor
		.deleteFrom('inbox_sessions')
		.where('workspace_id', '=', store.workspaceId)
		.where('expires_at', '<', store.now())
		.execute();
}
