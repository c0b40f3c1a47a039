import { profiles } from '../../domain/profile/prosuministros';
import { validateProfile } from '../../domain/profile/validateProfile';
import type { BusinessProfile } from '../../domain/profile/businessProfile';
import { InvalidInput } from '../../domain/invalidInput';
import { appendAudit } from '../../store/repositories/auditLog';
import { getProfileRow, publishedVersion, publishProfile } from '../../store/repositories/businessProfiles';
import type { Store, StoreTransaction } from '../../store/store';

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
			reason: { code: 'profileUnreadable', values: { version: published.version } },
		});
	}
	const inForce = { profile: checked.profile, version: published.version };
	parsed.clear();
	parsed.set(published.id, inForce);
	return inForce;
}

/** @throws InvalidInput naming every field that is wrong. */
export function validProfile(input: unknown): BusinessProfile {
	const checked = validateProfile(input);
	if ('profile' in checked) return checked.profile;
	throw new InvalidInput({
		message: `The business profile is not valid: ${checked.problems.map((problem) => `${problem.path} ${problem.message}`).join('; ')}`,
		description: 'Correct the named fields and save again. Nothing was changed.',
		parameter: 'Business Profile',
		reason: { code: 'profileNotValid', values: { count: checked.problems.length } },
	});
}

/** Two publications at once get two numbers, one after the other. */
export const profileLock = ({ workspaceId }: Store): string => `business_profile:${workspaceId}`;

/** Publishes inside of a transaction that holds the profile's lock. Returns the version. */
export async function publishInside(
	tx: StoreTransaction,
	store: Store,
	profile: BusinessProfile,
	by: { readonly actor: string; readonly note?: string; readonly payload?: Readonly<Record<string, unknown>> },
): Promise<number> {
	const version = await publishProfile(tx, store, JSON.stringify(profile), by.actor, by.note ?? null);
	await appendAudit(tx, store, {
		actor: by.actor,
		action: 'profile.published',
		subjectKind: 'business_profile',
		subjectId: String(version),
		payload: { ...by.payload, ...(by.note === undefined ? {} : { note: by.note }) },
	});
	return version;
}

/**
 * Publishes a profile; conversations under way go on with it from their next turn.
 * @throws InvalidInput naming every field that is wrong.
 */
export async function saveProfile(store: Store, input: unknown, actor: string): Promise<ProfileInForce> {
	const profile = validProfile(input);
	const version = await store.transaction(async (tx) => {
		await store.lock(tx, profileLock(store));
		return await publishInside(tx, store, profile, { actor });
	});
	return { profile, version };
}
