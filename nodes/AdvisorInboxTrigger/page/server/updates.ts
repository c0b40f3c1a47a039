import type { InboxUpdate } from '../../../shared/domain/inbox/requests';

const KINDS = [
	'conversation',
	'conversationGone',
	'counts',
	'notification',
	'linkedNumber',
	'unanswered',
	'session',
	'loggedOut',
] as const;

/** How the page hears of changes: connected, on the way, or without the desk. */
export type Connection = 'connecting' | 'live' | 'offline';

/** Longest wait before the desk is tried again. */
const LONGEST_WAIT_MS = 30_000;

/**
 * Hears what happens at the desk from a moment on and says so. The browser itself connects again after a cut; after a refusal it does
 * not, so that is done here, later each time. Returns how to stop.
 */
export function hearUpdates(
	from: number,
	onUpdate: (update: InboxUpdate) => void,
	onConnection: (connection: Connection, again: boolean) => void,
): () => void {
	let source: EventSource | undefined;
	let timer: number | undefined;
	let failures = 0;
	let wasLive = false;
	let heardUntil = String(from);

	function connect(): void {
		window.clearTimeout(timer);
		source?.close();
		source = new EventSource(`${location.pathname}?updates=${heardUntil}`);
		source.onopen = () => {
			failures = 0;
			onConnection('live', wasLive);
			wasLive = true;
		};
		source.onerror = () => {
			onConnection(navigator.onLine ? 'connecting' : 'offline', false);
			if (source?.readyState !== EventSource.CLOSED) return;
			failures += 1;
			timer = window.setTimeout(connect, Math.min(LONGEST_WAIT_MS, 1000 * 2 ** failures));
		};
		for (const kind of KINDS) {
			source.addEventListener(kind, ({ data, lastEventId }: MessageEvent<string>) => {
				if (lastEventId !== '') heardUntil = lastEventId;
				onUpdate({ ...(JSON.parse(data) as object), kind } as InboxUpdate);
			});
		}
	}

	const wentOffline = (): void => onConnection('offline', false);
	window.addEventListener('online', connect);
	window.addEventListener('offline', wentOffline);
	connect();
	return () => {
		window.clearTimeout(timer);
		window.removeEventListener('online', connect);
		window.removeEventListener('offline', wentOffline);
		source?.close();
	};
}
