import type { Transaction } from 'kysely';

import type { Database } from '../schema';
import type { Executor, Store } from '../store';

/**
 * Every table that knows a person by `contact_id`, and what an erasure does to it: `delete` the rows, or `empty` what is
 * personal in rows that the business must keep. A test holds the list against the tables of the database.
 */
export const TABLES_OF_A_PERSON = {
	approvals: 'delete',
	attachments: 'delete',
	bridge_messages: 'delete',
	bridge_tasks: 'delete',
	bridges: 'delete',
	business_events: 'delete',
	cases: 'empty',
	contact_identities: 'delete',
	conversations: 'delete',
	effects: 'delete',
	follow_ups: 'delete',
	journal: 'delete',
	leads: 'empty',
	linked_contacts: 'delete',
	messages: 'delete',
	model_calls: 'delete',
	notes: 'delete',
	notifications: 'delete',
	outbox: 'delete',
	payments: 'empty',
	profile_tests: 'delete',
	proof_references: 'delete',
	unanswered_questions: 'delete',
	search_entries: 'delete',
} as const satisfies Partial<Record<keyof Database, 'delete' | 'empty'>>;

export type TableOfAPerson = keyof typeof TABLES_OF_A_PERSON;

const tables = Object.keys(TABLES_OF_A_PERSON) as TableOfAPerson[];

/** What the export leaves out: work under way, of which the messages and cases already tell. */
const WORK = new Set<TableOfAPerson>([
	'bridge_tasks',
	'business_events',
	'effects',
	'journal',
	'outbox',
	'search_entries',
]);

/** The contact and those that were merged into it. */
export async function contactsOfPerson(executor: Executor, workspaceId: string, contactId: string): Promise<string[]> {
	const ids = [contactId];
	for (const id of ids) {
		const merged = await executor
			.selectFrom('contacts')
			.select('id')
			.where('workspace_id', '=', workspaceId)
			.where('merged_into', '=', id)
			.execute();
		ids.push(...merged.map((row) => row.id).filter((found) => !ids.includes(found)));
	}
	return ids;
}

/** Rows of one table that concern the person, oldest first. `after` is the id of the last row of the page before. */
async function rowsOf(
	executor: Executor,
	workspaceId: string,
	table: Exclude<TableOfAPerson, 'contact_identities'>,
	contactIds: readonly string[],
): Promise<object[]> {
	const PAGE = 500;
	const rows: Array<{ id: string }> = [];
	for (;;) {
		const page: Array<{ id: string }> = await executor
			.selectFrom(table)
			.selectAll()
			.where('workspace_id', '=', workspaceId)
			.where('contact_id', 'in', contactIds)
			.where('id', '>', rows.at(-1)?.id ?? '')
			.orderBy('id')
			.limit(PAGE)
			.execute();
		rows.push(...page);
		if (page.length < PAGE) return rows;
	}
}

/** Everything that is kept of a person, by table. */
export async function rowsOfPerson(
	executor: Executor,
	workspaceId: string,
	contactIds: readonly string[],
): Promise<Readonly<Record<string, readonly object[]>>> {
	const found: Record<string, readonly object[]> = {
		contacts: await executor
			.selectFrom('contacts')
			.selectAll()
			.where('workspace_id', '=', workspaceId)
			.where('id', 'in', contactIds)
			.execute(),
	};
	for (const table of tables) {
		if (WORK.has(table)) continue;
		found[table] =
			table === 'contact_identities'
				? await executor
						.selectFrom('contact_identities')
						.selectAll()
						.where('workspace_id', '=', workspaceId)
						.where('contact_id', 'in', contactIds)
						.execute()
				: await rowsOf(executor, workspaceId, table, contactIds);
	}
	return found;
}

/** Bytes that only this person's attachments have; they become orphans and are removed after the commit. */
async function orphanBytes(tx: Transaction<Database>, store: Store, contactIds: readonly string[]): Promise<string[]> {
	const rows = await tx
		.selectFrom('attachments')
		.select('sha256')
		.distinct()
		.where('workspace_id', '=', store.workspaceId)
		.where('contact_id', 'in', contactIds)
		.where('sha256', 'is not', null)
		.execute();
	const orphans: string[] = [];
	for (const { sha256 } of rows) {
		if (sha256 === null) continue;
		const shared = await tx
			.selectFrom('attachments')
			.select('id')
			.where('workspace_id', '=', store.workspaceId)
			.where('sha256', '=', sha256)
			.where('contact_id', 'not in', contactIds)
			.limit(1)
			.executeTakeFirst();
		if (shared) continue;
		orphans.push(sha256);
		await tx
			.updateTable('attachment_bytes')
			.set({ orphaned_at: store.now() })
			.where('workspace_id', '=', store.workspaceId)
			.where('sha256', '=', sha256)
			.execute();
	}
	return orphans;
}

