import {
	Bot,
	CircleHelp,
	Copy,
	ExternalLink,
	FileText,
	ImageOff,
	LoaderCircle,
	MapPin,
	Reply,
	RotateCw,
	StickyNote,
	Trash2,
	UserRound,
	Workflow,
} from 'lucide';
import { useState } from 'preact/hooks';

import type { AttachmentView, MessageView } from '../../../shared/domain/inbox/views';
import { clock, dateAndTime, fileSize, money, phoneForReading } from '../format';
import { AudioPlayer } from '../pieces/AudioPlayer';
import { Button, IconButton } from '../pieces/Button';
import { useCommand } from '../pieces/commanded';
import { FormattedText, safeUrl } from '../pieces/FormattedText';
import { Icon } from '../pieces/Icon';
import { Ticks } from '../pieces/Ticks';
import { attachmentUrl } from '../server/ask';
import { activeSearch } from '../state/conversations';
import { keepDraft } from '../state/drafts';
import { copy } from '../state/copied';
import { discard, tryAgain, type Outgoing } from '../state/outgoing';
import { wish } from '../state/panes';
import { myId } from '../state/session';
import { catchUp } from '../state/thread';
import { words } from '../words/words';
import { WhyDialog } from './WhyDialog';

/** Who wrote, as the team says it. */
export function authorOf(row: Pick<MessageView, 'author' | 'advisor'>): string {
	const { authors } = words.value;
	if (row.advisor?.id === myId.value && row.author !== 'phone') return authors.you;
	if (row.author === 'phone' && row.advisor) return `${row.advisor.name} · ${authors.phone}`;
	return row.advisor?.name ?? authors[row.author];
}

function EventLine({ row }: { row: MessageView }) {
	const { authors, events } = words.value;
	const { action = '', actor = '', values = {} } = row.event ?? {};
	const { amount, currency } = values;
	const sums = amount === undefined || currency === undefined ? {} : { money: money(amount, currency) };
	const said = events.known[action]?.({ ...values, ...sums }) ?? row.text ?? action;
	const who = authors[actor as keyof typeof authors] ?? actor;
	return (
		<p class="eventLine">
			<span title={dateAndTime(row.at)}>
				{actor === '' || actor === 'system' ? said : events.by(said, who)} · {clock(row.at)}
			</span>
		</p>
	);
}

function FileState({ attachment }: { attachment: AttachmentView }) {
	const { thread } = words.value;
	if (attachment.state === 'pending')
		return (
			<p class="fileState">
				<Icon of={LoaderCircle} /> {thread.filePending}
			</p>
		);
	return (
		<p class="fileState">
			<Icon of={ImageOff} /> {attachment.state === 'expired' ? thread.fileGone : thread.fileFailed}
		</p>
	);
}

function Attachment({ attachment, onEnlarge }: { attachment: AttachmentView; onEnlarge: () => void }) {
	const { thread, types } = words.value;
	const [broken, setBroken] = useState(false);
	if (attachment.state !== 'stored') return <FileState attachment={attachment} />;
	const url = attachmentUrl(attachment.id);
	if (broken) return <FileState attachment={{ ...attachment, state: 'failed' }} />;
	switch (attachment.kind) {
		case 'image':
			return (
				<button type="button" class="picture" aria-label={thread.enlarge} onClick={onEnlarge}>
					<img src={url} alt={attachment.filename ?? types.image} loading="lazy" onError={() => setBroken(true)} />
				</button>
			);
		case 'sticker':
			return <img class="sticker" src={url} alt={types.sticker} loading="lazy" onError={() => setBroken(true)} />;
		case 'audio':
			return (
				<>
					<AudioPlayer url={url} />
					{attachment.transcript ? (
						<p class="transcript">
							<b>{thread.transcript}</b> {attachment.transcript}
						</p>
					) : null}
				</>
			);
		case 'video':
			return (
				<video class="picture" controls preload="metadata" src={url} onError={() => setBroken(true)}>
					<a href={url}>{types.video}</a>
				</video>
			);
		case 'document':
			return (
				<a class="document" href={url} download={attachment.filename ?? true}>
					<span class="documentIcon">
						<Icon of={FileText} size={22} />
					</span>
					<span>
						<b>{attachment.filename ?? types.document}</b>
						<small>
							{[
								attachment.mimeType?.split('/').at(-1)?.slice(0, 12).toUpperCase(),
								attachment.size ? fileSize(attachment.size) : undefined,
							]
								.filter(Boolean)
								.join(' · ')}
						</small>
					</span>
				</a>
			);
	}
}

