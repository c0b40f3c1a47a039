import type { BusinessProfile } from '../domain/profile/businessProfile';
import { changesBetween, changesInWords } from '../domain/profile/diff';
import type { OperatorLanguage } from '../domain/profile/fieldNames';
import { profileOfFile, withOwnNumbers } from '../domain/profile/profileFile';
import type { Store } from '../store/store';
import { profileInForce, saveProfile, validProfile } from './businessProfile';
import { saveDraft } from './saveDraft';

export interface ImportReview {
	readonly profile: BusinessProfile;
	/** What it changes in the profile in force, a sentence each. */
	readonly changes: readonly string[];
}

/**
 * What an exported profile would change here, in words, without importing it.
 * @throws InvalidInput naming every field that is wrong.
 */
export async function reviewImport(store: Store, json: unknown, language: OperatorLanguage): Promise<ImportReview> {
	const inForce = await profileInForce(store);
	const profile = validProfile(withOwnNumbers(profileOfFile(json), inForce.profile));
	return { profile, changes: changesInWords(changesBetween(inForce.profile, profile), profile, language) };
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
): Promise<ImportReview & { readonly version: number; readonly action: 'drafted' | 'published' }> {
	const reviewed = await reviewImport(store, json, language);
	if (as === 'draft') {
		const { baseVersion } = await saveDraft(store, reviewed.profile, actor);
		return { ...reviewed, version: baseVersion, action: 'drafted' };
	}
	const { version } = await saveProfile(store, reviewed.profile, actor);
	return { ...reviewed, version, action: 'published' };
}
