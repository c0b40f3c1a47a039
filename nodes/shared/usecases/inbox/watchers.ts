import { saveInboxClosed } from '../../store/repositories/inboxAddress';
import type { Store } from '../../store/store';
import { InboxWatcher } from './watcher';

/** One watcher a database and workspace in this process, however many pages are open. */
const watchers = new Map<Store['db'], Map<string, InboxWatcher>>();

function watcherOf(store: Store): InboxWatcher | undefined {
	return watchers.get(store.db)?.get(store.workspaceId);
}

/**
 * The watcher of a workspace; begins when there is none.
 * @param open opens the store once more, for the watcher, which closes it.
 */
export async function inboxWatcher(
	store: Store,
	open: () => Promise<Store>,
	log: (message: string) => void,
): Promise<InboxWatcher> {
	const known = watcherOf(store);
	if (known) return known;
	const own = await open();
	const meanwhile = watcherOf(own);
	if (meanwhile) {
		await own.close();
		return meanwhile;
	}
	const ofDatabase = watchers.get(own.db) ?? new Map<string, InboxWatcher>();
	watchers.set(own.db, ofDatabase);
	const watcher: InboxWatcher = new InboxWatcher(
		own,
		() => {
			if (ofDatabase.get(own.workspaceId) === watcher) ofDatabase.delete(own.workspaceId);
			if (ofDatabase.size === 0 && watchers.get(own.db) === ofDatabase) watchers.delete(own.db);
		},
		log,
	);
	ofDatabase.set(own.workspaceId, watcher);
	return watcher;
}

/** Ends the open pages that a node serves: its workflow was deactivated, or n8n stops. */
export function closePagesOf(webhookId: string): void {
	for (const ofDatabase of [...watchers.values()]) {
		for (const watcher of [...ofDatabase.values()]) watcher.closePages(webhookId);
	}
}

/**
 * Ends the pages of an inbox that is switched off, also where other processes serve them. The store may be away just then:
 * those pages end by themselves within the hour.
 */
export async function closeInbox(store: Store, webhookId: string, log: (message: string) => void): Promise<void> {
	closePagesOf(webhookId);
	try {
		await saveInboxClosed(store.db, store.workspaceId, webhookId, store.now());
	} catch (error) {
		log(error instanceof Error ? error.message : String(error));
	}
}

/** Pages that are open in this process. */
export function openPages(): number {
	return [...watchers.values()]
		.flatMap((ofDatabase) => [...ofDatabase.values()])
		.reduce((sum, { size }) => sum + size, 0);
}