function Quoted({ quoted }: { quoted: NonNullable<MessageView['quoted']> }) {
	const inside = (
		<>
			<b>{quoted.author ? words.value.authors[quoted.author] : ''}</b>
			<span>{quoted.preview}</span>
		</>
	);
	if (quoted.id === undefined) return <span class="quoted">{inside}</span>;
	const target = `message-${quoted.id}`;
	return (
		<button
			type="button"
			class="quoted"
			onClick={() => document.getElementById(target)?.scrollIntoView({ block: 'center', behavior: 'smooth' })}
		>
			{inside}
		</button>
	);
}

function Place({ location }: { location: NonNullable<MessageView['location']> }) {
	const { latitude, longitude } = location;
	return (
		<span class="place">
			<span class="placeIcon">
				<Icon of={MapPin} size={22} />
			</span>
			<span>
				<b>{location.name ?? words.value.types.location}</b>
				{location.address ? <small>{location.address}</small> : null}
				<small>
					{latitude.toFixed(5)}, {longitude.toFixed(5)}
				</small>
				<a
					href={`https://www.openstreetmap.org/?mlat=${latitude}&mlon=${longitude}#map=17/${latitude}/${longitude}`}
					target="_blank"
					rel="noopener noreferrer"
				>
					{words.value.thread.map}
				</a>
			</span>
		</span>
	);
}

function Body({ row, onEnlarge }: { row: MessageView; onEnlarge: () => void }) {
	const { thread, types } = words.value;
	if (row.deleted)
		return (
			<p class="deleted">
				<Icon of={Trash2} size={15} /> {thread.deleted}
			</p>
		);
	const isEmpty =
		row.text === undefined && row.attachment === undefined && row.location === undefined && row.contacts === undefined;
	const linkUrl = safeUrl(row.link?.url);
	return (
		<>
			{row.quoted ? <Quoted quoted={row.quoted} /> : null}
			{row.attachment ? <Attachment attachment={row.attachment} onEnlarge={onEnlarge} /> : null}
			{row.location ? <Place location={row.location} /> : null}
			{row.contacts?.map((contact, index) => (
				<span key={index} class="place">
					<span class="placeIcon">
						<Icon of={UserRound} size={20} />
					</span>
					<span>
						<b>{contact.name}</b>
						{contact.phones.map((phone) => (
							<small key={phone}>{phoneForReading(phone)}</small>
						))}
					</span>
				</span>
			))}
			{row.text !== undefined ? (
				<p class="words">
					<FormattedText text={row.text} search={activeSearch.value} />
				</p>
			) : null}
			{isEmpty ? <p class="deleted">{types[row.type as keyof typeof types] ?? types.unsupported}</p> : null}
			{row.choices && row.choices.length > 0 ? (
				<ul class="choices">
					{row.choices.map((choice) => (
						<li key={choice}>{choice}</li>
					))}
				</ul>
			) : null}
			{row.link && linkUrl ? (
				<a class="linkButton" href={linkUrl} target="_blank" rel="noopener noreferrer nofollow">
					<Icon of={ExternalLink} size={15} />
					{row.link.label}
				</a>
			) : null}
		</>
	);
}

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
					<Body row={row} onEnlarge={onEnlarge} />
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
					<span>{row.failure ?? thread.status.failed}</span>
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
			{why ? <WhyDialog messageId={row.id} onClose={() => setWhy(false)} /> : null}
		</article>
	);
}

/** What this advisor wrote and the desk has not taken yet. */
export function PendingRow({ one }: { one: Outgoing }) {
	const { thread, actions } = words.value;
	const said =
		one.state === 'sending' ? thread.sending : one.state === 'waiting' ? thread.waitsForConnection : thread.refused;
	return (
		<article
			class={`message pending ${one.kind === 'note' ? 'note' : 'out'} ${one.state === 'refused' ? 'failed' : ''}`}
		>
			<div class="bubbleLine">
				<div class="bubble">
					{one.template ? <span class="author">{thread.template(one.template.name)}</span> : null}
					{one.files.map((name) => (
						<p key={name} class="fileState">
							<Icon of={FileText} size={15} /> {name}
						</p>
					))}
					{one.text ? (
						<p class="words">
							<FormattedText text={one.text} />
						</p>
					) : null}
					<span class="messageFoot" role="status">
						{said} <Ticks status={one.state === 'refused' ? 'failed' : 'queued'} />
					</span>
				</div>
			</div>
			{one.state === 'refused' ? (
				<p class="failure" role="alert">
					<span>
						{one.said?.text} {one.said?.detail}
					</span>
					<Button small look="quiet" icon={RotateCw} onClick={() => tryAgain(one.requestId)}>
						{actions.retry}
					</Button>
					<Button
						small
						look="quiet"
						onClick={() => {
							if (one.text) keepDraft(one.conversationId, { text: one.text, note: one.kind === 'note' });
							discard(one.requestId);
						}}
					>
						{actions.edit}
					</Button>
					<Button small look="quiet" icon={Trash2} onClick={() => discard(one.requestId)}>
						{actions.discard}
					</Button>
				</p>
			) : null}
		</article>
	);
}
