import { openStoreOfNode } from '../shared/n8n/storeOfNode';
import { Refusal } from '../shared/usecases/inbox/refusal';
import { viewerOf } from '../shared/usecases/inbox/viewer';
import type { InboxPage } from '../shared/usecases/inbox/watcher';
import { inboxWatcher, openPages } from '../shared/usecases/inbox/watchers';
import { followUnanswered } from '../shared/usecases/wazzup/unansweredCounter';
import { sessionOfRequest, type InboxRequest } from './inboxRequest';
import { header } from './requests';

/** Pages of one login, and in this process. */
const PAGES_OF_SESSION = 10;
const PAGES = 1_000;

/** Bytes that a page may leave unread before it is dropped; it connects again and is told what it missed. */
const UNREAD_BYTES = 512 * 1024;

/** When a browser that lost the stream tries again, ms. */
const RETRY = 2_000;

function tooManyPages(): Refusal {
	return new Refusal(429, {
		message: 'Too many pages of the inbox are open',
		description: 'Close some of them.',
		retryAfter: 30,
		code: 'tooManyPages',
	});
}

/**
 * Tells a page what happens, by server-sent events: the head is written, the response kept, and the call returns at once, so
 * that n8n holds nothing.
 *
 * @param from `updatesFrom` of the page's session: what happened since then may have been too late for what it asked for
 */
export async function answerUpdates(inbox: InboxRequest, from: string | undefined): Promise<void> {
	const { request, response, store, settings, webhookId } = inbox;
	const { tokenHash, advisor } = await sessionOfRequest(inbox, { touch: false });
	if (openPages() >= PAGES) throw tooManyPages();
	const watcher = await inboxWatcher(store, async () => await openStoreOfNode(inbox.storeContext), inbox.log);
	if (watcher.sizeOf(tokenHash) >= PAGES_OF_SESSION) throw tooManyPages();
	const write = (text: string): boolean => {
		if (response.destroyed || response.writableEnded || response.writableLength > UNREAD_BYTES) return false;
		response.write(text);
		return true;
	};
	const { wazzup } = await inbox.services();
	let unanswered: ReturnType<typeof followUnanswered> | undefined;
	const page: InboxPage = {
		tokenHash,
		viewer: viewerOf(advisor),
		webhookId,
		idleMs: settings.idleMs,
		send: ({ kind, ...data }, id) => write(`id: ${id}\nevent: ${kind}\ndata: ${JSON.stringify(data)}\n\n`),
		onChanges: () => unanswered?.wake(),
		beat: () => write(': still here\n\n'),
		close: () => {
			unanswered?.leave();
			if (response.writableLength > UNREAD_BYTES) response.destroy();
			else response.end();
		},
	};
	response.status(200);
	response.setHeader('Content-Type', 'text/event-stream; charset=utf-8');
	// Neither n8n's compression nor a proxy may hold events back.
	response.setHeader('Cache-Control', 'no-store, no-transform');
	response.setHeader('X-Accel-Buffering', 'no');
	response.flushHeaders();
	write(`retry: ${RETRY}\n\n`);
	const last = Number(header(request, 'last-event-id') ?? from);
	const leave = watcher.join(page, Number.isSafeInteger(last) && last > 0 ? last : undefined);
	if (wazzup !== undefined) {
		const tell = (count: number): boolean => write(`event: unanswered\ndata: ${JSON.stringify({ count })}\n\n`);
		unanswered = followUnanswered(wazzup, { userId: advisor.id, tell }, inbox.log);
	}
	const left = (): void => {
		leave();
		unanswered?.leave();
	};
	response.once('close', left);
	response.once('error', left);
}
