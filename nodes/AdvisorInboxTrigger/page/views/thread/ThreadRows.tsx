import { ArrowDown } from 'lucide';
import { useState } from 'preact/hooks';

import type { MessageView } from '../../../../shared/domain/inbox/views';
import { dayName, localDay } from '../../format';
import { Button } from '../../pieces/Button';
import { Icon } from '../../pieces/Icon';
import { now } from '../../state/clock';
import { outgoing } from '../../state/outgoing';
import { myId } from '../../state/session';
import { loadOlder, type OpenThread } from '../../state/thread';
import { words } from '../../words/words';
import { Lightbox } from './Lightbox';
import { MessageRow } from './MessageRow';
import { PendingRow } from './PendingRow';
import { useThreadScroll } from './threadScroll';

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

/** Above the first row: that more comes, why it does not, or that this is where it began. */
function Edge({ conversationId, thread }: { conversationId: string; thread: OpenThread }) {
	const { thread: said, actions } = words.value;
	if (thread.olderCursor === undefined) return <p class="threadEdge">{said.beginning}</p>;
	return (
		<p class="threadEdge">
			{thread.said ? (
				<Button small onClick={() => void loadOlder(conversationId)}>
					{actions.retry}
				</Button>
			) : (
				said.older
			)}
		</p>
	);
}

/** The rows of a conversation, day by day, with the mark of what is new. */
export function ThreadRows({ conversationId, thread }: { conversationId: string; thread: OpenThread }) {
	const { thread: said } = words.value;
	const [enlarged, setEnlarged] = useState<string>();
	const written = new Set(thread.rows.map(({ requestId }) => requestId));
	const waiting = outgoing.value.filter(
		(one) => one.conversationId === conversationId && one.advisorId === myId.value && !written.has(one.requestId),
	);
	const { place, handlers, isAwayFromEnd, unseen, toEnd } = useThreadScroll({
		rows: thread.rows,
		waiting: waiting.map(({ requestId }) => requestId),
		onBeginningNear: () => void loadOlder(conversationId),
	});
	const images = thread.rows.filter(
		({ attachment, deleted }) => attachment?.kind === 'image' && attachment.state === 'stored' && !deleted,
	);
	return (
		<div class="rowsFrame">
			<div class="rows" ref={place} tabIndex={0} role="log" aria-label={said.messages} {...handlers}>
				<div class="rowsInside">
					<Edge conversationId={conversationId} thread={thread} />
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
			{isAwayFromEnd || unseen > 0 ? (
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
