import type { Selectable, Transaction, Updateable } from 'kysely';

import { phoneWords } from '../../domain/inbox/searchWords';
import { KeptQuery } from '../keptQuery';
import type { ContactsTable, Database } from '../schema';
import type { Executor, Store } from '../store';
import { addSearchEntry, replaceSearchEntry, type SearchEntry } from './searchEntries';

export type ContactRow = Selectable<ContactsTable>;

/** What was known of a person's WhatsApp when their message came. */
export interface KnownProfile {
	readonly profile_name?: string | null;
	readonly username?: string | null;
}

/** Gives a name that nobody has verified to a contact without one, or in place of `before`. */
export async function nameUnnamed(
	tx: Transaction<Database>,
	store: Store,
	contactId: string,
	name: string,
	before?: string,
): Promise<void> {
	await tx
		.updateTable('contacts')
		.set({ name, updated_at: store.now() })
		.where('id', '=', contactId)
		.where('workspace_id', '=', store.workspaceId)
		.where('name_verified', '=', 0)
		.where((row) => row.or([row('name', 'is', null), ...(before === undefined ? [] : [row('name', '=', before)])]))
		.execute();
}

const byId = new KeptQuery((executor, asked: { workspaceId: string; contactId: string }) =>
	executor
		.selectFrom('contacts')
		.selectAll()
		.where('workspace_id', '=', asked.workspaceId)
		.where('id', '=', asked.contactId),
);

export async function getContact(
	executor: Executor,
	workspaceId: string,
	contactId: string,
): Promise<ContactRow | undefined> {
	return await byId.first(executor, { workspaceId, contactId });
}

export async function updateContact(
	executor: Executor,
	store: Store,
	contactId: string,
	changes: Updateable<ContactsTable>,
): Promise<void> {
	const row = await executor
		.updateTable('contacts')
		.set({ ...changes, updated_at: store.now() })
		.where('workspace_id', '=', store.workspaceId)
		.where('id', '=', contactId)
		.returning([...FOUND_BY])
		.executeTakeFirst();
	if (row && FOUND_BY.some((column) => changes[column] !== undefined)) {
		await replaceSearchEntry(executor, searchEntryOf(store, contactId, row));
	}
}

/** What a person's WhatsApp says of them, which comes with every message and changes once in years. */
export async function noteProfile(
	tx: Transaction<Database>,
	store: Store,
	contactId: string,
	known: KnownProfile,
	said: { readonly profile_name?: string; readonly username?: string },
): Promise<void> {
	const { profile_name, username } = said;
	const news = {
		...(profile_name === undefined || profile_name === known.profile_name ? {} : { profile_name }),
		...(username === undefined || username === known.username ? {} : { username }),
	};
	if (Object.keys(news).length > 0) await updateContact(tx, store, contactId, news);
}

/** Columns that a person is searched by. */
const FOUND_BY = ['name', 'profile_name', 'username', 'phone', 'email', 'company', 'identification'] as const;

function searchEntryOf(
	store: Store,
	contactId: string,
	row: Partial<Readonly<Record<(typeof FOUND_BY)[number], string | null>>>,
): SearchEntry {
	const words = FOUND_BY.map((column) => {
		const value = row[column] ?? '';
		return column === 'phone' && value !== '' ? phoneWords(value) : value;
	});
	return { id: contactId, workspaceId: store.workspaceId, contactId, text: words.join(' ') };
}

/** Merges that are followed from an old id; more in a row would be a circle. */
const MERGES_FOLLOWED = 10;

/** The contact that this one has become by merging; itself when it was not merged. */
export async function livingContact(executor: Executor, contact: ContactRow): Promise<ContactRow> {
	let living = contact;
	for (let step = 0; step < MERGES_FOLLOWED && living.merged_into !== null; step += 1) {
		const next = await getContact(executor, living.workspace_id, living.merged_into);
		if (!next) break;
		living = next;
	}
	return living;
}

/** Who has one of these numbers (E.164), by contact. */
export async function contactsWithPhones(
	executor: Executor,
	workspaceId: string,
	phones: readonly string[],
): Promise<ReadonlyMap<string, string>> {
	if (phones.length === 0) return new Map();
	const rows = await executor
		.selectFrom('contacts')
		.select(['id', 'phone'])
		.where('workspace_id', '=', workspaceId)
		.where('phone', 'in', phones)
		.where('merged_into', 'is', null)
		.execute();
	return new Map(rows.flatMap(({ id, phone }) => (phone === null ? [] : [[id, phone]])));
}

/** A page of contacts, newest first. `before` is the id of the last row of the page before. */
export async function listContacts(
	executor: Executor,
	workspaceId: string,
	page: {
		readonly before?: string;
		readonly limit: number;
		readonly ownerAdvisorId?: string;
		readonly tag?: string;
		readonly optedOut?: boolean;
		readonly imported?: boolean;
		readonly registered?: boolean;
	},
): Promise<ContactRow[]> {
	let query = executor
		.selectFrom('contacts')
		.selectAll('contacts')
		.where('contacts.workspace_id', '=', workspaceId)
		.where('merged_into', 'is', null)
		.where('erased_at', 'is', null);
	if (page.before !== undefined) query = query.where('contacts.id', '<', page.before);
	if (page.ownerAdvisorId !== undefined) query = query.where('owner_advisor_id', '=', page.ownerAdvisorId);
	if (page.optedOut !== undefined) query = query.where('opted_out_at', page.optedOut ? 'is not' : 'is', null);
	if (page.imported !== undefined) query = query.where('imported', '=', page.imported ? 1 : 0);
	if (page.registered !== undefined) query = query.where('registered', '=', page.registered ? 1 : 0);
	const { tag } = page;
	if (tag !== undefined) {
		query = query
			.innerJoin('tag_links', 'tag_links.target_id', 'contacts.id')
			.where('tag_links.workspace_id', '=', workspaceId)
			.where('tag_links.kind', '=', 'contact')
			.where('tag_links.tag', '=', tag);
	}
	return await query.orderBy('contacts.id', 'desc').limit(page.limit).execute();
}

/** A contact with these columns and nothing else. */
export function newContact(store: Store, id: string, columns: Partial<ContactRow>): ContactRow {
	const now = store.now();
	return {
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
		opted_out_at: null,
		consent: null,
		tags: null,
		source: null,
		external_id: null,
		external_url: null,
		imported: 0,
		registered: 0,
		...columns,
		id,
		workspace_id: store.workspaceId,
		merged_into: null,
		erased_at: null,
		created_at: now,
		updated_at: now,
	};
}

/** A contact of whom nobody has heard by WhatsApp yet. */
export async function insertContact(
	tx: Transaction<Database>,
	store: Store,
	columns: Partial<ContactRow>,
): Promise<string> {
	const contact = newContact(store, store.newId(), columns);
	const { id } = contact;
	await tx.insertInto('contacts').values(contact).execute();
	await addSearchEntry(tx, searchEntryOf(store, id, columns));
	return id;
}
