import { InvalidInput } from '../../domain/invalidInput';
import { passagesOf } from '../../domain/knowledge/passages';
import { searchWords } from '../../domain/knowledge/searchWords';
import { appendAudit } from '../../store/repositories/auditLog';
import {
	deleteEntry,
	deleteItem,
	entryByKey,
	listEntries,
	putEntry,
	type KnowledgeEntryRow,
} from '../../store/repositories/knowledge';
import type { Store, StoreTransaction } from '../../store/store';
import { profileInForce } from '../profile/businessProfile';
import { wordsOfEntry } from './knowledgeRows';

/** WhatsApp takes 4,096 letters; the answer shares its bubble with a greeting and a question. */
const LONGEST_ANSWER = 2_000;
const MOST_PASSAGES = 2_000;

export interface EntryInput {
	/** Known again by it; made of the title when absent. */
	readonly key?: string;
	readonly title: string;
	readonly questions?: readonly string[];
	readonly answer: string;
	readonly language?: string;
	readonly area?: string;
	readonly active?: boolean;
}

export interface SavedEntry {
	readonly entry: KnowledgeEntryRow;
	readonly action: 'created' | 'updated' | 'unchanged';
}

type Writable = Omit<KnowledgeEntryRow, 'workspace_id' | 'created_at' | 'updated_at'>;

const lockOf = (store: Store): string => `knowledge:${store.workspaceId}`;

/** The same question without accents, marks or capitals is the same entry. */
const keyOfTitle = (title: string): string =>
	searchWords(title)
		.map(({ word }) => word)
		.join('-')
		.slice(0, 160);

async function checked(store: Store, input: EntryInput): Promise<Omit<Writable, 'id' | 'source'>> {
	const title = input.title.trim();
	const answer = input.answer.trim();
	const refuse = (parameter: string, what: string, description: string): never => {
		throw new InvalidInput({ message: `'${parameter}' ${what}`, description, parameter });
	};
	if (title === '') refuse('Question', 'is empty', 'Write the question as customers ask it.');
	if (answer === '') refuse('Answer', 'is empty', 'Write what the bot says to it.');
	if (answer.length > LONGEST_ANSWER)
		refuse('Answer', `has more than ${LONGEST_ANSWER} characters`, 'Shorten it; several entries are better than one.');
	const { profile } = await profileInForce(store);
	if (input.area !== undefined && !profile.areas.some(({ key }) => key === input.area))
		refuse('Area', `names '${input.area}', which is no area of the business profile`, 'Choose one of its areas.');
	return {
		entry_key: input.key?.trim() || keyOfTitle(title),
		title: title.slice(0, 300),
		questions: JSON.stringify((input.questions ?? []).map((one) => one.trim()).filter(Boolean)),
		answer,
		language: input.language ?? null,
		area: input.area ?? null,
		active: input.active === false ? 0 : 1,
	};
}

async function write(
	tx: StoreTransaction,
	store: Store,
	values: Omit<Writable, 'id'>,
	saves: boolean,
): Promise<SavedEntry> {
	const found = await entryByKey(tx, store.workspaceId, values.entry_key);
	const entry: KnowledgeEntryRow = {
		workspace_id: store.workspaceId,
		created_at: found?.created_at ?? store.now(),
		updated_at: store.now(),
		id: found?.id ?? store.newId(),
		...values,
	};
	const same =
		found !== undefined && Object.entries(values).every(([name, value]) => found[name as keyof Writable] === value);
	if (same) return { entry: found, action: 'unchanged' };
	if (saves) {
		const words = wordsOfEntry({
			title: values.title,
			questions: values.questions === null ? [] : (JSON.parse(values.questions) as string[]),
			answer: values.answer,
		});
		await putEntry(tx, store, { id: entry.id, ...values }, words);
	}
	return { entry, action: found ? 'updated' : 'created' };
}

/**
 * Writes an answer down, known again by its key.
 * @param saves false: only says what would happen
 * @throws InvalidInput
 */
