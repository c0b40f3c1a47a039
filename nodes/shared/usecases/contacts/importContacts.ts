import { matchAdvisor } from '../../domain/cases/advisorMatch';
import {
	cleanPerson,
	columnsOf,
	type CleanPerson,
	type Correction,
	type ImportField,
	type PersonInput,
	type PersonProblem,
} from '../../domain/identity/personData';
import { readTags } from '../../domain/tags/tagRules';
import { listAdvisors, type AdvisorRow } from '../../store/repositories/advisors';
import { appendAudit } from '../../store/repositories/auditLog';
import { claimAddresses } from '../../store/repositories/contactIdentities';
import { contactsByKeys, type PersonKeyName } from '../../store/repositories/contactLookup';
import { getContact, insertContact, updateContact, type ContactRow } from '../../store/repositories/contacts';
import type { Store, StoreTransaction } from '../../store/store';
import { advisorFacts } from '../team/assignAdvisor';
import { profileInForce } from '../profile/businessProfile';
import { mergeInto } from './mergePeople';
import { columnsOfPerson, newColumns, type ContactColumns } from './saveContact';
import { tagByHand } from './tagTarget';

/** Rows in one transaction: enough to be quick, few enough that customers do not wait for an import. */
const IMPORT_BATCH = 100;

export interface ImportSettings {
	/** Column by field; the others are recognised by their usual names. */
	readonly columns?: Readonly<Partial<Record<ImportField, string>>>;
	/** Only say what would happen. */
	readonly dryRun: boolean;
	/** Whether what the row says replaces what is known and differs. */
	readonly replace: boolean;
	/** Whether two contacts that a row shows to be one person become one. */
	readonly merge: boolean;
	/** Put on every imported contact. */
	readonly tags?: readonly string[];
}

/** A field of a row that was not taken, and why. */
export interface LeftOut {
	readonly field: ImportField;
	readonly value: string;
	readonly why: string;
}

/** What became of one row. */
export interface ImportedRow {
	readonly action: 'created' | 'updated' | 'unchanged' | 'refused';
	readonly contact?: ContactRow;
	/** What was written differently from the row. */
	readonly fixed: readonly Correction[];
	/** What of the row was left out, and why. */
	readonly leftOut: readonly LeftOut[];
	/** Contacts that turned out to be the same person. */
	readonly merged: readonly string[];
	/** Number of the earlier row about the same person, from 1. */
	readonly sameAsRow?: number;
	/** Of a refused row. */
	readonly why?: string;
}

interface ReadRow {
	readonly person: CleanPerson;
	readonly fixed: readonly Correction[];
	readonly problems: readonly PersonProblem[];
	readonly advisor?: string;
	readonly tags: readonly string[];
	readonly sameAsRow?: number;
	readonly refused?: string;
}

type Row = Readonly<Record<string, unknown>>;

const written = (value: unknown): string | undefined =>
	typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;

const keysOf = ({ externalId, phone, identification, email }: CleanPerson) => ({
	externalId,
	phone,
	identification,
	email,
});

function readRow(row: Row, settings: ImportSettings, country: string): ReadRow {
	const columns = columnsOf(Object.keys(row), settings.columns);
	const valueOf = (field: ImportField): string | undefined => {
		const column = columns[field];
		return column === undefined ? undefined : written(row[column]);
	};
	const input: PersonInput = {
		name: valueOf('name'),
		phone: valueOf('phone'),
		email: valueOf('email'),
		identification: valueOf('identification'),
		company: valueOf('company'),
		city: valueOf('city'),
		language: valueOf('language'),
		externalId: valueOf('externalId'),
		externalUrl: valueOf('externalUrl'),
	};
	const { person, fixed, problems } = cleanPerson(input, country);
	const nobody = Object.values(keysOf(person)).every((key) => key === undefined);
	const whys = problems.map(({ field, value, why }) => `${field} '${value}': ${why}`);
	return {
		person,
		fixed,
		problems,
		advisor: valueOf('advisor'),
		tags: [...(settings.tags ?? []), ...readTags(valueOf('tags') ?? '')],
		...(nobody ? { refused: ['No phone, e-mail, identification or external id', ...whys].join('; ') } : {}),
	};
}

