import { MessageCircleOff } from 'lucide';
import { lazy, Suspense } from 'preact/compat';
import { useEffect, useRef, useState } from 'preact/hooks';

import { Empty, Failed, Skeleton } from '../../pieces/states';
import { command } from '../../server/ask';
import { summaryOf } from '../../state/conversations';
import { notifyTrouble } from '../../state/notices';
import { outgoing } from '../../state/outgoing';
import { wish } from '../../state/panes';
import { connection, me } from '../../state/session';
import { openThread, threadOf, type OpenThread } from '../../state/thread';
import { isLookedAt } from '../../state/visibility';
import { words } from '../../words/words';
import { Composer } from '../composer/Composer';
import { ThreadTabs, type ThreadTab } from '../wazzup/ThreadTabs';
import { ThreadHead } from './ThreadHead';
import { ThreadRows } from './ThreadRows';

const ChatWindow = lazy(async () => (await import('../wazzup/ChatWindow')).ChatWindow);

/** What was said here, and where one answers. */
function DeskThread({ conversationId, thread }: { conversationId: string; thread: OpenThread }) {
	const { thread: said, refusals } = words.value;
	const isTab = me().features.wazzup;
	return (
		<div
			class="threadShown"
			{...(isTab ? { id: 'thread-shown', role: 'tabpanel', 'aria-labelledby': 'thread-tab-desk' } : {})}
		>
			{thread.state === 'loading' ? (
				<div class="rowsFrame">
					<Skeleton look="bubble" rows={7} />
				</div>
			) : thread.state === 'failed' ? (
				<Failed said={thread.said ?? { text: refusals.unknown }} onRetry={() => void openThread(conversationId)} />
			) : thread.rows.length === 0 && !outgoing.value.some((one) => one.conversationId === conversationId) ? (
				<Empty icon={MessageCircleOff} title={said.beginning} />
			) : (
				<ThreadRows conversationId={conversationId} thread={thread} />
			)}
			{thread.detail ? <Composer key={conversationId} detail={thread.detail} /> : null}
		</div>
	);
}

/** What was said with one customer, and where one answers. */
export function ThreadView({ conversationId }: { conversationId: string }) {
	const thread = threadOf(conversationId).value;
	const row = summaryOf(conversationId);
	const { thread: said } = words.value;
	const [tab, setTab] = useState<ThreadTab>('desk');
	const [round, setRound] = useState(0);
	const unread = row?.unread ?? 0;
	const isReady = thread.state === 'ready' && thread.isCurrent && tab === 'desk';
	const isLooked = isLookedAt.value;
	const { inboundCount } = thread;
	const marked = useRef('');
	const connected = connection.value;
	useEffect(() => {
		const seen = `${conversationId} ${inboundCount}`;
		if (!isReady || unread === 0 || !isLooked || marked.current === seen) return;
		marked.current = seen;
		command('markRead', { conversationId, inboundCount }).catch((reason: unknown) => {
			marked.current = '';
			notifyTrouble(reason);
		});
		// Once more when the connection is back.
	}, [conversationId, isReady, unread, isLooked, inboundCount, connected]);
	const wished = wish.value;
	// Who wants to write here leaves Wazzup's window.
	useEffect(() => {
		if (wished !== undefined) setTab('desk');
	}, [wished]);
	return (
		<section class="thread" aria-label={said.label(row?.contactName ?? '')}>
			<ThreadHead conversationId={conversationId} thread={thread} />
			{me().features.wazzup ? <ThreadTabs shown={tab} onShow={setTab} onAgain={() => setRound(round + 1)} /> : null}
			{tab === 'wazzup' ? (
				<div class="threadShown" id="thread-shown" role="tabpanel" aria-labelledby="thread-tab-wazzup">
					<Suspense fallback={<Skeleton look="bubble" rows={6} />}>
						<ChatWindow key={round} conversationId={conversationId} onOpened={() => setTab('desk')} />
					</Suspense>
				</div>
			) : (
				<DeskThread conversationId={conversationId} thread={thread} />
			)}
		</section>
	);
}
