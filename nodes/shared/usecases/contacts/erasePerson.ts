import { InvalidInput } from '../../domain/invalidInput';
import { appendAudit, ERASED_ACTION, eraseAuditPayloads } from '../../store/repositories/auditLog';
import { contactsOfPerson, erasePersonRows, rowsOfPerson } from '../../store/repositories/personalData';
import { findContact } from '../../store/repositories/contactLookup';
import type { Store } from '../../store/store';
import { nothingMore, type AlsoInside } from '../alsoInside';
import { existingContact } from './exportPerson';
import { removeOrphanedBytes } from '../media/removeOrphanedBytes';

export interface EraseRequest {
	/** Id, phone or WhatsApp id. */
	readonly contactKey: string;
	/** The same phone, or the contact's id, typed once more: an erasure cannot be taken back. */
	readonly confirm: string;
	readonly actor: string;
	/** Why, without personal data: it stays in the bitácora. */
	readonly reason?: string;
}

export interface ErasedPerson {
	readonly contactId: string;
	/** False when it was done before. */
	readonly erased: boolean;
	/** Rows deleted or emptied, by table. */
	readonly rows: Readonly<Record<string, number>>;
	/** Files whose bytes nobody else had. */
	readonly filesRemoved: number;
}

const bare = (text: string): string => text.replace(/[\s()+-]/g, '').toLowerCase();

async function confirmed(store: Store, request: EraseRequest): Promise<string> {
	const contact = await existingContact(store.db, store, request.contactKey);
	const typed = bare(request.confirm);
	const accepted = [contact.id, contact.phone ?? contact.id].map(bare);
	if (typed !== '' && accepted.includes(typed)) return contact.id;
	throw new InvalidInput({
		message: "'Confirm' does not name the contact: nothing was erased",
		description: `Type the contact's phone number or ID once more into 'Confirm'. An erasure cannot be taken back.`,
		parameter: 'Confirm',
	});
}

/** How much would be erased, without erasing it. @throws InvalidInput */
export async function previewErasure(store: Store, request: EraseRequest): Promise<ErasedPerson> {
	const contactId = await confirmed(store, request);
	const ids = await contactsOfPerson(store.db, store.workspaceId, contactId);
	const rows = await rowsOfPerson(store.db, store.workspaceId, ids);
	return {
		contactId,
		erased: false,
		rows: Object.fromEntries(Object.entries(rows).map(([table, found]) => [table, found.length])),
		filesRemoved: 0,
	};
}

/**
 * Erases a person on their request (O11, D26): messages, files, identities, notifications and work under way are gone, cases
 * and leads keep number, status and dates but nothing personal, and the bitácora keeps its digests, so that it still
 * verifies. Bytes that another customer sent too stay. What was erased before stays so.
 * @throws InvalidInput when the contact does not exist, or is not confirmed.
 */
export async function erasePerson(
	store: Store,
	request: EraseRequest,
	also: AlsoInside = nothingMore,
): Promise<ErasedPerson> {
	const known = await findContact(store.db, store.workspaceId, request.contactKey);
	if (known && known.erased_at !== null) return { contactId: known.id, erased: false, rows: {}, filesRemoved: 0 };
	const contactId = await confirmed(store, request);
	const ids = (await contactsOfPerson(store.db, store.workspaceId, contactId)).sort();
	const { rows, orphans } = await store.transaction(async (tx) => {
		for (const id of ids) await store.lock(tx, `contact:${id}`);
		await also(tx);
		const erased = await erasePersonRows(tx, store, ids);
		for (const id of ids) {
			await eraseAuditPayloads(tx, store.workspaceId, id);
			await appendAudit(tx, store, {
				contactId: id,
				actor: request.actor,
				action: ERASED_ACTION,
				subjectKind: 'contact',
				subjectId: id,
				payload: { reason: request.reason, rows: erased.rows },
			});
		}
		return erased;
	});
	// After the commit: a crash here leaves orphans, which the next hourly clean-up removes.
	await removeOrphanedBytes(store);
	return { contactId, erased: true, rows, filesRemoved: orphans.length };
}
