import type { Selectable, Transaction, Updateable } from 'kysely';

import { identityKeys, type IdentityKey } from '../../domain/identity/identityKeys';
import { phoneWords } from '../../domain/inbox/searchWords';
import type { Identity } from '../../domain/messages/events';
import type { ContactsTable, Database, IdentityKind } from '../schema';
import { KeptQuery } from '../keptQuery';
import type { Executor, Store } from '../store';
import { metricsLock, moveConversationFacts } from './metricRows';
import { addSearchEntry, removeSearchEntry, replaceSearchEntry, type SearchEntry } from './searchEntries';
import { changeTags } from './tags';

export type ContactRow = Selectable<ContactsTable>;

export interface ResolvedContact {
	readonly contactId: string;
	readonly created: boolean;
	/** Contacts that turned out to be the same person; their rows must be moved (`mergeContacts`). */
	readonly alsoKnownAs: readonly string[];
	readonly profile: KnownProfile;
}

/** What was known of a person's WhatsApp when their message came. */
export interface KnownProfile {
	readonly profile_name?: string | null;
	readonly username?: string | null;
}

const ofKey = new KeptQuery((executor, key: { workspaceId: string; kind: IdentityKind; value: string }) =>
	executor
		.selectFrom('contact_identities')
		.leftJoin('contacts', 'contacts.id', 'contact_identities.contact_id')
		.select(['contact_identities.contact_id', 'contacts.profile_name', 'contacts.username'])
		.where('contact_identities.workspace_id', '=', key.workspaceId)
		.where('contact_identities.kind', '=', key.kind)
		.where('contact_identities.value', '=', key.value),
);

interface KeyOwner extends KnownProfile {
	readonly contact_id: string;
}

/** Whom each key leads to, in the order of the keys; undefined where it leads to nobody yet. */
async function ownersOf(
	executor: Executor,
	workspaceId: string,
	keys: readonly IdentityKey[],
): Promise<ReadonlyArray<KeyOwner | undefined>> {
	const owners: Array<KeyOwner | undefined> = [];
	for (const { kind, value } of keys) owners.push(await ofKey.first(executor, { workspaceId, kind, value }));
	return owners;
}

/** The contact ids among the owners, each once. */
const contactsAmong = (owners: ReadonlyArray<KeyOwner | undefined>): string[] => [
	...new Set(owners.flatMap((owner) => (owner === undefined ? [] : [owner.contact_id]))),
];

/** The contact ids that the keys lead to, in the order of the keys, each once. */
async function contactsOfKeys(
	executor: Executor,
	workspaceId: string,
	keys: readonly IdentityKey[],
): Promise<string[]> {
	return contactsAmong(await ownersOf(executor, workspaceId, keys));
}

/** Lets keys that lead to nobody yet lead to the contact. Says how many did. */
async function insertKeys(
	tx: Transaction<Database>,
	store: Store,
	contactId: string,
	keys: ReadonlyArray<{ readonly kind: IdentityKind; readonly value: string }>,
): Promise<number> {
	const inserted = await tx
		.insertInto('contact_identities')
		.values(
			keys.map(({ kind, value }) => ({
				workspace_id: store.workspaceId,
				kind,
				value,
				contact_id: contactId,
				created_at: store.now(),
			})),
		)
		.onConflict((conflict) => conflict.columns(['workspace_id', 'kind', 'value']).doNothing())
		.returning('kind')
		.execute();
	return inserted.length;
}

/** Writes what the keys did not lead to yet. Says which of them belong to somebody else (another process was first). */
async function claimKeys(
	tx: Transaction<Database>,
	store: Store,
	contactId: string,
	keys: readonly IdentityKey[],
): Promise<string[]> {
	if ((await insertKeys(tx, store, contactId, keys)) === keys.length) return [];
	return (await contactsOfKeys(tx, store.workspaceId, keys)).filter((owner) => owner !== contactId);
}

/**
 * Finds the contact behind an identity, or makes it. Two processes that meet the same new person at once end with one
 * contact: the unique key decides, the loser takes the winner's row.
 * @param phone E.164, when the identity carries a phone number.
 */