/** Marks rows that say the same phone, document, e-mail or external id as an earlier one of the list. */
function withRepetitions(rows: readonly ReadRow[]): ReadRow[] {
	const seen = new Map<string, number>();
	return rows.map((row, index) => {
		if (row.refused !== undefined) return row;
		const keys = Object.entries(keysOf(row.person)).flatMap(([name, value]) =>
			value === undefined ? [] : [`${name}:${value}`],
		);
		const earlier = keys.map((key) => seen.get(key)).find((found) => found !== undefined);
		for (const key of keys) if (!seen.has(key)) seen.set(key, index + 1);
		return earlier === undefined ? row : { ...row, sameAsRow: earlier };
	});
}

/** Two records may be one person only when neither knows a phone or document that the other denies. */
function agree(one: ContactRow, other: ContactRow): boolean {
	const denies = (left: string | null, right: string | null): boolean =>
		left !== null && right !== null && left !== right;
	return !denies(one.phone, other.phone) && !denies(one.identification, other.identification);
}

/** What of the person is said to be somebody else's. */
const NAME_OF_KEY: Readonly<Record<PersonKeyName, string>> = {
	externalId: 'external id',
	phone: 'phone',
	identification: 'identification',
	email: 'e-mail',
};

interface Matched {
	readonly found?: ContactRow;
	readonly merged: readonly string[];
	readonly leftOut: readonly LeftOut[];
	readonly person: CleanPerson;
}

async function match(tx: StoreTransaction, store: Store, row: ReadRow, merges: boolean): Promise<Matched> {
	const hits = await contactsByKeys(tx, store.workspaceId, keysOf(row.person));
	const found = hits[0]?.contact;
	const merged: string[] = [];
	const leftOut: LeftOut[] = [];
	const person: { -readonly [Field in keyof CleanPerson]: CleanPerson[Field] } = { ...row.person };
	for (const { key, contact } of hits.slice(1)) {
		if (!found || contact.id === found.id || merged.includes(contact.id)) continue;
		if (merges && agree(found, contact)) {
			for (const id of [found.id, contact.id].sort()) await store.lock(tx, `contact:${id}`);
			await mergeInto(tx, store, contact.id, found.id, 'import');
			merged.push(contact.id);
			continue;
		}
		leftOut.push({
			field: key,
			value: String(person[key]),
			why: `this ${NAME_OF_KEY[key]} belongs to another contact (${contact.name ?? contact.id})`,
		});
		delete person[key];
	}
	const current = found && merged.length > 0 ? await getContact(tx, store.workspaceId, found.id) : found;
	return { found: current, merged, leftOut, person };
}

/** What the row adds to what is known, or says instead of it. */
function changesOf(found: ContactRow, columns: ContactColumns, replace: boolean): ContactColumns {
	const known = new Map<string, unknown>(Object.entries(found));
	return Object.fromEntries(
		Object.entries(newColumns(found, columns)).filter(
			([column]) => column === 'imported' || replace || known.get(column) === null,
		),
	);
}

function ownerOf(row: ReadRow, team: readonly AdvisorRow[]): { readonly id?: string; readonly problem?: string } {
	if (row.advisor === undefined || row.advisor.trim() === '') return {};
	const said = matchAdvisor(row.advisor, team.map(advisorFacts));
	return said.kind === 'found' ? { id: said.advisor.id } : { problem: row.advisor };
}

