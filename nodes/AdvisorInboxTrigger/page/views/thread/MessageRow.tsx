import { Bot, CircleHelp, Copy, Reply, RotateCw, StickyNote, Workflow } from 'lucide';
import { lazy, Suspense } from 'preact/compat';
import { useState } from 'preact/hooks';

import type { MessageView } from '../../../../shared/domain/inbox/views';
import { clock, dateAndTime } from '../../format';
import { Button, IconButton } from '../../pieces/Button';
import { useCommand } from '../../pieces/commanded';
import { Icon } from '../../pieces/Icon';
import { Ticks } from '../../pieces/Ticks';
import { WhyNot } from '../../pieces/WhyNot';
import { copy } from '../../state/copied';
import { keepDraft } from '../../state/drafts';
import { wish } from '../../state/panes';
import { catchUp } from '../../state/thread';
import { words } from '../../words/words';
import { authorOf } from './authorOf';
import { EventLine } from './EventLine';
import { MessageBody } from './MessageBody';

const WhyDialog = lazy(async () => (await import('../WhyDialog')).WhyDialog);

function Foot({ row }: { row: MessageView }) {
	const { thread } = words.value;
	return (
		<span class="messageFoot">
			{row.template ? <span class="footTemplate">{thread.template(row.template)}</span> : null}
			{row.possibleDuplicate ? <span title={thread.duplicate}>{thread.duplicate}</span> : null}
			{row.edited ? <span>{thread.edited}</span> : null}
			<time dateTime={row.at} title={dateAndTime(row.at)}>
				{clock(row.at)}
			</time>
			{row.direction === 'out' && row.status ? <Ticks status={row.status} /> : null}
		</span>
	);
}

function Tools({ row, conversationId, onWhy }: { row: MessageView; conversationId: string; onWhy: () => void }) {
	const { thread } = words.value;
	return (
		<span class="tools">
			{row.kind === 'message' && !row.deleted ? (
				<IconButton
					icon={Reply}
					size={16}
					name={thread.reply}
					onClick={() => {
						keepDraft(conversationId, {
							note: false,
							quoted: { id: row.id, author: row.author, text: row.text, type: row.type },
						});
						wish.value = { what: 'reply', at: performance.now() };
					}}
				/>
			) : null}
			{row.text !== undefined && !row.deleted ? (
				<IconButton
					class="copyTool"
					icon={Copy}
					size={16}
					name={thread.copyText}
					onClick={() => void copy(row.text ?? '')}
				/>
			) : null}
			{row.explainable ? <IconButton icon={CircleHelp} size={16} name={thread.why} onClick={onWhy} /> : null}
		</span>
	);
}

const SENDERS = { bot: Bot, workflow: Workflow } as const;

/** One row of the thread: a bubble, a note of the team, or a line of what happened. */
export function MessageRow({
	row,
	conversationId,
	isTogether,
	onEnlarge,
}: {
	row: MessageView;
	conversationId: string;
	isTogether: boolean;
	onEnlarge: () => void;
}) {
	const { thread } = words.value;
	const [why, setWhy] = useState(false);
	const retry = useCommand();
	if (row.kind === 'event') return <EventLine row={row} />;
	const side = row.kind === 'note' ? 'note' : row.direction === 'in' ? 'in' : 'out';
	const senderIcon = row.kind === 'note' ? StickyNote : SENDERS[row.author as keyof typeof SENDERS];
	return (
		<article
			id={`message-${row.id}`}
			class={`message ${side} by-${row.author}${isTogether ? ' together' : ''}${row.status === 'failed' ? ' failed' : ''}`}
		>
			<div class="bubbleLine">
				<div class="bubble">
					{isTogether ? (
						<span class="unseen">{authorOf(row)}</span>
					) : side === 'in' && row.author === 'customer' ? (
						<span class="unseen">{authorOf(row)}</span>
					) : (
						<span class="author">
							{senderIcon ? <Icon of={senderIcon} size={14} /> : null}
							{row.kind === 'note' ? `${thread.note} · ${authorOf(row)}` : authorOf(row)}
						</span>
					)}
					<MessageBody row={row} onEnlarge={onEnlarge} />
					<Foot row={row} />
					{row.reactions && row.reactions.length > 0 ? (
						<span class="reactions">
							{row.reactions.map((reaction, index) => (
								<span key={index} title={words.value.authors[reaction.author]}>
									{reaction.emoji}
								</span>
							))}
						</span>
					) : null}
				</div>
				<Tools row={row} conversationId={conversationId} onWhy={() => setWhy(true)} />
			</div>
			{row.status === 'failed' ? (
				<p class="failure" role="note">
					<span>{row.failure ? <WhyNot of={row.failure} /> : thread.status.failed}</span>
					<Button
						small
						look="quiet"
						icon={RotateCw}
						busy={retry.busy}
						onClick={() =>
							void retry.give('retryMessage', { conversationId, messageId: row.id }).then(() => catchUp(conversationId))
						}
					>
						{thread.failedTry}
					</Button>
				</p>
			) : null}
			<Suspense fallback={null}>{why ? <WhyDialog messageId={row.id} onClose={() => setWhy(false)} /> : null}</Suspense>
		</article>
	);
}
