import { pruneJournal } from '../store/repositories/journal';
import type { Store } from '../store/store';

/** Meta delivers again for seven days; one more day so that clocks may differ. Milliseconds. */
const KEEP_JOURNAL = 8 * 24 * 3_600_000;

/** Removes what is finished and cannot come again. */
export async function pruneFinished(store: Store): Promise<void> {
	await pruneJournal(store.db, store, store.now() - KEEP_JOURNAL);
}