async function deleteLinks(tx: Transaction<Database>, store: Store, contactIds: readonly string[]): Promise<void> {
	await tx
		.deleteFrom('attachment_links')
		.where('attachment_id', 'in', (query) =>
			query
				.selectFrom('attachments')
				.select('id')
				.where('workspace_id', '=', store.workspaceId)
				.where('contact_id', 'in', contactIds),
		)
		.execute();
	for (const [kind, table] of [
		['case', 'cases'],
		['lead', 'leads'],
	] as const) {
		await tx
			.deleteFrom('tag_links')
			.where('kind', '=', kind)
			.where('target_id', 'in', (query) =>
				query
					.selectFrom(table)
					.select('id')
					.where('workspace_id', '=', store.workspaceId)
					.where('contact_id', 'in', contactIds),
			)
			.execute();
	}
	await tx
		.deleteFrom('conversation_reads')
		.where('conversation_id', 'in', (query) =>
			query
				.selectFrom('conversations')
				.select('id')
				.where('workspace_id', '=', store.workspaceId)
				.where('contact_id', 'in', contactIds),
		)
		.execute();
	await tx.deleteFrom('tag_links').where('kind', '=', 'contact').where('target_id', 'in', contactIds).execute();
}

/** What of a person went on to an advisor's phone lies in the advisor's conversation: it goes with the person. */
async function deleteBridgedWords(
	tx: Transaction<Database>,
	store: Store,
	contactIds: readonly string[],
): Promise<void> {
	const bridged = tx
		.selectFrom('bridge_messages')
		.select('message_id')
		.where('workspace_id', '=', store.workspaceId)
		.where('contact_id', 'in', contactIds)
		.where('message_id', 'is not', null);
	await tx.deleteFrom('search_entries').where('id', 'in', bridged).execute();
	await tx.deleteFrom('outbox').where('id', 'in', bridged).execute();
	await tx.deleteFrom('messages').where('id', 'in', bridged).execute();
}

async function emptyCases(tx: Transaction<Database>, store: Store, contactIds: readonly string[]): Promise<number> {
	const rows = await tx
		.updateTable('cases')
		.set({ subject: '', fields: '{}', tags: null, conversation_id: null, external_url: null, updated_at: store.now() })
		.where('workspace_id', '=', store.workspaceId)
		.where('contact_id', 'in', contactIds)
		.returning('id')
		.execute();
	return rows.length;
}

async function emptyLeads(tx: Transaction<Database>, store: Store, contactIds: readonly string[]): Promise<number> {
	const rows = await tx
		.updateTable('leads')
		.set({
			name: null,
			phone: null,
			identification: null,
			email: null,
			company: null,
			city: null,
			product: null,
			quantity: null,
			budget: null,
			need: null,
			next_step: null,
			summary: null,
			key_questions: null,
			objections: null,
			lost_reason: null,
			tags: null,
			source: null,
			consent: null,
			message_ids: null,
			conversation_id: null,
			external_url: null,
			updated_at: store.now(),
		})
		.where('workspace_id', '=', store.workspaceId)
		.where('contact_id', 'in', contactIds)
		.returning('id')
		.execute();
	return rows.length;
}

/** What was paid stays on the books; what it was for, and where it was paid, goes. */
async function emptyPayments(tx: Transaction<Database>, store: Store, contactIds: readonly string[]): Promise<number> {
	const rows = await tx
		.updateTable('payments')
		.set({
			description: null,
			details: '{}',
			url: null,
			conversation_id: null,
			reminder_due_at: null,
			updated_at: store.now(),
		})
		.where('workspace_id', '=', store.workspaceId)
		.where('contact_id', 'in', contactIds)
		.returning('id')
		.execute();
	return rows.length;
}

async function emptyContacts(tx: Transaction<Database>, store: Store, contactIds: readonly string[]): Promise<void> {
	const now = store.now();
	await tx
		.updateTable('contacts')
		.set({
			name: null,
			name_verified: 0,
			identification: null,
			identification_type: null,
			phone: null,
			email: null,
			company: null,
			city: null,
			language: null,
			profile_name: null,
			username: null,
			owner_advisor_id: null,
			consent: null,
			tags: null,
			source: null,
			external_id: null,
			external_url: null,
			imported: 0,
			registered: 0,
			erased_at: now,
			updated_at: now,
		})
		.where('workspace_id', '=', store.workspaceId)
		.where('id', 'in', contactIds)
		.execute();
}

export interface ErasedRows {
	/** Rows deleted or emptied, by table. */
	readonly rows: Readonly<Record<string, number>>;
	/** Digests of bytes that nobody has any more. */
	readonly orphans: readonly string[];
}

/** Erases everything personal of a person, in one transaction with its line in the bitácora. */
export async function erasePersonRows(
	tx: Transaction<Database>,
	store: Store,
	contactIds: readonly string[],
): Promise<ErasedRows> {
	const orphans = await orphanBytes(tx, store, contactIds);
	await deleteLinks(tx, store, contactIds);
	const rows: Record<string, number> = {
		cases: await emptyCases(tx, store, contactIds),
		leads: await emptyLeads(tx, store, contactIds),
		payments: await emptyPayments(tx, store, contactIds),
	};
	await deleteBridgedWords(tx, store, contactIds);
	for (const table of tables) {
		if (TABLES_OF_A_PERSON[table] !== 'delete') continue;
		const deleted = await tx
			.deleteFrom(table)
			.where('workspace_id', '=', store.workspaceId)
			.where('contact_id', 'in', contactIds)
			.executeTakeFirst();
		rows[table] = Number(deleted.numDeletedRows);
	}
	await emptyContacts(tx, store, contactIds);
	return { rows, orphans };
}