async function importRow(
	tx: StoreTransaction,
	store: Store,
	row: ReadRow,
	team: readonly AdvisorRow[],
	settings: ImportSettings,
): Promise<ImportedRow> {
	const { found, merged, leftOut, person } = await match(tx, store, row, settings.merge);
	const owner = ownerOf(row, team);
	const columns: ContactColumns = {
		...columnsOfPerson(person),
		...(owner.id === undefined ? {} : { owner_advisor_id: owner.id }),
		imported: 1,
	};
	const changes = found ? changesOf(found, columns, settings.replace) : columns;
	const id = found?.id ?? (await insertContact(tx, store, { ...columns, name_verified: 0 }));
	const changed = Object.keys(changes).length > 0;
	if (found && changed) await updateContact(tx, store, id, changes);
	await claimAddresses(tx, store, id, person);
	if (changed) {
		await appendAudit(tx, store, {
			contactId: id,
			actor: 'import',
			action: found ? 'contact.updated' : 'contact.created',
			subjectKind: 'contact',
			subjectId: id,
			payload: { changes },
		});
	}
	const tagged =
		row.tags.length > 0 && (await tagByHand(tx, store, { kind: 'contact', id, contactId: id }, { add: row.tags }));
	return {
		action: !found ? 'created' : changed || tagged || merged.length > 0 ? 'updated' : 'unchanged',
		contact: await getContact(tx, store.workspaceId, id),
		fixed: row.fixed,
		leftOut: [
			...row.problems,
			...leftOut,
			...(owner.problem === undefined
				? []
				: [{ field: 'advisor' as const, value: owner.problem, why: 'nobody of the team is called like that' }]),
		],
		merged,
		sameAsRow: row.sameAsRow,
	};
}

/** Thrown on purpose so that nothing of a dry run stays. */
class DryRun extends Error {
	constructor(readonly outcome: readonly ImportedRow[]) {
		super('Nothing of a dry run is kept');
	}
}

async function importBatch(
	store: Store,
	rows: readonly ReadRow[],
	team: readonly AdvisorRow[],
	settings: ImportSettings,
): Promise<readonly ImportedRow[]> {
	const known = await Promise.all(
		rows.map(async (row) =>
			row.refused === undefined ? await contactsByKeys(store.db, store.workspaceId, keysOf(row.person)) : [],
		),
	);
	const locks = [...new Set(known.flat().map(({ contact }) => `contact:${contact.id}`))].sort();
	try {
		return await store.transaction(async (tx) => {
			// All at first and in one order: two imports at once, or an import and a merge, cannot wait for each other.
			for (const lock of ['import', ...locks]) await store.lock(tx, lock);
			const outcome: ImportedRow[] = [];
			for (const row of rows) {
				outcome.push(
					row.refused === undefined
						? await importRow(tx, store, row, team, settings)
						: { action: 'refused', fixed: row.fixed, leftOut: row.problems, merged: [], why: row.refused },
				);
			}
			if (settings.dryRun) throw new DryRun(outcome);
			return outcome;
		});
	} catch (error) {
		if (error instanceof DryRun) return error.outcome;
		throw error;
	}
}

/** A dry run keeps nothing, so a later batch cannot see that an earlier one would have made the contact. */
function asIfKept(row: ImportedRow, firstRowOfBatch: number): ImportedRow {
	const madeBefore = row.sameAsRow !== undefined && row.sameAsRow < firstRowOfBatch;
	return row.action === 'created' && madeBefore ? { ...row, action: 'updated' } : row;
}

/**
 * Imports a list of customers: cleaned (numbers to E.164, names, documents, e-mail addresses), recognised when they are
 * known, merged when a row shows that two contacts are one person, a hundred in one transaction. The same list again
 * changes nothing. A dry run says the same without keeping anything (O3).
 * @returns what became of each row, in the order of the rows
 */
export async function importContacts(
	store: Store,
	rows: readonly Row[],
	settings: ImportSettings,
): Promise<ImportedRow[]> {
	const { profile } = await profileInForce(store);
	const team = await listAdvisors(store.db, store.workspaceId);
	const read = withRepetitions(rows.map((row) => readRow(row, settings, profile.country)));
	const imported: ImportedRow[] = [];
	for (let start = 0; start < read.length; start += IMPORT_BATCH) {
		const outcome = await importBatch(store, read.slice(start, start + IMPORT_BATCH), team, settings);
		imported.push(...(settings.dryRun ? outcome.map((row) => asIfKept(row, start + 1)) : outcome));
	}
	return imported;
}
