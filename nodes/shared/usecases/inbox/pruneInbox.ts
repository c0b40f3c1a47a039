import { pruneInboxCommands } from '../../store/repositories/inboxCommands';
import { pruneSessions } from '../../store/repositories/inboxSessions';
import { pruneFailures } from '../../store/repositories/loginFailures';
import { pruneLoginLinks } from '../../store/repositories/loginLinks';
import { pruneUploads } from '../../store/repositories/uploads';
import type { Store } from '../../store/store';
import { FAILURE_WINDOW } from './loginLimits';
import { UPLOAD_LIFE } from './upload';

/** How long a page may repeat a command that it had no answer for, ms: longer than any session. */
const COMMANDS_KEPT = 8 * 24 * 3_600_000;

/** Removes what opens nothing any more: ended sessions and links, failures that no longer count, uploads nobody sent. */
export async function pruneInbox(store: Store): Promise<void> {
	await pruneInboxCommands(store.db, store, store.now() - COMMANDS_KEPT);
	await pruneSessions(store.db, store);
	await pruneLoginLinks(store.db, store, store.now());
	await pruneFailures(store.db, store, store.now() - FAILURE_WINDOW);
	await store.transaction(async (tx) => await pruneUploads(tx, store, store.now() - UPLOAD_LIFE));
}
