import { identityKeys } from '../../domain/identity/identityKeys';
import type { ContactSyncEvent } from '../../domain/messages/events';
import { contactOfIdentity } from '../../store/repositories/contactIdentities';
import { nameUnnamed } from '../../store/repositories/contacts';
import { findLinkedContact, saveLinkedContact } from '../../store/repositories/linkedContacts';
import type { Store, StoreTransaction } from '../../store/store';
import type { Mirror } from './mirrors';

/**
 * A change of the address book of a linked number's phone: added, edited (comes as added) or removed. Whoever never
 * wrote becomes no contact of the company; their name is known when they do. Changes may come in any order: the newest
 * stays. @returns whether it was news
 */
export async function syncContact(
	tx: StoreTransaction,
	store: Store,
	{ linkedNumber }: Mirror,
	event: ContactSyncEvent,
): Promise<boolean> {
	const addresses = identityKeys(event.contact).map(({ value }) => value);
	const [address] = addresses;
	if (address === undefined) return false;
	const known = await findLinkedContact(tx, linkedNumber.id, addresses);
	const contactId = known?.contact_id ?? (await contactOfIdentity(tx, store.workspaceId, event.contact)) ?? null;
	const removed = event.action === 'remove';
	const saved = await saveLinkedContact(tx, {
		id: store.newId(),
		workspace_id: store.workspaceId,
		linked_number_id: linkedNumber.id,
		address: known?.address ?? address,
		full_name: removed ? null : (event.contact.fullName ?? null),
		first_name: removed ? null : (event.contact.firstName ?? null),
		contact_id: contactId,
		removed: removed ? 1 : 0,
		at: event.at.getTime(),
	});
	if (!saved || removed || contactId === null) return saved;
	const name = event.contact.fullName ?? event.contact.firstName;
	const before = known?.full_name ?? known?.first_name ?? undefined;
	if (name !== undefined) await nameUnnamed(tx, store, contactId, name, before);
	return true;
}
