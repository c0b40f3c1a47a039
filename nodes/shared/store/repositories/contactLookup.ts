import type { IdentityKey } from '../../domain/identity/identityKeys';
import type { Executor } from '../store';
import { contactsOfKeys } from './contactIdentities';
import { getContact, livingContact, type ContactRow } from './contacts';

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
