import type { BusinessProfile } from '../../domain/profile/businessProfile';
import { appendAudit } from '../../store/repositories/auditLog';
import { getDraft, publishedVersion, putDraft } from '../../store/repositories/businessProfiles';
import type { Store } from '../../store/store';
import { nothingMore, type AlsoInside } from '../alsoInside';
import { profileLock, validProfile } from './businessProfile';

/**
 * Keeps a profile that is being worked on; nobody is answered by it until it is published. One draft a workspace: saving again
 * replaces it, and it stays based on the version that it was begun from.
 * @throws InvalidInput naming every field that is wrong.
 */
export async function saveDraft(
	store: Store,
	input: unknown,
	actor: string,
	also: AlsoInside = nothingMore,
): Promise<{ readonly profile: BusinessProfile; readonly baseVersion: number }> {
	const profile = validProfile(input);
	const baseVersion = await store.transaction(async (tx) => {
		await store.lock(tx, profileLock(store));
		const draft = await getDraft(tx, store.workspaceId);
		const published = await publishedVersion(tx, store.workspaceId);
		const base = draft ? (draft.base_version ?? 0) : (published?.version ?? 0);
		await putDraft(tx, store, { profile: JSON.stringify(profile), baseVersion: base, createdBy: actor });
		await appendAudit(tx, store, {
			actor,
			action: 'profile.drafted',
			subjectKind: 'business_profile',
			subjectId: 'draft',
			payload: { baseVersion: base },
		});
		await also(tx);
		return base;
	});
	return { profile, baseVersion };
}
