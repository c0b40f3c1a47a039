import type { Selectable, Transaction, Updateable } from 'kysely';

import { identityKeys, type IdentityKey } from '../../domain/identity/identityKeys';
import type { Identity } from '../../domain/messages/events';
import type { ContactsTable, Database, IdentityKind } from '../schema';
import type { Executor, Store } from '../store';

export type ContactRow = Selectable<ContactsTable>;

export interface ResolvedContact {
	readonly contactId: string;
	readonly created: boolean;
	/** Contacts that turned out to be the same person; their rows must be moved (`mergeContacts`). */
	readonly alsoKnownAs: readonly string[];
}

/** The contact ids that the keys lead to, in the order of the keys, each once. */
async function contactsOfKeys(
	executor: Executor,
	workspaceId: string,
	keys: readonly IdentityKey[],
): Promise<string[]> {
	const found: string[] = [];
	for (const { kind, value } of keys) {
		const row = await executor
			.selectFrom('contact_identities')
			.select('contact_id')
			.where('workspace_id', '=', workspaceId)
			.where('kind', '=', kind)
			.where('value', '=', value)
			.executeTakeFirst();
		if (row && !found.includes(row.contact_id)) found.push(row.contact_id);
	}
	return found;
}

/** Writes what the keys did not lead to yet. Says which of them belong to somebody else (another process was first). */
async function claimKeys(
	tx: Transaction<Database>,
	store: Store,
	contactId: string,
	keys: readonly IdentityKey[],
): Promise<string[]> {
	await tx
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
		.execute();
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
	const found = await contactsOfKeys(tx, store.workspaceId, keys);
	const [known, ...others] = found;
	if (known !== undefined) {
		if (keys.length > 1) await claimKeys(tx, store, known, keys);
		return { contactId: known, created: false, alsoKnownAs: others };
	}
	const contactId = store.newId();
	const now = store.now();
	await tx
		.insertInto('contacts')
		.values({
			id: contactId,
			workspace_id: store.workspaceId,
			name: null,
			name_verified: 0,
			identification: null,
			identification_type: null,
			phone: phone ?? null,
			email: null,
			company: null,
			city: null,
			language,
			profile_name: identity.profileName ?? null,
			username: identity.username ?? null,
			owner_advisor_id: null,
			opted_out_at: null,
			consent: null,
			tags: null,
			source: null,
			external_id: null,
			external_url: null,
			imported: 0,
			registered: 0,
			merged_into: null,
			erased_at: null,
			created_at: now,
			updated_at: now,
		})
		.execute();
	const [winner, ...rest] = await claimKeys(tx, store, contactId, keys);
	if (winner === undefined) return { contactId, created: true, alsoKnownAs: [] };
	await tx.deleteFrom('contact_identities').where('contact_id', '=', contactId).execute();
	await tx.deleteFrom('contacts').where('id', '=', contactId).execute();
	await claimKeys(tx, store, winner, keys);
	return { contactId: winner, created: false, alsoKnownAs: rest };
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

export async function getContact(
	executor: Executor,
	workspaceId: string,
	contactId: string,
): Promise<ContactRow | undefined> {
	return await executor
		.selectFrom('contacts')
		.selectAll()
		.where('workspace_id', '=', workspaceId)
		.where('id', '=', contactId)
		.executeTakeFirst();
}

export async function updateContact(
	executor: Executor,
	store: Store,
	contactId: string,
	changes: Updateable<ContactsTable>,
): Promise<void> {
	await executor
		.updateTable('contacts')
		.set({ ...changes, updated_at: store.now() })
		.where('workspace_id', '=', store.workspaceId)
		.where('id', '=', contactId)
		.execute();
}

/** The addresses at WhatsApp that a message to this contact can go to. */
export async function whatsAppIdentity(executor: Executor, workspaceId: string, contactId: string): Promise<Identity> {
	const rows = await executor
		.selectFrom('contact_identities')
		.select(['kind', 'value'])
		.where('workspace_id', '=', workspaceId)
		.where('contact_id', '=', contactId)
		.where('kind', 'in', ['wa_id', 'bsuid', 'parent_bsuid'])
		.orderBy('created_at', 'desc')
		.execute();
	const newest = (kind: IdentityKind) => rows.find((row) => row.kind === kind)?.value;
	return { waId: newest('wa_id'), userId: newest('bsuid'), parentUserId: newest('parent_bsuid') };
}

const OWNED_BY_CONTACT = [
	'messages',
	'attachments',
	'journal',
	'effects',
	'outbox',
	'cases',
	'leads',
	'notifications',
	'contact_identities',
] as const;

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
		.select(['id', 'channel_id', 'contact_id', 'last_inbound_at'])
		.where('workspace_id', '=', store.workspaceId)
		.where('contact_id', 'in', [fromId, intoId])
		.execute();
	for (const moved of conversations.filter((row) => row.contact_id === fromId)) {
		const kept = conversations.find((row) => row.contact_id === intoId && row.channel_id === moved.channel_id);
		if (!kept) {
			await tx.updateTable('conversations').set({ contact_id: intoId }).where('id', '=', moved.id).execute();
			continue;
		}
		for (const table of ['messages', 'journal', 'effects', 'outbox', 'cases', 'leads'] as const) {
			await tx.updateTable(table).set({ conversation_id: kept.id }).where('conversation_id', '=', moved.id).execute();
		}
		const lastInboundAt = Math.max(kept.last_inbound_at ?? 0, moved.last_inbound_at ?? 0);
		await tx
			.updateTable('conversations')
			.set({ last_inbound_at: lastInboundAt > 0 ? lastInboundAt : null, turn_due_at: store.now() })
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
		registered: Math.max(into.registered, from.registered),
		imported: Math.max(into.imported, from.imported),
	});
	await updateContact(tx, store, fromId, { merged_into: intoId });
}

/** A contact by id, phone number (E.164), WhatsApp id or WhatsApp user id. */
export async function findContact(
	executor: Executor,
	workspaceId: string,
	key: string,
): Promise<ContactRow | undefined> {
	const byId = await getContact(executor, workspaceId, key);
	if (byId) return byId;
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

/** A page of contacts, newest first. `before` is the id of the last row of the page before. */
export async function listContacts(
	executor: Executor,
	workspaceId: string,
	page: { readonly before?: string; readonly limit: number; readonly ownerAdvisorId?: string },
): Promise<ContactRow[]> {
	let query = executor
		.selectFrom('contacts')
		.selectAll()
		.where('workspace_id', '=', workspaceId)
		.where('merged_into', 'is', null);
	if (page.before !== undefined) query = query.where('id', '<', page.before);
	if (page.ownerAdvisorId !== undefined) query = query.where('owner_advisor_id', '=', page.ownerAdvisorId);
	return await query.orderBy('id', 'desc').limit(page.limit).execute();
}
