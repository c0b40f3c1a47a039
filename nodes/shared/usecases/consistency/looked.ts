import type { Finding, Named, RecordKind } from '../../domain/consistency/findings';
import { knownName } from '../../domain/identity/knownName';
import type { BusinessProfile } from '../../domain/profile/businessProfile';
import { recordsByIds, syncStatesOf } from '../../store/repositories/consistency';
import type { ContactRow } from '../../store/repositories/contacts';
import type { SyncStateRow } from '../../store/repositories/syncState';
import type { Store } from '../../store/store';

/** What every look needs, read once. */
export interface Desk {
	readonly store: Store;
	readonly profile: BusinessProfile;
	readonly now: number;
	/** Ids of the people of the team. */
	readonly team: ReadonlySet<string>;
	/** Accounts of Wazzup that are kept up to date. */
	readonly accounts: readonly string[];
	/** How long an open case may have a closed conversation. */
	readonly idleDays: number;
}

/** A record that was looked at. */
export interface LookedAt {
	readonly kind: RecordKind;
	readonly id: string;
	/** As people know it. */
	readonly subject: string;
	readonly contactId: string | null;
	readonly conversationId: string | null;
	readonly findings: readonly Finding[];
}

/** Looks at the records that are still there. */
export type Look = (desk: Desk, ids: readonly string[]) => Promise<readonly LookedAt[]>;

/** As people know somebody. */
export const nameOf = (
	contact: Pick<ContactRow, 'id' | 'name' | 'profile_name' | 'phone' | 'username'> | undefined,
	otherwise: string,
): string => knownName(contact) ?? contact?.id ?? otherwise;

export const isUnknown = (advisorId: string | null, { team }: Desk): boolean =>
	advisorId !== null && !team.has(advisorId);

/** The customers that these records name. */
export async function contactsOf(
	{ store }: Desk,
	rows: ReadonlyArray<{ readonly contact_id: string | null }>,
): Promise<ReadonlyMap<string, ContactRow>> {
	const ids = new Set(rows.flatMap(({ contact_id: id }) => id ?? []));
	const found = await recordsByIds(store.db, store.workspaceId, 'contact', [...ids]);
	return new Map(found.map((row) => [row.id, row]));
}

/** Records always belong to the customer that is left of a merge. */
export function stateOfContact(contact: ContactRow | undefined): 'there' | 'erased' | 'gone' {
	if (contact === undefined || contact.merged_into !== null) return 'gone';
	return contact.erased_at === null ? 'there' : 'erased';
}

export function named(id: string | null, isThere: (id: string) => boolean): Named {
	if (id === null) return 'nothing';
	return isThere(id) ? 'there' : 'gone';
}

/** What Wazzup has of these, by their ids. */
export async function atWazzup(
	{ store, accounts }: Desk,
	kind: SyncStateRow['kind'],
	ids: readonly string[],
): Promise<ReadonlyMap<string, SyncStateRow>> {
	const rows = await syncStatesOf(store.db, store.workspaceId, accounts, kind, ids);
	return new Map(rows.map((row) => [row.id, row]));
}

/** What Wazzup says of a record that it does not take; the first time it is sent again without anybody. */
export const refusalOf = (row: SyncStateRow | undefined): string | undefined =>
	row === undefined || row.attempts < 2 ? undefined : (row.problem ?? undefined);
