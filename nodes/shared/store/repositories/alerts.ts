import type { Insertable, Selectable, Transaction, Updateable } from 'kysely';

import type { AlertsTable, Database } from '../schema';
import type { Executor } from '../store';

export type AlertRow = Selectable<AlertsTable>;

/** Alerts that are open, oldest first. `after` is the last row of the page before. */
export async function listOpenAlerts(
	executor: Executor,
	workspaceId: string,
	page: { readonly after?: Pick<AlertRow, 'since' | 'id'>; readonly limit: number },
): Promise<AlertRow[]> {
	const { after } = page;
	let query = executor
		.selectFrom('alerts')
		.selectAll()
		.where('workspace_id', '=', workspaceId)
		.where('state', '=', 'open');
	if (after !== undefined) {
		query = query
			.where('since', '>=', after.since)
			.where((row) => row.or([row('since', '>', after.since), row('id', '>', after.id)]));
	}
	return await query.orderBy('since').orderBy('id').limit(page.limit).execute();
}

export async function alertAbout(
	executor: Executor,
	workspaceId: string,
	kind: string,
	subject: string,
): Promise<AlertRow | undefined> {
	return await executor
		.selectFrom('alerts')
		.selectAll()
		.where('workspace_id', '=', workspaceId)
		.where('kind', '=', kind)
		.where('subject', '=', subject)
		.executeTakeFirst();
}

export async function insertAlert(tx: Transaction<Database>, row: Insertable<AlertsTable>): Promise<void> {
	await tx.insertInto('alerts').values(row).execute();
}

export async function updateAlert(
	tx: Transaction<Database>,
	alertId: string,
	changes: Updateable<AlertsTable>,
): Promise<void> {
	await tx.updateTable('alerts').set(changes).where('id', '=', alertId).execute();
}

/** Customers who wait for a person, those of whom nothing was heard for the longest time first. */
export async function waitingCustomers(
	executor: Executor,
	workspaceId: string,
	limit: number,
): Promise<ReadonlyArray<{ readonly conversationId: string; readonly since: number; readonly name: string | null }>> {
	const rows = await executor
		.selectFrom('conversations')
		.leftJoin('contacts', 'contacts.id', 'conversations.contact_id')
		.select(['conversations.id as conversationId', 'conversations.waiting_since as since'])
		.select(['contacts.name', 'contacts.profile_name', 'contacts.phone'])
		.where('conversations.workspace_id', '=', workspaceId)
		.where('conversations.waiting_since', 'is not', null)
		.orderBy('conversations.activity_at')
		.orderBy('conversations.id')
		.limit(limit)
		.execute();
	return rows.flatMap(({ conversationId, since, name, profile_name, phone }) =>
		since === null ? [] : [{ conversationId, since, name: name ?? profile_name ?? phone }],
	);
}
