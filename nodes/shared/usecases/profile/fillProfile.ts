import { ownValue } from '../../domain/ownValue';
import type { BusinessProfile } from '../../domain/profile/businessProfile';
import { identityOfEntry } from '../../domain/profile/diff';
import { validateProfile, type ProfileProblem } from '../../domain/profile/validateProfile';
import type { Store } from '../../store/store';
import { profileInForce, saveProfile } from './businessProfile';
import { draftProfile } from './profileVersions';
import { saveDraft } from './saveDraft';

/** What a form says of a profile: any part of it. Lists of things with an `id` or `key` are merged thing by thing. */
export type ProfileChanges = Readonly<Record<string, unknown>>;

export interface FillSettings {
	/** What is filled in already stays: a setup that runs again undoes nobody's work. */
	readonly onlyEmpty: boolean;
	/** Menu options that the form does not list stay in the menu. */
	readonly keepOtherOptions: boolean;
	/** A draft goes on from the draft there is. */
	readonly as: 'published' | 'draft';
}

type PlainObject = Readonly<Record<string, unknown>>;
type MergeRules = Pick<FillSettings, 'onlyEmpty' | 'keepOtherOptions'>;

const isPlainObject = (value: unknown): value is PlainObject =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

const isEmpty = (value: unknown): boolean =>
	value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0);

/** Lists that a form adds to: an area may be meant by options and cases that the form does not show. */
function addsTo(field: string, { onlyEmpty, keepOtherOptions }: MergeRules): boolean {
	if (field === 'options') return onlyEmpty || keepOtherOptions;
	return field === 'areas' || field === 'keywords';
}

function mergeLists(
	base: readonly unknown[],
	changes: readonly unknown[],
	rules: MergeRules,
	field: string,
): readonly unknown[] {
	const named = [...base, ...changes].every((entry) => identityOfEntry(entry) !== undefined);
	if (named && addsTo(field, rules)) {
		const merged = base.map((entry) => merge(entry, sameIn(changes, entry), rules, ''));
		return [...merged, ...changes.filter((entry) => sameIn(base, entry) === undefined)];
	}
	if (rules.onlyEmpty && base.length > 0) return base;
	return named ? changes.map((change) => merge(sameIn(base, change), change, rules, '')) : changes;
}

const sameIn = (list: readonly unknown[], entry: unknown): unknown =>
	list.find((candidate) => identityOfEntry(candidate) === identityOfEntry(entry));

function merge(base: unknown, change: unknown, rules: MergeRules, field: string): unknown {
	if (change === undefined) return base;
	if (isPlainObject(base) && isPlainObject(change)) {
		return Object.fromEntries(
			[...new Set([...Object.keys(base), ...Object.keys(change)])].map((key) => [
				key,
				merge(ownValue(base, key), ownValue(change, key), rules, key),
			]),
		);
	}
	if (Array.isArray(base) && Array.isArray(change)) return mergeLists(base, change, rules, field);
	return rules.onlyEmpty && !isEmpty(base) ? base : change;
}

/** A profile with what a form says. Nothing that the form leaves out is lost. */
export function mergeProfile(base: BusinessProfile, changes: readonly ProfileChanges[], rules: MergeRules): unknown {
	return changes.reduce<unknown>((so, change) => merge(so, change, rules, ''), base);
}

export interface ProfilePreview {
	readonly candidate: unknown;
	readonly problems: readonly ProfileProblem[];
	/** What the form was laid over. */
	readonly base: BusinessProfile;
	/** Nobody has made this one yet: it is the preset. */
	readonly isFirst: boolean;
}

/** What a form would make of the profile in force (or of the draft): the profile, or what is wrong with it. */
export async function previewProfile(
	store: Store,
	changes: readonly ProfileChanges[],
	settings: FillSettings,
): Promise<ProfilePreview> {
	const inForce = await profileInForce(store);
	const draft = settings.as === 'draft' ? await draftProfile(store) : undefined;
	const base = draft?.profile ?? inForce.profile;
	const isFirst = draft === undefined && inForce.version === 0;
	// Until something is saved, the preset is somebody else's example: the form wins over it.
	const candidate = mergeProfile(base, changes, { ...settings, onlyEmpty: settings.onlyEmpty && !isFirst });
	const checked = validateProfile(candidate);
	return 'problems' in checked
		? { candidate, problems: checked.problems, base, isFirst }
		: { candidate: checked.profile, problems: [], base, isFirst };
}

export interface FilledProfile {
	readonly profile: BusinessProfile;
	/** In force now; for a draft, the version that it is based on. */
	readonly version: number;
	readonly action: 'published' | 'drafted' | 'unchanged';
}

/**
 * Saves what a form says: published at once, or as the draft. Nothing is written when it says nothing new.
 * @throws InvalidInput naming every field that is wrong.
 */
export async function fillProfile(
	store: Store,
	changes: readonly ProfileChanges[],
	settings: FillSettings,
	actor: string,
): Promise<FilledProfile> {
	const { candidate, problems, base, isFirst } = await previewProfile(store, changes, settings);
	if (settings.as === 'draft') {
		const { profile, baseVersion } = await saveDraft(store, candidate, actor);
		return { profile, version: baseVersion, action: 'drafted' };
	}
	const same = problems.length === 0 && JSON.stringify(candidate) === JSON.stringify(base);
	if (same && !isFirst) return { ...(await profileInForce(store)), action: 'unchanged' };
	return { ...(await saveProfile(store, candidate, actor)), action: 'published' };
}
