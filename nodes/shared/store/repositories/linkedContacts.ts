import type { Selectable, Transaction } from 'kysely';

import type { Database, LinkedContactsTable } from '../schema';
import type { Executor } from '../store';

export type LinkedContactRow = Selectable<LinkedContactsTable>;

/** An entry of a linked number's address book, by any of the person's addresses. */
export async function findLinkedContact(
	executor: Executor,
	linkedNumberId: string,
	addresses: readonly string[],
): Promise<LinkedContactRow | undefined> {
	if (addresses.length === 0) return undefined;
	return await executor
		.selectFrom('linked_contacts')
		.selectAll()
		.where('linked_number_id', '=', linkedNumberId)
		.where('address', 'in', addresses)
		.orderBy('at', 'desc')
		.limit(1)
		.executeTakeFirst();
}

/** Writes an entry of the address book. False when a newer change of it is known. */
export async function saveLinkedContact(tx: Transaction<Database>, row: LinkedContactRow): Promise<boolean> {
	const saved = await tx
		.insertInto('linked_contacts')
		.values(row)
		.onConflict((conflict) =>
			conflict
				.columns(['linked_number_id', 'address'])
				.doUpdateSet({ full_name: row.full_name, first_name: row.first_name, removed: row.removed, at: row.at })
				.where('linked_contacts.at', '<', row.at),
		)
		.returning('id')
		.executeTakeFirst();
	return saved !== undefined;
}

/** The entry belongs to this contact from now on: an erasure of the person takes it away too. */
export async function bindLinkedContact(
	tx: Transaction<Database>,
	linkedContactId: string,
	contactId: string,
): Promise<void> {
	await tx.updateTable('linked_contacts').set({ contact_id: contactId }).where('id', '=', linkedContactId).execute();
}

/** How many the address book has. */
export async function countAddressBook(executor: Executor, linkedNumberId: string): Promise<number> {
	const { entries } = await executor
		.selectFrom('linked_contacts')
		.select((row) => row.fn.countAll<number>().as('entries'))
		.where('linked_number_id', '=', linkedNumberId)
		.where('removed', '=', 0)
		.executeTakeFirstOrThrow();
	return Number(entries);
}

/** The address book goes with its number. */
export async function deleteLinkedContacts(tx: Transaction<Database>, linkedNumberId: string): Promise<void> {
	await tx.deleteFrom('linked_contacts').where('linked_number_id', '=', linkedNumberId).execute();
}
