import {
	cleanPerson,
	type CleanPerson,
	type Correction,
	type PersonInput,
	type PersonProblem,
} from '../../domain/identity/personData';
import type { RefusalCause } from '../../domain/inbox/refusals';
import { InvalidInput } from '../../domain/invalidInput';
import { appendAudit } from '../../store/repositories/auditLog';
import { claimAddresses } from '../../store/repositories/contactIdentities';
import { contactsByKeys, findContact } from '../../store/repositories/contactLookup';
import {
	getContact,
	insertContact,
	newContact,
	updateContact,
	type ContactRow,
} from '../../store/repositories/contacts';
import { touchConversationsOf } from '../../store/repositories/conversations';
import type { Executor, Store, StoreTransaction } from '../../store/store';
import { profileInForce } from '../profile/businessProfile';
import { tagByHand } from './tagTarget';

export interface SaveContactRequest {
	/** The contact that is meant, by id, phone or WhatsApp id; without it the person's own data find it. */
	readonly contactKey?: string;
	readonly person: PersonInput;
	/** Id of the person of the team that the customer belongs to. */
	readonly ownerAdvisorId?: string;
	readonly addTags?: readonly string[];
	readonly removeTags?: readonly string[];
	/** Who does it, for the bitácora; the workflow when absent. */
	readonly actor?: string;
}

export interface SavedContact {
	readonly contact: ContactRow;
	readonly action: 'created' | 'updated' | 'unchanged';
	readonly fixed: readonly Correction[];
}

const LABELS: Readonly<Record<keyof PersonInput, string>> = {
	name: 'Name',
	phone: 'Phone',
	email: 'Email',
	identification: 'Identification',
	company: 'Company',
	city: 'City',
	language: 'Language',
	externalId: 'External ID',
	externalUrl: 'External URL',
};

export type ContactColumns = Partial<
	Pick<
		ContactRow,
		| 'name'
		| 'name_verified'
		| 'phone'
		| 'email'
		| 'identification'
		| 'identification_type'
		| 'company'
		| 'city'
		| 'language'
		| 'external_id'
		| 'external_url'
		| 'owner_advisor_id'
		| 'imported'
	>
>;

/** The columns of what is known of a person; what is not said is left out. */
export function columnsOfPerson(person: CleanPerson): ContactColumns {
	const columns: ContactColumns = {
		name: person.name,
		phone: person.phone,
		email: person.email,
		identification: person.identification,
		identification_type: person.identificationType,
		company: person.company,
		city: person.city,
		language: person.language,
		external_id: person.externalId,
		external_url: person.externalUrl,
	};
	return Object.fromEntries(Object.entries(columns).filter(([, value]) => value !== undefined));
}

/** Of these columns the ones that say something else than the row. */
export function newColumns(row: ContactRow, columns: ContactColumns): ContactColumns {
	const before = new Map<string, unknown>(Object.entries(row));
	return Object.fromEntries(Object.entries(columns).filter(([column, value]) => value !== before.get(column)));
}

interface Planned {
	readonly found?: ContactRow;
	readonly person: CleanPerson;
	readonly columns: ContactColumns;
	readonly fixed: readonly Correction[];
}

/** The same for who reads it in the inbox. */
function causeOf({ field, value }: PersonProblem): RefusalCause {
	if (field === 'phone') return { code: 'notAPhone', values: { phone: value } };
	if (field === 'email') return { code: 'notAnEmail', values: { email: value } };
	if (field === 'identification') return { code: 'notAnIdentification', values: { identification: value } };
	return field === 'name' ? { code: 'notAName', values: { name: value } } : { code: 'unusableValue' };
}

async function plan(executor: Executor, store: Store, country: string, request: SaveContactRequest): Promise<Planned> {
	const { person, fixed, problems } = cleanPerson(request.person, country);
	const [problem] = problems;
	if (problem) {
		throw new InvalidInput({
			message: `'${LABELS[problem.field]}' cannot be used: ${problem.why} ('${problem.value}')`,
			description: 'Correct it, or leave it empty. Nothing was changed.',
			parameter: LABELS[problem.field],
			reason: causeOf(problem),
		});
	}
	const columns: ContactColumns = {
		...columnsOfPerson(person),
		...(person.name === undefined ? {} : { name_verified: 1 }),
		...(request.ownerAdvisorId === undefined ? {} : { owner_advisor_id: request.ownerAdvisorId }),
	};
	const found =
		request.contactKey === undefined
			? await ofKeys(executor, store, person)
			: await ofKey(executor, store, request.contactKey);
	if (found) await refuseStrangersAddress(executor, store, found, person);
	return { found, person, columns, fixed };
}

async function ofKey(executor: Executor, store: Store, key: string): Promise<ContactRow> {
	const found = await findContact(executor, store.workspaceId, key);
	if (found && found.erased_at === null) return found;
	throw new InvalidInput({
		message: `There is no contact '${key}' in workspace '${store.workspaceId}'`,
		description: "Choose one from the list in 'Contact', or leave it empty to find or make one by phone or e-mail.",
		parameter: 'Contact',
	});
}

