import type { BusinessProfile } from '../../domain/profile/businessProfile';
import { changesBetween, changesInWords } from '../../domain/profile/diff';
import type { OperatorLanguage } from '../../domain/profile/fieldNames';
import { profileOfFile, withOwnNumbers } from '../../domain/profile/profileFile';
import { validateProfile, type ProfileProblem } from '../../domain/profile/validateProfile';
import type { Store } from '../../store/store';
import { profileInForce, saveProfile } from './businessProfile';
import { saveDraft } from './saveDraft';

export interface ImportReview {
	/** What would be imported, checked or not. */
	readonly candidate: unknown;
	readonly problems: readonly ProfileProblem[];
	/** What it changes in the profile in force, a sentence each. */
	readonly changes: readonly string[];
}

/** What an exported profile would change here, or what is wrong with it, in words, without importing it. */
export async function reviewImport(store: Store, json: unknown, language: OperatorLanguage): Promise<ImportReview> {
	const inForce = await profileInForce(store);
	const candidate = withOwnNumbers(profileOfFile(json), inForce.profile);
	const checked = validateProfile(candidate);
	if ('problems' in checked) return { candidate, problems: checked.problems, changes: [] };
	const { profile } = checked;
	return {
		candidate: profile,
		problems: [],
		changes: changesInWords(changesBetween(inForce.profile, profile), profile, language),
	};
}

export interface ImportedProfile {
	readonly profile: BusinessProfile;
	readonly changes: readonly string[];
	/** In force now; for a draft, the version that it is based on. */
	readonly version: number;
	readonly action: 'drafted' | 'published';
}

/**
 * Takes an exported profile over as a whole: as the draft, or published at once.
 * @throws InvalidInput naming every field that is wrong.
 */
export async function importProfile(
	store: Store,
	json: unknown,
	{ as, language }: { readonly as: 'draft' | 'published'; readonly language: OperatorLanguage },
	actor: string,
): Promise<ImportedProfile> {
	const { candidate, changes } = await reviewImport(store, json, language);
	if (as === 'draft') {
		const { profile, baseVersion } = await saveDraft(store, candidate, actor);
		return { profile, changes, version: baseVersion, action: 'drafted' };
	}
	const { profile, version } = await saveProfile(store, candidate, actor);
	return { profile, changes, version, action: 'published' };
}
