import { profiles } from '../domain/profile/prosuministros';
import { validateProfile } from '../domain/profile/validateProfile';
import type { BusinessProfile } from '../domain/profile/businessProfile';
import { InvalidInput } from '../domain/invalidInput';
import { appendAudit } from '../store/repositories/auditLog';
import { getProfileRow, publishedVersion, publishProfile } from '../store/repositories/businessProfiles';
import type { Store } from '../store/store';

/** The profile in force, and where it came from. */
export interface ProfileInForce {
	readonly profile: BusinessProfile;
	/** 0: nothing is published yet, the preset is used. */
	readonly version: number;
}

/** Parsed once per published version and process; the classifier keys its compiled rules by this object. */
const parsed = new Map<string, ProfileInForce>();

/** The profile that the bot answers by. Until the setup workflow has published one: the preset. */
export async function profileInForce(store: Store): Promise<ProfileInForce> {
	const published = await publishedVersion(store.db, store.workspaceId);
	if (!published) return { profile: profiles.prosuministros, version: 0 };
	const known = parsed.get(published.id);
	if (known) return known;
	const row = await getProfileRow(store.db, store.workspaceId, published.id);
	const checked = validateProfile(row ? JSON.parse(row.profile) : undefined);
	if ('problems' in checked) {
		throw new InvalidInput({
			message: `The published business profile (version ${published.version}) cannot be read: ${checked.problems[0]?.message ?? 'it is empty'}`,
			description: 'Publish a valid profile with the setup workflow, or roll back to an earlier version.',
			parameter: 'Business Profile',
		});
	}
	const inForce = { profile: checked.profile, version: published.version };
	parsed.clear();
	parsed.set(published.id, inForce);
	return inForce;
}

/**
 * Publishes a profile; conversations under way go on with it from their next turn.
 * @throws InvalidInput naming the first field that is wrong.
 */
export async function saveProfile(store: Store, input: unknown, actor: string): Promise<ProfileInForce> {
	const checked = validateProfile(input);
	if ('problems' in checked) {
		throw new InvalidInput({
			message: `The business profile is not valid: ${checked.problems.map((problem) => `${problem.path} ${problem.message}`).join('; ')}`,
			description: 'Correct the named fields and save again. Nothing was changed.',
			parameter: 'Business Profile',
		});
	}
	const version = await store.transaction(async (tx) => {
		const published = await publishProfile(tx, store, JSON.stringify(checked.profile), actor);
		await appendAudit(tx, store, {
			actor,
			action: 'profile.published',
			subjectKind: 'business_profile',
			subjectId: String(published),
		});
		return published;
	});
	return { profile: checked.profile, version };
}
