import { orphanedBytes, releaseOrphanedBytes } from '../../store/repositories/attachments';
import type { Store } from '../../store/store';

/** Files in one go. */
const BATCH = 100;

/** Removes the bytes of erased files that nobody has any more. A file that somebody sent again in the meantime stays. */
export async function removeOrphanedBytes(store: Store): Promise<void> {
	for (;;) {
		const digests = await orphanedBytes(store.db, store.workspaceId, BATCH);
		let released = 0;
		for (const sha256 of digests) {
			const gone = await store.transaction(async (tx) => await releaseOrphanedBytes(tx, store.workspaceId, sha256));
			if (!gone) continue;
			released += 1;
			await store.removeBytes(sha256);
		}
		if (digests.length < BATCH || released === 0) return;
	}
}
