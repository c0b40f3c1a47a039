import { areaName } from '../cases/areaRouting';
import { ownValue } from '../ownValue';
import type { BusinessProfile, Language } from './businessProfile';
import { fieldName } from './fieldNames';

/** One thing that is different between two profiles. */
export interface ProfileChange {
	/** Where, from the outside in: field names, and the names of the entries of lists. */
	readonly path: readonly PathPart[];
	readonly kind: 'added' | 'removed' | 'changed' | 'reordered';
	readonly before?: unknown;
	readonly after?: unknown;
}

/** A part of a path: the field, and which entry of it when it is a list. */
export interface PathPart {
	readonly field: string;
	readonly entry?: string;
}

type PlainObject = Readonly<Record<string, unknown>>;

const isPlainObject = (value: unknown): value is PlainObject =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

const same = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);

/** What tells entries of a list apart, so that a moved entry is not taken for another one. */
export function identityOfEntry(entry: unknown): string | undefined {
	if (!isPlainObject(entry)) return undefined;
	const { id, key, phrase, intent, field, value } = entry;
	if (typeof phrase === 'string') return `${String(intent)}: ${phrase}`;
	for (const name of [id, key, field, value]) if (typeof name === 'string') return name;
	return undefined;
}

/** Name of an entry for people: what the customer reads of it, where there is such a thing. */
function nameOfEntry(entry: unknown, identity: string): string {
	if (!isPlainObject(entry)) return identity;
	for (const shown of [entry.title, entry.name, entry.phrase]) if (typeof shown === 'string') return shown;
	return identity;
}

/** Everything that is different, in the order of the profile. */
export function changesBetween(before: BusinessProfile, after: BusinessProfile): ProfileChange[] {
	return compare(before, after, []);
}

function compare(before: unknown, after: unknown, path: readonly PathPart[]): ProfileChange[] {
	if (same(before, after)) return [];
	if (isPlainObject(before) && isPlainObject(after)) {
		return [...new Set([...Object.keys(before), ...Object.keys(after)])].flatMap((field) =>
			compare(ownValue(before, field), ownValue(after, field), [...path, { field }]),
		);
	}
	if (Array.isArray(before) && Array.isArray(after)) return compareLists(before, after, path);
	if (before === undefined) return [{ path, kind: 'added', after }];
	if (after === undefined) return [{ path, kind: 'removed', before }];
	return [{ path, kind: 'changed', before, after }];
}

function compareLists(
	before: readonly unknown[],
	after: readonly unknown[],
	path: readonly PathPart[],
): ProfileChange[] {
	const identities = (list: readonly unknown[]) => list.map(identityOfEntry);
	if ([...identities(before), ...identities(after)].some((identity) => identity === undefined))
		return compareWords(before, after, path);
	const entryOf = (list: readonly unknown[], identity: string) =>
		list.find((candidate) => identityOfEntry(candidate) === identity);
	const here = path.at(-1)?.field ?? '';
	const at = (entry: unknown, identity: string): PathPart[] => [
		...path.slice(0, -1),
		{ field: here, entry: nameOfEntry(entry, identity) },
	];
	const known = new Set([...identities(before), ...identities(after)] as string[]);
	const changes = [...known].flatMap((identity): ProfileChange[] => {
		const old = entryOf(before, identity);
		const now = entryOf(after, identity);
		if (old === undefined) return [{ path: at(now, identity), kind: 'added', after: now }];
		if (now === undefined) return [{ path: at(old, identity), kind: 'removed', before: old }];
		return compare(old, now, at(now, identity));
	});
	const kept = (list: readonly unknown[], other: readonly unknown[]) =>
		identities(list).filter((identity) => identities(other).includes(identity));
	return same(kept(before, after), kept(after, before)) ? changes : [...changes, { path, kind: 'reordered' }];
}

