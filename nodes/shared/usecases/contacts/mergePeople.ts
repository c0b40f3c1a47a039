import { InvalidInput } from '../../domain/invalidInput';
import { appendAudit } from '../../store/repositories/auditLog';
import { findContact } from '../../store/repositories/contactLookup';
import { getContact, livingContact, type ContactRow } from '../../store/repositories/contacts';
import { mergeContacts } from '../../store/repositories/mergedContacts';
import type { Executor, Store, StoreTransaction } from '../../store/store';

export interface MergeRequest {
	/** The contact that goes into the other: id, phone or WhatsApp id. */
	readonly fromKey: string;
	/** The contact that stays. What it knows wins; what it does not know comes from the other. */
	readonly intoKey: string;
}

export interface MergedContact {
	readonly contact: ContactRow;
	readonly mergedId: string;
	/** False when they were one before. */
	readonly merged: boolean;
}

async function existing(executor: Executor, store: Store, key: string, parameter: string): Promise<ContactRow> {
	// By id the row itself, also when it was merged before: the request may come twice.
	const found =
		(await getContact(executor, store.workspaceId, key)) ?? (await findContact(executor, store.workspaceId, key));
	if (found && found.erased_at === null) return found;
	throw new InvalidInput({
		message: `There is no contact '${key}' in workspace '${store.workspaceId}'`,
		description: `Choose one from the list in '${parameter}', or write the phone number with its country code.`,
		parameter,
	});
}

async function bothOf(
	executor: Executor,
	store: Store,
	request: MergeRequest,
): Promise<{ readonly from: ContactRow; readonly into: ContactRow; readonly done: boolean }> {
	const from = await existing(executor, store, request.fromKey, 'Contact');
	const into = await livingContact(executor, await existing(executor, store, request.intoKey, 'Into Contact'));
	const done = from.merged_into !== null && (await livingContact(executor, from)).id === into.id;
	if (!done && from.id === into.id) {
		throw new InvalidInput({
			message: "'Contact' and 'Into Contact' are the same contact",
			description: 'Choose two different ones.',
			parameter: 'Into Contact',
		});
	}
	if (!done && from.merged_into !== null) {
		throw new InvalidInput({
			message: `Contact '${from.id}' was merged into another one before`,
			description: `Choose '${from.merged_into}' instead.`,
			parameter: 'Contact',
		});
	}
	return { from, into, done };
}

/** Merges inside the caller's transaction, which holds both locks, and tells both chains of the bitácora. */
export async function mergeInto(
	tx: StoreTransaction,
	store: Store,
	fromId: string,
	intoId: string,
	actor: string,
): Promise<void> {
	await mergeContacts(tx, store, fromId, intoId);
	for (const [contactId, action] of [
		[intoId, 'contact.merged'],
		[fromId, 'contact.merged_into'],
	] as const) {
		await appendAudit(tx, store, {
			contactId,
			actor,
			action,
			subjectKind: 'contact',
			subjectId: contactId === intoId ? fromId : intoId,
		});
	}
}

/** What merging would do, without doing it. @throws InvalidInput */
export async function previewMerge(store: Store, request: MergeRequest): Promise<MergedContact> {
	const { from, into, done } = await bothOf(store.db, store, request);
	return { contact: into, mergedId: from.id, merged: !done };
}

/**
 * Makes two contacts one: messages, cases, leads, files and addresses of the one become the other's. Contacts that are one
 * already stay so.
 * @throws InvalidInput when one of them does not exist, or both are the same.
 */
export async function mergePeople(store: Store, request: MergeRequest): Promise<MergedContact> {
	const planned = await bothOf(store.db, store, request);
	return await store.transaction(async (tx) => {
		// The lower id first, as everywhere: two merges at once cannot wait for each other.
		for (const id of [planned.from.id, planned.into.id].sort()) await store.lock(tx, `contact:${id}`);
		const { from, into, done } = await bothOf(tx, store, request);
		if (!done) await mergeInto(tx, store, from.id, into.id, 'workflow');
		const contact = await getContact(tx, store.workspaceId, into.id);
		return { contact: contact ?? into, mergedId: from.id, merged: !done };
	});
}
