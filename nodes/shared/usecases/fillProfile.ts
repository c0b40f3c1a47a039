import type { BusinessProfile } from '../domain/profile/businessProfile';
import { validateProfile, type ProfileProblem } from '../domain/profile/validateProfile';
import type { Store } from '../store/store';
import { profileInForce, saveProfile, type ProfileInForce } from './businessProfile';

/** What a form says of a profile: any part of it. Lists of things with an `id` or `key` are merged thing by thing. */
export type ProfileChanges = Readonly<Record<string, unknown>>;

type PlainObject = Readonly<Record<string, unknown>>;

const isPlainObject = (value: unknown): value is PlainObject =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

const isEmpty = (value: unknown): boolean =>
	value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0);

/** What tells two entries of a list apart: options by id, areas by key. */
function nameOfEntry(entry: unknown): string | undefined {
	if (!isPlainObject(entry)) return undefined;
	const { id, key } = entry;
	return typeof id === 'string' ? id : typeof key === 'string' ? key : undefined;
}

function mergeLists(base: readonly unknown[], changes: readonly unknown[], onlyEmpty: boolean): unknown[] {
	const named = changes.every((entry) => nameOfEntry(entry) !== undefined);
	if (!named) return onlyEmpty && base.length > 0 ? [...base] : [...changes];
	const sameIn = (list: readonly unknown[], entry: unknown) =>
		list.find((candidate) => nameOfEntry(candidate) === nameOfEntry(entry));
	// The menu that a form lists is the whole menu; an area may be meant by options and cases that the form does not show.
	const isWhole = !onlyEmpty && changes.every((entry) => isPlainObject(entry) && 'id' in entry);
	if (isWhole) return changes.map((change) => merge(sameIn(base, change), change, false));
	const merged = base.map((entry) => merge(entry, sameIn(changes, entry), onlyEmpty));
	return [...merged, ...changes.filter((entry) => sameIn(base, entry) === undefined)];
}

function merge(base: unknown, change: unknown, onlyEmpty: boolean): unknown {
	if (change === undefined) return base;
	if (isPlainObject(base) && isPlainObject(change)) {
		return Object.fromEntries(
			[...new Set([...Object.keys(base), ...Object.keys(change)])].map((key) => [
				key,
				merge(base[key], change[key], onlyEmpty),
			]),
		);
	}
	if (Array.isArray(base) && Array.isArray(change)) return mergeLists(base, change, onlyEmpty);
	return onlyEmpty && !isEmpty(base) ? base : change;
}

/**
 * A profile with what a form says. Nothing that the form leaves out is lost.
 * @param onlyEmpty what is filled in already stays: a setup that runs again undoes nobody's work.
 */
export function mergeProfile(base: BusinessProfile, changes: ProfileChanges, onlyEmpty: boolean): unknown {
	return merge(base, changes, onlyEmpty);
}

export interface FilledProfile extends ProfileInForce {
	readonly action: 'published' | 'unchanged';
}

/** What a form would make of the profile in force: the profile, or what is wrong with it. */
export async function previewProfile(
	store: Store,
	changes: ProfileChanges,
	onlyEmpty: boolean,
): Promise<{
	readonly candidate: unknown;
	readonly problems: readonly ProfileProblem[];
	readonly inForce: ProfileInForce;
}> {
	const inForce = await profileInForce(store);
	// Until something is published, the preset is somebody else's example: the form wins over it.
	const candidate = mergeProfile(inForce.profile, changes, onlyEmpty && inForce.version > 0);
	const checked = validateProfile(candidate);
	return 'problems' in checked
		? { candidate, problems: checked.problems, inForce }
		: { candidate: checked.profile, problems: [], inForce };
}

/**
 * Publishes the profile in force with what a form says; nothing is published when it says nothing new.
 * @throws InvalidInput naming every field that is wrong.
 */
export async function fillProfile(
	store: Store,
	changes: ProfileChanges,
	onlyEmpty: boolean,
	actor: string,
): Promise<FilledProfile> {
	const { candidate, problems, inForce } = await previewProfile(store, changes, onlyEmpty);
	const same = problems.length === 0 && JSON.stringify(candidate) === JSON.stringify(inForce.profile);
	if (same && inForce.version > 0) return { ...inForce, action: 'unchanged' };
	return { ...(await saveProfile(store, candidate, actor)), action: 'published' };
}