export async function saveEntry(store: Store, input: EntryInput, actor: string, saves = true): Promise<SavedEntry> {
	const values = await checked(store, input);
	return await store.transaction(async (tx) => {
		await store.lock(tx, lockOf(store));
		const saved = await write(tx, store, { ...values, source: null }, saves);
		if (saves && saved.action !== 'unchanged')
			await appendAudit(tx, store, {
				actor,
				action: `knowledge.${saved.action}`,
				subjectKind: 'knowledge_entry',
				subjectId: saved.entry.id,
				payload: { title: saved.entry.title },
			});
		return saved;
	});
}

export interface DocumentInput {
	/** Its name: the same name again replaces it. */
	readonly source: string;
	readonly text: string;
	readonly language?: string;
	readonly area?: string;
}

export interface ImportedDocument {
	readonly source: string;
	readonly passages: readonly SavedEntry[];
	/** Passages of before that the document does not have any more. */
	readonly removed: number;
}

/**
 * Cuts a document into passages that answer. The same document again changes nothing; a new version of it replaces the old one in
 * one transaction, so that no customer is answered from half of it.
 *
 * @param saves false: only says what would happen
 * @throws InvalidInput
 */
export async function importDocument(
	store: Store,
	input: DocumentInput,
	actor: string,
	saves = true,
): Promise<ImportedDocument> {
	const source = input.source.trim();
	if (source === '')
		throw new InvalidInput({
			message: "'Document Name' is empty",
			description: 'Give it a name: the same name later replaces it.',
			parameter: 'Document Name',
		});
	const passages = passagesOf(input.text);
	if (passages.length === 0)
		throw new InvalidInput({
			message: "'Text' has nothing that could be said",
			description: "Connect a node that reads the file, such as 'Extract From File', and choose its text field.",
			parameter: 'Text',
		});
	if (passages.length > MOST_PASSAGES)
		throw new InvalidInput({
			message: `'Text' has ${passages.length} passages, more than ${MOST_PASSAGES}`,
			description: 'Import it in parts, each with a name of its own.',
			parameter: 'Text',
		});
	return await store.transaction(async (tx) => {
		await store.lock(tx, lockOf(store));
		const saved: SavedEntry[] = [];
		for (const [index, { title, text }] of passages.entries()) {
			const values = {
				entry_key: `document:${source}:${index + 1}`,
				title: title.slice(0, 300),
				questions: '[]',
				answer: text,
				source,
				language: input.language ?? null,
				area: input.area ?? null,
				active: 1,
			};
			saved.push(await write(tx, store, values, saves));
		}
		const kept = new Set(saved.map(({ entry }) => entry.id));
		const gone: string[] = [];
		for (let before: string | undefined; ; ) {
			const page = await listEntries(tx, store.workspaceId, { before, limit: 500, source });
			gone.push(...page.map(({ id }) => id).filter((id) => !kept.has(id)));
			before = page.at(-1)?.id;
			if (page.length < 500) break;
		}
		if (saves) {
			for (const id of gone) await deleteEntry(tx, store, id);
			await appendAudit(tx, store, {
				actor,
				action: 'knowledge.document_imported',
				subjectKind: 'knowledge_document',
				subjectId: source,
				payload: { passages: saved.length, removed: gone.length },
			});
		}
		return { source, passages: saved, removed: gone.length };
	});
}

/**
 * Takes an entry or an item out of what the bot knows.
 * @returns whether there was one
 */
export async function forget(store: Store, kind: 'entry' | 'item', id: string, actor: string): Promise<boolean> {
	return await store.transaction(async (tx) => {
		const removed = kind === 'entry' ? await deleteEntry(tx, store, id) : await deleteItem(tx, store, id);
		if (removed)
			await appendAudit(tx, store, {
				actor,
				action: kind === 'entry' ? 'knowledge.deleted' : 'catalogue.deleted',
				subjectKind: kind === 'entry' ? 'knowledge_entry' : 'catalogue_item',
				subjectId: id,
				payload: {},
			});
		return removed;
	});
}
