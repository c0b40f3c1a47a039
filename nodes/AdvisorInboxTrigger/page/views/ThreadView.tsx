import { ArrowDown, ArrowLeft, MessageCircleOff, PanelRight } from 'lucide';
import { lazy, Suspense } from 'preact/compat';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';

import type { MessageView } from '../../../shared/domain/inbox/views';
import { dayName, localDay, phoneForReading } from '../format';
import { Avatar } from '../pieces/Avatar';
import { Button, IconButton } from '../pieces/Button';
import { Icon } from '../pieces/Icon';
import { Empty, Failed, Skeleton } from '../pieces/states';
import { command } from '../server/ask';
import { now } from '../state/clock';
import { summaryOf } from '../state/conversations';
import { notifyTrouble } from '../state/notices';
import { outgoing } from '../state/outgoing';
import { panelShown, wish } from '../state/panes';
import { addressOf } from '../state/route';
import { me, myId } from '../state/session';
import { loadOlder, openThread, threadOf, type OpenThread } from '../state/thread';
import { isLookedAt } from '../state/visibility';
import { words } from '../words/words';
import { Actions } from './Actions';
import { Composer } from './composer/Composer';
import { ModeChip, WaitingChip } from './ConversationList';
import { Lightbox } from './Lightbox';
import { MessageRow, PendingRow } from './MessageRow';
import { ThreadTabs, type ThreadTab } from './wazzup/ThreadTabs';

const ChatWindow = lazy(async () => (await import('./wazzup/ChatWindow')).ChatWindow);

function Head({ conversationId, thread }: { conversationId: string; thread: OpenThread }) {
	const { thread: said } = words.value;
	const row = summaryOf(conversationId);
	return (
		<header class="threadHead">
			<a class="iconButton backLink" href={addressOf('conversations')} aria-label={words.value.actions.back}>
				<Icon of={ArrowLeft} />
			</a>
			{row ? (
				<>
					<Avatar name={row.contactName} />
					<div class="threadWho">
						<h2>{row.contactName}</h2>
						<p>
							{row.phone ? <span>{phoneForReading(row.phone)}</span> : null}
							<span>
								{[row.channel.name, row.channel.advisor?.name]
									.flatMap((name) => (name === undefined ? [] : [phoneForReading(name)]))
									.join(' · ')}
							</span>
						</p>
					</div>
					<div class="threadChips">
						<ModeChip row={row} />
						<WaitingChip row={row} />
					</div>
				</>
			) : (
				<div class="threadWho" />
			)}
			{thread.detail ? <Actions detail={thread.detail} /> : null}
			<IconButton
				icon={PanelRight}
				name={panelShown.value ? said.closePanel : said.openPanel}
				pressed={panelShown.value}
				onClick={() => {
					panelShown.value = !panelShown.value;
				}}
			/>
		</header>
	);
}

/** Rows of the same author within this time stand together under one name. */
const TOGETHER_MS = 5 * 60_000;

const isTogether = (row: MessageView, before: MessageView | undefined): boolean =>
	before !== undefined &&
	before.kind === row.kind &&
	row.kind !== 'event' &&
	before.author === row.author &&
	before.advisor?.id === row.advisor?.id &&
	Date.parse(row.at) - Date.parse(before.at) < TOGETHER_MS &&
	localDay(row.at) === localDay(before.at);

/** What was not read yet, else the end. */
function showBeginning(box: HTMLElement): void {
	const mark = box.querySelector<HTMLElement>('.freshMark');
	box.scrollTop = mark === null ? box.scrollHeight : mark.offsetTop - box.clientHeight / 3;
}

/** Where a row stands in the thread. */
const topOf = (box: HTMLElement, rowId: string): number =>
	box.querySelector<HTMLElement>(`[data-row="${CSS.escape(rowId)}"]`)?.offsetTop ?? 0;

/** Until pictures of a thread that was just opened have their size. */
const SETTLED_MS = 1500;
/** Closer to the end than this, new rows pull the view with them. */
const AT_END_PX = 120;