export async function resolveContact(
	tx: Transaction<Database>,
	store: Store,
	identity: Identity,
	phone: string | undefined,
	language: string | null,
): Promise<ResolvedContact> {
	const keys = identityKeys(identity);
	const owners = await ownersOf(tx, store.workspaceId, keys);
	const owner = owners.find((found) => found !== undefined);
	const profile = { profile_name: identity.profileName ?? null, username: identity.username ?? null };
	if (owner !== undefined) {
		const [, ...others] = contactsAmong(owners);
		const unclaimed = keys.filter((_key, place) => owners[place] === undefined);
		if (unclaimed.length > 0) await insertKeys(tx, store, owner.contact_id, unclaimed);
		return { contactId: owner.contact_id, created: false, alsoKnownAs: others, profile: owner };
	}
	const contactId = await insertContact(tx, store, { phone: phone ?? null, language, ...profile });
	const [winner, ...rest] = await claimKeys(tx, store, contactId, keys);
	if (winner === undefined) return { contactId, created: true, alsoKnownAs: [], profile };
	await tx.deleteFrom('contact_identities').where('contact_id', '=', contactId).execute();
	await tx.deleteFrom('contacts').where('id', '=', contactId).execute();
	await removeSearchEntry(tx, contactId);
	await claimKeys(tx, store, winner, keys);
	return { contactId: winner, created: false, alsoKnownAs: rest, profile: {} };
}

/** Moves a new address of a known person to them (number change, new user id). Returns contacts that were found behind it. */
export async function addIdentity(
	tx: Transaction<Database>,
	store: Store,
	contactId: string,
	identity: Identity,
): Promise<string[]> {
	return await claimKeys(tx, store, contactId, identityKeys(identity));
}