async function ofKeys(executor: Executor, store: Store, person: CleanPerson): Promise<ContactRow | undefined> {
	const { externalId, phone, identification, email } = person;
	if ([externalId, phone, identification, email].every((key) => key === undefined)) {
		throw new InvalidInput({
			message: 'Nothing says who the contact is',
			description: "Fill 'Phone', 'Email', 'Identification' or 'External ID', or choose a 'Contact'.",
			parameter: 'Phone',
		});
	}
	const found = await contactsByKeys(executor, store.workspaceId, { externalId, phone, identification, email });
	return found[0]?.contact;
}

/** A phone or e-mail address leads to one person only; that it is another's is for people to decide. */
async function refuseStrangersAddress(
	executor: Executor,
	store: Store,
	found: ContactRow,
	{ phone, email }: CleanPerson,
): Promise<void> {
	const others = await contactsByKeys(executor, store.workspaceId, { phone, email });
	const stranger = others.find(({ contact }) => contact.id !== found.id);
	if (!stranger) return;
	const label = stranger.key === 'phone' ? 'Phone' : 'Email';
	throw new InvalidInput({
		message: `'${label}' belongs to another contact: ${stranger.contact.name ?? stranger.contact.id}`,
		description: "If both are the same person, use 'Contact: Merge' first. Nothing was changed.",
		parameter: label,
		reason: { code: 'ofAnotherContact', values: { name: stranger.contact.name ?? stranger.contact.id } },
	});
}

/** What saving would do, without doing it. @throws InvalidInput */
export async function previewContact(store: Store, request: SaveContactRequest): Promise<SavedContact> {
	const { profile } = await profileInForce(store);
	const { found, columns, fixed } = await plan(store.db, store, profile.country, request);
	const tags = (request.addTags ?? []).length + (request.removeTags ?? []).length > 0;
	if (found) {
		const changed = Object.keys(newColumns(found, columns)).length > 0 || tags;
		return { contact: { ...found, ...columns }, action: changed ? 'updated' : 'unchanged', fixed };
	}
	const contact = newContact(store, 'simulated', {
		...(request.addTags === undefined ? {} : { tags: JSON.stringify(request.addTags) }),
		...columns,
	});
	return { contact, action: 'created', fixed };
}

async function write(
	tx: StoreTransaction,
	store: Store,
	planned: Planned,
	request: SaveContactRequest,
): Promise<SavedContact> {
	const { found, person, columns, fixed } = planned;
	const id = found?.id ?? (await insertContact(tx, store, columns));
	const changes = found ? newColumns(found, columns) : columns;
	if (found && Object.keys(changes).length > 0) await updateContact(tx, store, id, changes);
	await claimAddresses(tx, store, id, person);
	if (Object.keys(changes).length > 0) {
		await appendAudit(tx, store, {
			contactId: id,
			actor: request.actor ?? 'workflow',
			action: found ? 'contact.updated' : 'contact.created',
			subjectKind: 'contact',
			subjectId: id,
			payload: { changes },
		});
	}
	const tagged = await tagByHand(
		tx,
		store,
		{ kind: 'contact', id, contactId: id },
		{ add: request.addTags, remove: request.removeTags },
		request.actor,
	);
	if (Object.keys(changes).length > 0) await touchConversationsOf(tx, store, id);
	const contact = await getContact(tx, store.workspaceId, id);
	if (!contact) throw new Error(`Contact ${id} was not stored`);
	const changed = Object.keys(changes).length > 0 || tagged;
	return { contact, action: found ? (changed ? 'updated' : 'unchanged') : 'created', fixed };
}

/** The same inside the caller's transaction, which holds the contact's lock. @throws InvalidInput */
export async function saveContactInside(
	tx: StoreTransaction,
	store: Store,
	country: string,
	request: SaveContactRequest,
): Promise<SavedContact> {
	return await write(tx, store, await plan(tx, store, country, request), request);
}

/**
 * Makes a contact, or brings what is known of one up to date: numbers to E.164, names as names are written, documents and
 * e-mail addresses checked. What is left out stays as it is. The person is recognised by external id, phone, document or
 * e-mail, so that the same request may come twice.
 * @throws InvalidInput for what cannot be used, and for an address that belongs to somebody else.
 */
export async function saveContact(store: Store, request: SaveContactRequest): Promise<SavedContact> {
	const { profile } = await profileInForce(store);
	const expected = await plan(store.db, store, profile.country, request);
	const key = expected.found
		? `contact:${expected.found.id}`
		: `person:${expected.person.externalId ?? expected.person.phone ?? expected.person.identification ?? expected.person.email ?? ''}`;
	const [result] = await store.eachLocked(
		[key],
		async (tx) => await saveContactInside(tx, store, profile.country, request),
	);
	if (result === undefined || 'error' in result) throw result?.error ?? new Error('The contact was not stored');
	return result.value;
}
