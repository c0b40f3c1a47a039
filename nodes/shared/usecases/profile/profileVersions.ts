import type { BusinessProfile } from '../../domain/profile/businessProfile';
import { InvalidInput } from '../../domain/invalidInput';
import { getDraft, getProfileVersion } from '../../store/repositories/businessProfiles';
import type { Store } from '../../store/store';
import { profileInForce, validProfile } from './businessProfile';

/** One of the profiles of a workspace: the one in force, the one being worked on, or one of the history. */
export type WhichProfile = 'published' | 'draft' | { readonly version: number };

export interface FoundProfile {
	readonly profile: BusinessProfile;
	/** Absent for the draft; 0 while the preset is in force. */
	readonly version?: number;
	/** The draft's: the version that it was begun from. */
	readonly baseVersion?: number;
	/** The draft's: as it is stored, to see whether it is still the same one later. */
	readonly stored?: string;
}

/** The draft, if there is one. */
export async function draftProfile(store: Store): Promise<FoundProfile | undefined> {
	const row = await getDraft(store.db, store.workspaceId);
	if (!row) return undefined;
	return { profile: validProfile(JSON.parse(row.profile)), baseVersion: row.base_version ?? 0, stored: row.profile };
}

/** @throws InvalidInput when there is no such profile. */
export async function findProfile(store: Store, which: WhichProfile): Promise<FoundProfile> {
	if (which === 'published') return await profileInForce(store);
	if (which === 'draft') {
		const draft = await draftProfile(store);
		if (draft) return draft;
		throw new InvalidInput({
			message: `There is no draft of the business profile in workspace '${store.workspaceId}'`,
			description: "Make one with Business Profile: Save and 'Save As' set to Draft.",
			parameter: 'Profile',
			reason: { code: 'noDraft' },
		});
	}
	const row = await getProfileVersion(store.db, store.workspaceId, which.version);
	if (row) return { profile: validProfile(JSON.parse(row.profile)), version: row.version };
	throw new InvalidInput({
		message: `There is no version ${which.version} of the business profile in workspace '${store.workspaceId}'`,
		description: 'Business Profile: Get Many lists the versions that there are.',
		parameter: 'Version',
		reason: { code: 'noSuchVersion', values: { version: which.version } },
	});
}
