import { appendAudit } from '../../store/repositories/auditLog';
import { deleteDraft, getDraft } from '../../store/repositories/businessProfiles';
import type { Store } from '../../store/store';
import { nothingMore, type AlsoInside } from '../alsoInside';
import { profileLock } from './businessProfile';

/** Gives up the draft; the profile in force stays as it is. Whether there was one. */
export async function deleteProfileDraft(
	store: Store,
	actor: string,
	also: AlsoInside = nothingMore,
): Promise<boolean> {
	return await store.transaction(async (tx) => {
		await store.lock(tx, profileLock(store));
		await also(tx);
		if (!(await getDraft(tx, store.workspaceId))) return false;
		await deleteDraft(tx, store.workspaceId);
		await appendAudit(tx, store, {
			actor,
			action: 'profile.draft_deleted',
			subjectKind: 'business_profile',
			subjectId: 'draft',
		});
		return true;
	});
}
