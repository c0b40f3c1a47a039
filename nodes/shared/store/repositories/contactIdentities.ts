import type { Transaction } from 'kysely';

import { identityKeys, type IdentityKey } from '../../domain/identity/identityKeys';
import type { Identity } from '../../domain/messages/events';
import { KeptQuery } from '../keptQuery';
import type { Database, IdentityKind } from '../schema';
import type { Executor, Store } from '../store';
import { insertContact, type KnownProfile } from './contacts';
import { removeSearchEntry } from './searchEntries';

export interface ResolvedContact {
	readonly contactId: string;
	readonly created: boolean;
	/** Contacts that turned out to be the same person; their rows must be moved (`mergeContacts`). */
	readonly alsoKnownAs: readonly string[];
	readonly profile: KnownProfile;
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
export async function contactsOfKeys(
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
