import { pruneBridgeTasks } from '../../store/repositories/bridges';
import { pruneBusinessEvents } from '../../store/repositories/businessEvents';
import { pruneEarlyStatuses } from '../../store/repositories/earlyStatuses';
import { pruneJournal } from '../../store/repositories/journal';
import { pruneSignups } from '../../store/repositories/signups';
import type { Store } from '../../store/store';
import { pruneInbox } from '../inbox/pruneInbox';
import { removeOrphanedBytes } from '../media/removeOrphanedBytes';
import { sealAudit } from '../audit/sealAudit';

/** Meta delivers again for seven days; one more day so that clocks may differ. Milliseconds. */
const KEEP_JOURNAL = 8 * 24 * 3_600_000;

/** The answer to a send comes within a minute or never. Milliseconds. */
const KEEP_EARLY_STATUSES = 3_600_000;

/** A month in which a receiver can be asked, and what it refused be tried again. Milliseconds. */
const KEEP_BUSINESS_EVENTS = 30 * 24 * 3_600_000;

/** The hourly housekeeping: removes what is finished and cannot come again, and seals the bitácora's days that are over. */
export async function pruneFinished(store: Store): Promise<void> {
	await pruneJournal(store.db, store, store.now() - KEEP_JOURNAL);
	await pruneBridgeTasks(store.db, store, store.now() - KEEP_JOURNAL);
	await pruneBusinessEvents(store.db, store, store.now() - KEEP_BUSINESS_EVENTS);
	await pruneEarlyStatuses(store.db, store, store.now() - KEEP_EARLY_STATUSES);
	await pruneInbox(store);
	await pruneSignups(store.db, store, store.now() - KEEP_JOURNAL);
	await removeOrphanedBytes(store);
	await sealAudit(store);
}