function Rows({ conversationId, thread }: { conversationId: string; thread: OpenThread }) {
	const { thread: said } = words.value;
	const place = useRef<HTMLDivElement>(null);
	const [enlarged, setEnlarged] = useState<string>();
	const [unseen, setUnseen] = useState(0);
	const before = useRef({ first: '', last: '', lastRow: '', lastRowTop: 0, top: 0, atEnd: true, started: false });
	/** Whether somebody has moved in the thread: from then on it is theirs. */
	const touched = useRef(false);
	const waiting = outgoing.value.filter((one) => one.conversationId === conversationId && one.advisorId === myId.value);
	const first = thread.rows[0]?.id ?? '';
	const lastRow = thread.rows.at(-1)?.id ?? '';
	const last = `${lastRow}${waiting.at(-1)?.requestId ?? ''}`;

	useLayoutEffect(() => {
		const box = place.current;
		if (box === null || thread.rows.length === 0) return;
		const past = before.current;
		if (!past.started) showBeginning(box);
		else if (past.last !== last && (past.atEnd || waiting.length > 0)) box.scrollTop = box.scrollHeight;
		else {
			// Older rows came above: what is being read stays where it is.
			if (past.first !== first) box.scrollTop = past.top + topOf(box, past.lastRow) - past.lastRowTop;
			if (past.lastRow !== lastRow) {
				const read = thread.rows.findIndex(({ id }) => id === past.lastRow);
				const news = read === -1 ? [] : thread.rows.slice(read + 1).filter(({ kind }) => kind !== 'event');
				setUnseen((count) => count + news.length);
			}
		}
		before.current = {
			first,
			last,
			lastRow,
			lastRowTop: topOf(box, lastRow),
			top: box.scrollTop,
			atEnd: box.scrollHeight - box.scrollTop - box.clientHeight < AT_END_PX,
			started: true,
		};
	}, [first, last, thread.rows]);

	// Pictures that arrive later make the rows taller: the end stays the end, and so does what is new.
	useEffect(() => {
		const box = place.current;
		if (box === null) return undefined;
		const watcher = new ResizeObserver(() => {
			if (!touched.current && before.current.started) showBeginning(box);
			else if (before.current.atEnd) box.scrollTop = box.scrollHeight;
			before.current.lastRowTop = topOf(box, before.current.lastRow);
		});
		for (const child of box.children) watcher.observe(child);
		watcher.observe(box);
		return () => watcher.disconnect();
	}, [thread.state]);

	const touch = (): void => {
		touched.current = true;
	};
	// What comes after the first moment comes to somebody who is reading.
	useEffect(() => {
		const timer = window.setTimeout(touch, SETTLED_MS);
		return () => window.clearTimeout(timer);
	}, []);
	const toEnd = (): void => {
		touch();
		place.current?.scrollTo({ top: place.current.scrollHeight });
		setUnseen(0);
	};
	const images = thread.rows.filter(
		({ attachment, deleted }) => attachment?.kind === 'image' && attachment.state === 'stored' && !deleted,
	);
	const [awayFromEnd, setAway] = useState(false);
	return (
		<div class="rowsFrame">
			<div
				class="rows"
				ref={place}
				tabIndex={0}
				role="log"
				aria-label={said.messages}
				onWheel={touch}
				onPointerDown={touch}
				onTouchMove={touch}
				onKeyDown={touch}
				onScroll={({ currentTarget: box }) => {
					const atEnd = box.scrollHeight - box.scrollTop - box.clientHeight < AT_END_PX;
					before.current.atEnd = atEnd;
					before.current.top = box.scrollTop;
					setAway(!atEnd);
					if (atEnd) setUnseen(0);
					if (box.scrollTop < 300) void loadOlder(conversationId);
				}}
			>
				<div class="rowsInside">
					{thread.olderCursor !== undefined ? (
						<p class="threadEdge">
							{thread.said ? (
								<Button small onClick={() => void loadOlder(conversationId)}>
									{words.value.actions.retry}
								</Button>
							) : (
								said.older
							)}
						</p>
					) : (
						<p class="threadEdge">{said.beginning}</p>
					)}
					{thread.rows.map((row, index) => {
						const previous = thread.rows[index - 1];
						const isNewDay = previous === undefined || localDay(previous.at) !== localDay(row.at);
						return (
							<div key={row.id} class="rowGroup" data-row={row.id}>
								{isNewDay ? (
									<h3 class="day">
										<span>{dayName(row.at, now.value)}</span>
									</h3>
								) : null}
								{thread.firstNew === row.id ? (
									<p class="freshMark">
										<span>{said.fresh}</span>
									</p>
								) : null}
								<MessageRow
									row={row}
									conversationId={conversationId}
									isTogether={!isNewDay && isTogether(row, previous)}
									onEnlarge={() => setEnlarged(row.id)}
								/>
							</div>
						);
					})}
					{waiting.map((one) => (
						<PendingRow key={one.requestId} one={one} />
					))}
				</div>
			</div>
			{awayFromEnd || unseen > 0 ? (
				<button type="button" class="toEnd" onClick={toEnd}>
					<Icon of={ArrowDown} size={16} />
					{unseen > 0 ? <span>{said.newMessages(unseen)}</span> : <span class="unseen">{said.toEnd}</span>}
				</button>
			) : null}
			{enlarged !== undefined ? (
				<Lightbox images={images} shown={enlarged} onShow={setEnlarged} onClose={() => setEnlarged(undefined)} />
			) : null}
		</div>
	);
}

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
				<Rows conversationId={conversationId} thread={thread} />
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
	useEffect(() => {
		if (!isReady || unread === 0 || !isLooked) return;
		command('markRead', { conversationId }).catch(notifyTrouble);
	}, [conversationId, isReady, unread, isLooked]);
	const wished = wish.value;
	// Who wants to write here leaves Wazzup's window.
	useEffect(() => {
		if (wished !== undefined) setTab('desk');
	}, [wished]);
	return (
		<section class="thread" aria-label={said.label(row?.contactName ?? '')}>
			<Head conversationId={conversationId} thread={thread} />
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
