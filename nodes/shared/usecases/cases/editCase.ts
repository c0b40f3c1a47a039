import { InvalidInput } from '../../domain/invalidInput';
import { appendAudit } from '../../store/repositories/auditLog';
import { updateCase, type CaseRow } from '../../store/repositories/cases';
import type { Executor, Store } from '../../store/store';
import { profileInForce } from '../profile/businessProfile';
import { existingCase } from './changeCase';
import { tagByHand } from '../contacts/tagTarget';

/** What may be said anew of a case; what is left out stays as it is. */
export interface CaseEdit {
	readonly caseKey: string;
	readonly subject?: string;
	/** Answers by field; one that is said replaces the old one, the others stay. */
	readonly fields?: Readonly<Record<string, string>>;
	/** Area key of the profile. */
	readonly area?: string;
	readonly priority?: CaseRow['priority'];
	readonly externalId?: string;
	readonly externalUrl?: string;
	readonly addTags?: readonly string[];
	readonly removeTags?: readonly string[];
}

type Columns = Partial<Pick<CaseRow, 'subject' | 'fields' | 'area' | 'priority' | 'external_id' | 'external_url'>>;

export interface EditedCase {
	readonly case: CaseRow;
	/** Fields that changed, with what they said before. */
	readonly changes: Readonly<Record<string, { readonly before: unknown; readonly after: unknown }>>;
	readonly tagsChanged: boolean;
}

function columnsOf(found: CaseRow, edit: CaseEdit): Columns {
	const fields =
		edit.fields === undefined
			? undefined
			: JSON.stringify({ ...(JSON.parse(found.fields) as Record<string, string>), ...edit.fields });
	const said: Columns = {
		subject: edit.subject,
		fields,
		area: edit.area,
		priority: edit.priority,
		external_id: edit.externalId,
		external_url: edit.externalUrl,
	};
	const before = new Map<string, unknown>(Object.entries(found));
	return Object.fromEntries(
		Object.entries(said).filter(([column, value]) => value !== undefined && value !== before.get(column)),
	);
}

function changesOf(found: CaseRow, columns: Columns): EditedCase['changes'] {
	const before = new Map<string, unknown>(Object.entries(found));
	return Object.fromEntries(
		Object.entries(columns).map(([column, after]) => [column, { before: before.get(column) ?? null, after }]),
	);
}

async function planned(executor: Executor, store: Store, edit: CaseEdit) {
	const { profile } = await profileInForce(store);
	if (edit.area !== undefined && !profile.areas.some(({ key }) => key === edit.area)) {
		throw new InvalidInput({
			message: `'Area' names '${edit.area}', which the business profile does not have`,
			description: `Its areas are ${profile.areas.map(({ key }) => key).join(', ')}.`,
			parameter: 'Area',
		});
	}
	return await existingCase(executor, store, edit.caseKey);
}

/** What the edit would change, without changing it. @throws InvalidInput */
export async function previewCaseEdit(store: Store, edit: CaseEdit): Promise<EditedCase> {
	const found = await planned(store.db, store, edit);
	const columns = columnsOf(found, edit);
	return {
		case: { ...found, ...columns },
		changes: changesOf(found, columns),
		tagsChanged: (edit.addTags ?? []).length + (edit.removeTags ?? []).length > 0,
	};
}

/**
 * Says anew what a case is about. Repeated it changes nothing more; what changed is written to the bitácora with what it
 * was before.
 * @throws InvalidInput when the case or area does not exist.
 */
export async function editCase(store: Store, edit: CaseEdit): Promise<EditedCase> {
	const { id, contact_id: contactId } = await planned(store.db, store, edit);
	const [result] = await store.eachLocked([`contact:${contactId}`], async (tx): Promise<EditedCase> => {
		const found = await existingCase(tx, store, id);
		const columns = columnsOf(found, edit);
		const changes = changesOf(found, columns);
		if (Object.keys(columns).length > 0) {
			await updateCase(tx, store, id, columns);
			await appendAudit(tx, store, {
				contactId,
				actor: 'workflow',
				action: 'case.updated',
				subjectKind: 'case',
				subjectId: id,
				payload: { number: found.number, changes },
			});
		}
		const tagsChanged = await tagByHand(
			tx,
			store,
			{ kind: 'case', id, contactId },
			{ add: edit.addTags, remove: edit.removeTags },
		);
		return { case: await existingCase(tx, store, id), changes, tagsChanged };
	});
	if (result === undefined || 'error' in result) throw result?.error ?? new Error('The case was not changed');
	return result.value;
}
