import type { Insertable, Selectable, Transaction, Updateable } from 'kysely';

import { OPEN_LEAD_STAGES } from '../../domain/leads/leadStage';
import type { Database, LeadsTable } from '../schema';
import type { Executor, Store } from '../store';

export type LeadRow = Selectable<LeadsTable>;

export async function insertLead(tx: Transaction<Database>, row: Insertable<LeadsTable>): Promise<void> {
	await tx.insertInto('leads').values(row).execute();
}

export async function leadOfRequest(
	executor: Executor,
	workspaceId: string,
	requestId: string,
): Promise<LeadRow | undefined> {
	return await executor
		.selectFrom('leads')
		.selectAll()
		.where('workspace_id', '=', workspaceId)
		.where('request_id', '=', requestId)
		.executeTakeFirst();
}

/** The contact's lead that is still open, the newest if there are several. */
export async function openLeadOfContact(
	executor: Executor,
	workspaceId: string,
	contactId: string,
): Promise<LeadRow | undefined> {
	return await executor
		.selectFrom('leads')
		.selectAll()
		.where('workspace_id', '=', workspaceId)
		.where('contact_id', '=', contactId)
		.where('stage', 'in', [...OPEN_LEAD_STAGES])
		.orderBy('id', 'desc')
		.limit(1)
		.executeTakeFirst();
}

export async function getLead(executor: Executor, workspaceId: string, leadId: string): Promise<LeadRow | undefined> {
	return await executor
		.selectFrom('leads')
		.selectAll()
		.where('workspace_id', '=', workspaceId)
		.where('id', '=', leadId)
		.executeTakeFirst();
}

/** A page of leads, newest first. `before` is the id of the last row of the page before. */
export async function listLeads(
	executor: Executor,
	workspaceId: string,
	filter: {
		readonly stage?: LeadRow['stage'];
		readonly contactId?: string;
		readonly advisorId?: string;
		readonly minScore?: number;
		readonly tag?: string;
		readonly before?: string;
		readonly limit: number;
	},
): Promise<LeadRow[]> {
	let query = executor.selectFrom('leads').selectAll('leads').where('leads.workspace_id', '=', workspaceId);
	if (filter.stage !== undefined) query = query.where('stage', '=', filter.stage);
	if (filter.contactId !== undefined) query = query.where('contact_id', '=', filter.contactId);
	if (filter.advisorId !== undefined) query = query.where('advisor_id', '=', filter.advisorId);
	if (filter.minScore !== undefined) query = query.where('score', '>=', filter.minScore);
	if (filter.before !== undefined) query = query.where('leads.id', '<', filter.before);
	const { tag } = filter;
	if (tag !== undefined) {
		query = query
			.innerJoin('tag_links', 'tag_links.target_id', 'leads.id')
			.where('tag_links.workspace_id', '=', workspaceId)
			.where('tag_links.kind', '=', 'lead')
			.where('tag_links.tag', '=', tag);
	}
	return await query.orderBy('leads.id', 'desc').limit(filter.limit).execute();
}

export async function updateLead(
	executor: Executor,
	store: Store,
	leadId: string,
	changes: Updateable<LeadsTable>,
): Promise<void> {
	await executor
		.updateTable('leads')
		.set({ ...changes, updated_at: store.now() })
		.where('workspace_id', '=', store.workspaceId)
		.where('id', '=', leadId)
		.execute();
}

/** The contact's newest lead, open or not. */
export async function newestLeadOfContact(
	executor: Executor,
	workspaceId: string,
	contactId: string,
): Promise<LeadRow | undefined> {
	return await executor
		.selectFrom('leads')
		.selectAll()
		.where('workspace_id', '=', workspaceId)
		.where('contact_id', '=', contactId)
		.orderBy('id', 'desc')
		.limit(1)
		.executeTakeFirst();
}

/** What the won leads of a contact brought. */
export async function wonLeadsOfContact(
	executor: Executor,
	workspaceId: string,
	contactId: string,
): Promise<ReadonlyArray<Pick<LeadRow, 'amount' | 'currency'>>> {
	return await executor
		.selectFrom('leads')
		.select(['amount', 'currency'])
		.where('workspace_id', '=', workspaceId)
		.where('contact_id', '=', contactId)
		.where('stage', '=', 'Won')
		.execute();
}