/** Who is behind an identity, if anybody is known there. */
export async function contactOfIdentity(
	executor: Executor,
	workspaceId: string,
	identity: Identity,
): Promise<string | undefined> {
	return (await contactsOfKeys(executor, workspaceId, identityKeys(identity)))[0];
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

const addresses = new KeptQuery((executor, asked: { workspaceId: string; contactId: string }) =>
	executor
		.selectFrom('contact_identities')
		.select(['kind', 'value'])
		.where('workspace_id', '=', asked.workspaceId)
		.where('contact_id', '=', asked.contactId)
		.where('kind', 'in', ['wa_id', 'bsuid', 'parent_bsuid'])
		.orderBy('created_at', 'desc'),
);

/** The addresses at WhatsApp that a message to this contact can go to. */
export async function whatsAppIdentity(executor: Executor, workspaceId: string, contactId: string): Promise<Identity> {
	const rows = await addresses.rows(executor, { workspaceId, contactId });
	const newest = (kind: IdentityKind) => rows.find((row) => row.kind === kind)?.value;
	return { waId: newest('wa_id'), userId: newest('bsuid'), parentUserId: newest('parent_bsuid') };
}

const OWNED_BY_CONTACT = [
	'messages',
	'attachments',
	'journal',
	'effects',
	'outbox',
	'profile_tests',
	'unanswered_questions',
	'model_calls',
	'cases',
	'leads',
	'notifications',
	'bridges',
	'bridge_messages',
	'bridge_tasks',
	'notes',
	'follow_ups',
	'payments',
	'approvals',
	'search_entries',
	'linked_contacts',
	'contact_identities',
] as const;

const TABLES_OF_A_CONVERSATION = [
	'messages',
	'journal',
	'effects',
	'outbox',
	'cases',
	'leads',
	'notifications',
	'bridges',
	'bridge_messages',
	'notes',
	'follow_ups',
	'payments',
	'approvals',
	'search_entries',
	'model_calls',
] as const;

/** Consents of both, oldest first as they were given. */
function bothLists(one: string | null, other: string | null): string | null {
	if (one === null || other === null) return one ?? other;
	return JSON.stringify([...(JSON.parse(other) as unknown[]), ...(JSON.parse(one) as unknown[])]);
}

/**
 * Makes two contacts one: everything of `fromId` becomes `intoId`'s. Of two conversations on the same channel the
 * kept one takes the other's messages. The caller holds both contacts' locks, the lower id taken first.
 */
export async function mergeContacts(
	tx: Transaction<Database>,
	store: Store,
	fromId: string,
	intoId: string,
): Promise<void> {
	const from = await getContact(tx, store.workspaceId, fromId);
	const into = await getContact(tx, store.workspaceId, intoId);
	if (!from || !into || from.merged_into !== null) return;
	const conversations = await tx
		.selectFrom('conversations')
		.select(['id', 'channel_id', 'contact_id', 'last_inbound_at', 'activity_at', 'last_message_id'])
		.select(['owner_advisor_id', 'area', 'waiting_since', 'commercial_intent', 'inbound_count', 'revision'])
		.where('workspace_id', '=', store.workspaceId)
		.where('contact_id', 'in', [fromId, intoId])
		.execute();
	for (const moved of conversations.filter((row) => row.contact_id === fromId)) {
		const kept = conversations.find((row) => row.contact_id === intoId && row.channel_id === moved.channel_id);
		if (!kept) {
			await tx.updateTable('conversations').set({ contact_id: intoId }).where('id', '=', moved.id).execute();
			continue;
		}
		// A customer has one advisor at a time: whoever attends the kept conversation stays.
		await tx
			.deleteFrom('bridges')
			.where('workspace_id', '=', store.workspaceId)
			.where('conversation_id', '=', moved.id)
			.where((row) =>
				row.exists(
					row
						.selectFrom('bridges as kept')
						.select('kept.id')
						.where('kept.workspace_id', '=', store.workspaceId)
						.where('kept.conversation_id', '=', kept.id),
				),
			)
			.execute();
		for (const table of TABLES_OF_A_CONVERSATION) {
			await tx
				.updateTable(table)
				.set({ conversation_id: kept.id })
				.where('workspace_id', '=', store.workspaceId)
				.where('conversation_id', '=', moved.id)
				.execute();
		}
		await store.lock(tx, metricsLock(store.workspaceId));
		await moveConversationFacts(tx, store.workspaceId, moved.id, kept.id);
		const lastInboundAt = Math.max(kept.last_inbound_at ?? 0, moved.last_inbound_at ?? 0);
		await tx
			.updateTable('conversations')
			.set({
				last_inbound_at: lastInboundAt > 0 ? lastInboundAt : null,
				turn_due_at: store.now(),
				updated_at: store.now(),
				...(moved.activity_at > kept.activity_at
					? { activity_at: moved.activity_at, last_message_id: moved.last_message_id }
					: {}),
				owner_advisor_id: kept.owner_advisor_id ?? moved.owner_advisor_id,
				area: kept.area ?? moved.area,
				waiting_since: kept.waiting_since ?? moved.waiting_since,
				commercial_intent: Math.max(kept.commercial_intent, moved.commercial_intent),
				inbound_count: kept.inbound_count + moved.inbound_count,
				revision: Math.max(kept.revision, moved.revision) + 1,
			})
			.where('id', '=', kept.id)
			.execute();
		await tx.deleteFrom('conversations').where('id', '=', moved.id).execute();
	}
	for (const table of OWNED_BY_CONTACT) {
		await tx
			.updateTable(table)
			.set({ contact_id: intoId })
			.where('workspace_id', '=', store.workspaceId)
			.where('contact_id', '=', fromId)
			.execute();
	}
	await updateContact(tx, store, intoId, {
		name: into.name ?? from.name,
		name_verified: into.name === null ? from.name_verified : into.name_verified,
		identification: into.identification ?? from.identification,
		identification_type: into.identification_type ?? from.identification_type,
		phone: into.phone ?? from.phone,
		email: into.email ?? from.email,
		company: into.company ?? from.company,
		city: into.city ?? from.city,
		profile_name: into.profile_name ?? from.profile_name,
		username: into.username ?? from.username,
		owner_advisor_id: into.owner_advisor_id ?? from.owner_advisor_id,
		opted_out_at: into.opted_out_at ?? from.opted_out_at,
		language: into.language ?? from.language,
		consent: bothLists(into.consent, from.consent),
		source: into.source ?? from.source,
		external_id: into.external_id ?? from.external_id,
		external_url: into.external_url ?? from.external_url,
		registered: Math.max(into.registered, from.registered),
		imported: Math.max(into.imported, from.imported),
	});
	const tags = from.tags === null ? [] : (JSON.parse(from.tags) as string[]);
	await changeTags(tx, store, { kind: 'contact', id: intoId }, { add: tags }, 'hand');
	await changeTags(tx, store, { kind: 'contact', id: fromId }, { remove: tags }, 'hand');
	await updateContact(tx, store, fromId, { merged_into: intoId });
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

/** A contact by id (also one of before a merge), phone number (E.164), WhatsApp id or WhatsApp user id. */
export async function findContact(
	executor: Executor,
	workspaceId: string,
	key: string,
): Promise<ContactRow | undefined> {
	const byId = await getContact(executor, workspaceId, key);
	if (byId) return await livingContact(executor, byId);
	const waId = key.replace(/[\s()+-]/g, '');
	const [contactId] = await contactsOfKeys(executor, workspaceId, [
		{ kind: 'wa_id', value: waId },
		{ kind: 'bsuid', value: key },
		{ kind: 'parent_bsuid', value: key },
	]);
	if (contactId !== undefined) return await getContact(executor, workspaceId, contactId);
	return await executor
		.selectFrom('contacts')
		.selectAll()
		.where('workspace_id', '=', workspaceId)
		.where('phone', '=', `+${waId}`)
		.where('merged_into', 'is', null)
		.executeTakeFirst();
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

/** What can tell that two records are of one person, strongest first. */
export interface PersonKeys {
	readonly externalId?: string;
	/** E.164. */
	readonly phone?: string;
	readonly identification?: string;
	readonly email?: string;
}

export type PersonKeyName = keyof PersonKeys;

async function contactWith(
	executor: Executor,
	workspaceId: string,
	column: 'external_id' | 'phone' | 'identification',
	value: string,
): Promise<ContactRow | undefined> {
	return await executor
		.selectFrom('contacts')
		.selectAll()
		.where('workspace_id', '=', workspaceId)
		.where(column, '=', value)
		.where('merged_into', 'is', null)
		.orderBy('id')
		.limit(1)
		.executeTakeFirst();
}

async function contactOfKey(
	executor: Executor,
	workspaceId: string,
	key: IdentityKey | { readonly kind: 'email'; readonly value: string },
): Promise<ContactRow | undefined> {
	const row = await executor
		.selectFrom('contact_identities')
		.select('contact_id')
		.where('workspace_id', '=', workspaceId)
		.where('kind', '=', key.kind)
		.where('value', '=', key.value)
		.executeTakeFirst();
	return row && (await getContact(executor, workspaceId, row.contact_id));
}

/** The contact behind each key that leads to one. */
export async function contactsByKeys(
	executor: Executor,
	workspaceId: string,
	keys: PersonKeys,
): Promise<ReadonlyArray<{ readonly key: PersonKeyName; readonly contact: ContactRow }>> {
	const { externalId, phone, identification, email } = keys;
	const found: ReadonlyArray<readonly [PersonKeyName, ContactRow | undefined]> = [
		[
			'externalId',
			externalId === undefined ? undefined : await contactWith(executor, workspaceId, 'external_id', externalId),
		],
		[
			'phone',
			phone === undefined
				? undefined
				: ((await contactOfKey(executor, workspaceId, { kind: 'wa_id', value: phone.slice(1) })) ??
					(await contactWith(executor, workspaceId, 'phone', phone))),
		],
		[
			'identification',
			identification === undefined
				? undefined
				: await contactWith(executor, workspaceId, 'identification', identification),
		],
		[
			'email',
			email === undefined ? undefined : await contactOfKey(executor, workspaceId, { kind: 'email', value: email }),
		],
	];
	return found.flatMap(([key, contact]) => (contact ? [{ key, contact }] : []));
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

/** Lets a phone (as the WhatsApp id that it will write with) and an e-mail address lead to the contact. */
export async function claimAddresses(
	tx: Transaction<Database>,
	store: Store,
	contactId: string,
	addresses: { readonly phone?: string; readonly email?: string },
): Promise<void> {
	const { phone, email } = addresses;
	const keys = [
		...(phone === undefined ? [] : [{ kind: 'wa_id' as const, value: phone.slice(1) }]),
		...(email === undefined ? [] : [{ kind: 'email' as const, value: email }]),
	];
	if (keys.length === 0) return;
	await insertKeys(tx, store, contactId, keys);
}