/** Lists of words and of hours: what came and what went. */
function compareWords(
	before: readonly unknown[],
	after: readonly unknown[],
	path: readonly PathPart[],
): ProfileChange[] {
	const missingIn = (list: readonly unknown[]) => (entry: unknown) => !list.some((other) => same(entry, other));
	const removed = before.filter(missingIn(after));
	const added = after.filter(missingIn(before));
	if (added.length + removed.length === 0) return [{ path, kind: 'reordered' }];
	return [
		...removed.map((entry): ProfileChange => ({ path, kind: 'removed', before: entry })),
		...added.map((entry): ProfileChange => ({ path, kind: 'added', after: entry })),
	];
}

const WORDS = {
	en: { added: 'added', removed: 'removed', reordered: 'in another order', yes: 'yes', no: 'no', empty: 'nothing' },
	es: { added: 'se añade', removed: 'se quita', reordered: 'en otro orden', yes: 'sí', no: 'no', empty: 'nada' },
	'pt-BR': {
		added: 'acrescenta-se',
		removed: 'retira-se',
		reordered: 'em outra ordem',
		yes: 'sim',
		no: 'não',
		empty: 'nada',
	},
} as const satisfies Readonly<Record<Language, object>>;

const QUOTES = { en: ['“', '”'], es: ['«', '»'], 'pt-BR': ['«', '»'] } as const;

/** Longer values would make a list of changes unreadable. */
const SHOWN_LENGTH = 80;

function quoted(text: string, language: Language): string {
	const line = text.replace(/\s+/g, ' ').trim();
	const [open, close] = QUOTES[language];
	const letters = [...line];
	return `${open}${letters.length > SHOWN_LENGTH ? `${letters.slice(0, SHOWN_LENGTH - 1).join('')}…` : line}${close}`;
}

/** A value as people know it: an area by its name. */
function namedValue(value: unknown, path: readonly PathPart[], profile: BusinessProfile): unknown {
	return typeof value === 'string' && path.at(-1)?.field === 'area' ? areaName(value, profile) : value;
}

/**
 * Changes with all that is told of them and no more, so that no profile is needed to tell them: areas stand by their names, and
 * an entry that has one needs nothing else.
 */
export function tellableChanges(changes: readonly ProfileChange[], after: BusinessProfile): ProfileChange[] {
	return changes.map((change) => {
		const { path, kind } = change;
		if (kind !== 'changed' && path.at(-1)?.entry !== undefined) return { path, kind };
		return {
			path,
			kind,
			...('before' in change ? { before: namedValue(change.before, path, after) } : {}),
			...('after' in change ? { after: namedValue(change.after, path, after) } : {}),
		};
	});
}

function valueInWords(value: unknown, language: Language): string {
	if (typeof value === 'boolean') return WORDS[language][value ? 'yes' : 'no'];
	if (typeof value === 'number') return String(value);
	if (value === '' || value === undefined) return WORDS[language].empty;
	if (typeof value === 'string') return quoted(value, language);
	if (isPlainObject(value) && typeof value.from === 'string') return `${value.from}–${String(value.to)}`;
	return quoted(JSON.stringify(value), language);
}

function pathInWords(path: readonly PathPart[], language: Language): string {
	return path
		.map(({ field, entry }) =>
			entry === undefined ? fieldName(field, language) : `${fieldName(field, language)} ${quoted(entry, language)}`,
		)
		.join(' › ');
}

/** A change of `tellableChanges` as a sentence. */
export function changeInWords(change: ProfileChange, language: Language): string {
	const where = pathInWords(change.path, language);
	if (change.kind === 'changed')
		return `${where}: ${valueInWords(change.before, language)} → ${valueInWords(change.after, language)}`;
	// A named entry has said its name already; a word or a text of its own has not.
	const value = change.after ?? change.before;
	const named = change.path.at(-1)?.entry !== undefined || value === undefined;
	return `${where}: ${named ? '' : `${valueInWords(value, language)} `}${WORDS[language][change.kind]}`;
}

/**
 * Changes as sentences for the people who run the business, e.g. `Opción del menú «4. Garantía»: se añade`.
 * @param after the profile after the changes: names of areas come from it
 */
export function changesInWords(
	changes: readonly ProfileChange[],
	after: BusinessProfile,
	language: Language,
): string[] {
	return tellableChanges(changes, after).map((change) => changeInWords(change, language));
}
