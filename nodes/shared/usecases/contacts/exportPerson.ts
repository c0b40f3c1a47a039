import { InvalidInput } from '../../domain/invalidInput';
import { appendAudit, auditOfChain, type AuditRow } from '../../store/repositories/auditLog';
import { findContact } from '../../store/repositories/contactLookup';
import type { ContactRow } from '../../store/repositories/contacts';
import { contactsOfPerson, rowsOfPerson } from '../../store/repositories/personalData';
import type { Executor, Store } from '../../store/store';
import { whole } from '../cards';
import type { ItemJson } from '../emit/items';

/** Everything that is kept of one person, as people can read it. */
export interface PersonExport {
	readonly contactId: string;
	/** Rows by table, under the names of our items. */
	readonly data: Readonly<Record<string, readonly ItemJson[]>>;
	readonly history: readonly ItemJson[];
	/** Files that can be fetched with Attachment: Get. */
	readonly files: readonly ItemJson[];
}

/** A contact by id, phone or WhatsApp id. @throws InvalidInput when there is none, or it was erased. */
export async function existingContact(executor: Executor, store: Store, key: string): Promise<ContactRow> {
	const found = await findContact(executor, store.workspaceId, key);
	if (found && found.erased_at === null) return found;
	throw new InvalidInput({
		message:
			found === undefined
				? `There is no contact '${key}' in workspace '${store.workspaceId}'`
				: `The data of contact '${key}' were erased on ${new Date(found.erased_at ?? 0).toISOString().slice(0, 10)}`,
		description: "Choose one from the list in 'Contact', or write the phone number with its country code.",
		parameter: 'Contact',
	});
}

/** Lines in one read of a chain. */
const PAGE = 500;

async function chainOf(executor: Executor, workspaceId: string, chain: string): Promise<AuditRow[]> {
	const rows: AuditRow[] = [];
	for (;;) {
		const page = await auditOfChain(executor, workspaceId, chain, { after: rows.at(-1)?.sequence, limit: PAGE });
		rows.push(...page);
		if (page.length < PAGE) return rows;
	}
}

/**
 * Everything that is kept of a person, also of the contacts that were merged into theirs: their right by law (O11).
 * @param log whether the bitácora tells that it was exported; not in a run by hand, which changes nothing
 * @throws InvalidInput when there is no such contact.
 */
export async function exportPerson(
	store: Store,
	contactKey: string,
	{ actor, log }: { readonly actor: string; readonly log: boolean },
): Promise<PersonExport> {
	const contact = await existingContact(store.db, store, contactKey);
	const ids = await contactsOfPerson(store.db, store.workspaceId, contact.id);
	const rows = await rowsOfPerson(store.db, store.workspaceId, ids);
	const chains = await Promise.all(ids.map(async (id) => await chainOf(store.db, store.workspaceId, id)));
	if (log) {
		await store.transaction(async (tx) => {
			await store.lock(tx, `contact:${contact.id}`);
			await appendAudit(tx, store, {
				contactId: contact.id,
				actor,
				action: 'person.exported',
				subjectKind: 'contact',
				subjectId: contact.id,
			});
		});
	}
	const data = Object.fromEntries(Object.entries(rows).map(([table, found]) => [table, found.map(whole)]));
	return {
		contactId: contact.id,
		data,
		history: chains.flat().map(whole),
		files: (data.attachments ?? []).map(({ id, type, filename, mimeType, size, sha256, state }) => ({
			attachmentId: id,
			type,
			filename,
			mimeType,
			size,
			sha256,
			state,
		})),
	};
}
