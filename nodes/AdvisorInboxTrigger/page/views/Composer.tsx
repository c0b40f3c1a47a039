import {
	Clock,
	FileText,
	LayoutTemplate,
	MessageSquare,
	Paperclip,
	Quote,
	RotateCcw,
	SendHorizontal,
	Smile,
	StickyNote,
	X,
	Zap,
} from 'lucide';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';

import { LIMITS } from '../../../shared/domain/messages/limits';
import type { CannedAnswerView, ConversationDetail } from '../../../shared/domain/inbox/views';
import { fileSize, span } from '../format';
import { useAsked } from '../pieces/asked';
import { Button, IconButton } from '../pieces/Button';
import { EMOJI } from '../pieces/emoji';
import { SENDABLE, useEnclosures } from '../pieces/enclosures';
import { Icon } from '../pieces/Icon';
import { Popover } from '../pieces/Popover';
import { now } from '../state/clock';
import { draftOf, keepDraft } from '../state/drafts';
import { send } from '../state/outgoing';
import { wish } from '../state/panes';
import { me } from '../state/session';
import { words } from '../words/words';
import { TemplateDialog } from './TemplateDialog';

/** From so many characters left on, the composer counts. */
const COUNTED_FROM = 300;

function WindowClock({ closesAt }: { closesAt: string }) {
	const left = Date.parse(closesAt) - now.value;
	return (
		<span class={left < 3_600_000 ? 'windowClock soon' : 'windowClock'}>
			<Icon of={Clock} size={14} />
			{words.value.composer.windowCloses(span(left))}
		</span>
	);
}

/** What is typed after a "/" at the beginning finds a canned answer. */
function CannedAnswers({
	onPick,
	active,
	answers,
}: {
	onPick: (answer: CannedAnswerView) => void;
	active: number;
	answers: readonly CannedAnswerView[];
}) {
	const { composer } = words.value;
	return (
		<div class="canned" role="listbox" id="canned" aria-label={composer.canned}>
			{answers.length === 0 ? <p>{composer.cannedEmpty}</p> : null}
			{answers.map((answer, index) => (
				<div
					key={answer.id}
					id={`canned-${index}`}
					role="option"
					aria-selected={index === active}
					class={index === active ? 'active' : ''}
					onMouseDown={(event) => {
						event.preventDefault();
						onPick(answer);
					}}
				>
					<b>/{answer.shortcut}</b>
					<span>{answer.text}</span>
				</div>
			))}
		</div>
	);
}

const fold = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

/** Where an advisor writes: to the customer, or a note to the team. */
export function Composer({ detail }: { detail: ConversationDetail }) {
	const { composer } = words.value;
	const { id: conversationId, mode, owner, windowClosesAt } = detail.conversation;
	const draft = draftOf(conversationId);
	const field = useRef<HTMLTextAreaElement>(null);
	const picker = useRef<HTMLInputElement>(null);
	const { enclosed, add, tryAgain, remove, clear } = useEnclosures();
	const [choosing, setChoosing] = useState(false);
	const [dragging, setDragging] = useState(false);
	const [active, setActive] = useState(0);
	const canned = useAsked('cannedAnswers', {});
	const isNote = draft.note;
	const isOpen = windowClosesAt !== undefined && Date.parse(windowClosesAt) > now.value;
	const mayWrite = isNote || (detail.allowed.reply && isOpen);
	const optedOut = detail.contact.optedOutAt !== undefined;

	const wished = wish.value;
	const [heardAt, setHeardAt] = useState(performance.now());
	useEffect(() => {
		if (wished === undefined || wished.at <= heardAt) return;
		if (wished.what !== 'reply' && wished.what !== 'note') return;
		setHeardAt(wished.at);
		keepDraft(conversationId, { note: wished.what === 'note' });
		queueMicrotask(() => field.current?.focus());
	}, [wished]);

	// The field is as tall as its text, to a limit of the style sheet.
	useLayoutEffect(() => {
		const area = field.current;
		if (area === null) return;
		area.style.height = 'auto';
		area.style.height = `${area.scrollHeight}px`;
	}, [draft.text, isNote, mayWrite]);

	const slash = !isNote && /^\/[\p{L}\d_-]*$/u.test(draft.text) ? draft.text.slice(1) : undefined;
	const found =
		slash === undefined
			? []
			: (canned.answer ?? [])
					.filter((answer) => fold(answer.shortcut).includes(fold(slash)) || fold(answer.text).includes(fold(slash)))
					.slice(0, 8);
	const pick = (answer: CannedAnswerView): void => {
		const [firstName = ''] = (detail.contact.name ?? '').split(' ');
		keepDraft(conversationId, {
			text: answer.text.replaceAll('{name}', firstName).replaceAll('{advisor}', me().advisor.name),
		});
		setActive(0);
		field.current?.focus();
	};

	const isUploading = enclosed.some((one) => one.uploadId === undefined && one.trouble === undefined);
	const uploadIds = enclosed.flatMap((one) => (one.uploadId ? [one.uploadId] : []));
	const text = draft.text.trim();
	// A file that did not get there is not left out silently: it is tried again or removed first.
	const isStuck = !isNote && enclosed.some((one) => one.trouble !== undefined);
	const isSendable = mayWrite && !isUploading && !isStuck && (text !== '' || (!isNote && uploadIds.length > 0));
	const submit = (): void => {
		if (!isSendable) return;
		send({
			conversationId,
			kind: isNote ? 'note' : 'reply',
			...(text === '' ? {} : { text }),
			...(isNote
				? {}
				: {
						uploadIds,
						files: enclosed.filter((one) => one.uploadId).map(({ file }) => file.name),
						...(draft.quoted ? { quoted: draft.quoted } : {}),
					}),
		});
		keepDraft(conversationId, { text: '', quoted: undefined, note: false });
		if (!isNote) clear();
		field.current?.focus();
	};
	const insert = (emoji: string): void => {
		const area = field.current;
		const at = area?.selectionStart ?? draft.text.length;
		const end = area?.selectionEnd ?? at;
		keepDraft(conversationId, { text: draft.text.slice(0, at) + emoji + draft.text.slice(end) });
		queueMicrotask(() => {
			area?.focus();
			area?.setSelectionRange(at + emoji.length, at + emoji.length);
		});
	};
	const onKey = (event: KeyboardEvent): void => {
		if (slash !== undefined && found.length > 0) {
			if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
				event.preventDefault();
				setActive((active + (event.key === 'ArrowDown' ? 1 : found.length - 1)) % found.length);
				return;
			}
			if (event.key === 'Enter' || event.key === 'Tab') {
				event.preventDefault();
				pick(found[Math.min(active, found.length - 1)]);
				return;
			}
		}
		if (event.key === 'Escape') {
			if (draft.quoted) keepDraft(conversationId, { quoted: undefined });
			else field.current?.blur();
			return;
		}
		// A key that composes a character (accents, other scripts) is no wish to send.
		if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
		event.preventDefault();
		submit();
	};

	const left = LIMITS.text - draft.text.length;
	return (
		<footer
			class={`composer${isNote ? ' asNote' : ''}${dragging ? ' dragging' : ''}`}
			aria-label={composer.label}
			onDragOver={(event) => {
				if (!mayWrite || isNote) return;
				event.preventDefault();
				setDragging(true);
			}}
			onDragLeave={(event) => {
				if (event.currentTarget === event.target) setDragging(false);
			}}
			onDrop={(event) => {
				event.preventDefault();
				setDragging(false);
				if (mayWrite && !isNote) add(event.dataTransfer?.files ?? []);
			}}
		>
			{dragging ? <p class="dropHere">{composer.drop}</p> : null}
			<div class="composerTop">
				<div class="composerModes" role="group" aria-label={composer.label}>
					<button type="button" aria-pressed={!isNote} onClick={() => keepDraft(conversationId, { note: false })}>
						<Icon of={MessageSquare} size={15} />
						{composer.message}
					</button>
					<button
						type="button"
						aria-pressed={isNote}
						onClick={() => {
							keepDraft(conversationId, { note: true });
							queueMicrotask(() => field.current?.focus());
						}}
					>
						<Icon of={StickyNote} size={15} />
						{composer.note}
					</button>
				</div>
				{isNote ? null : isOpen ? (
					<>
						{mode === 'bot' ? <span class="composerHint">{composer.takeFirst}</span> : null}
						{mode === 'closed' ? <span class="composerHint">{composer.closedHint}</span> : null}
						{mode === 'human' && owner && owner.id !== me().advisor.id ? (
							<span class="composerHint">{composer.others(owner.name)}</span>
						) : null}
						<WindowClock closesAt={windowClosesAt} />
					</>
				) : null}
			</div>
			{optedOut && !isNote ? <p class="composerNotice">{composer.optedOut}</p> : null}
			{!isNote && !detail.allowed.reply ? <p class="composerNotice">{composer.cannotReply}</p> : null}
			{!isNote && detail.allowed.reply && !isOpen ? (
				<div class="composerNotice">
					<p>{composer.windowClosed}</p>
					<Button small look="primary" icon={LayoutTemplate} onClick={() => setChoosing(true)}>
						{composer.chooseTemplate}
					</Button>
				</div>
			) : null}
			{mayWrite ? (
				<>
					{draft.quoted && !isNote ? (
						<p class="quoting">
							<Icon of={Quote} size={15} />
							<span>
								<b>{composer.quoting(words.value.authors[draft.quoted.author])}</b>
								<span>
									{draft.quoted.text ?? words.value.types[draft.quoted.type as keyof typeof words.value.types]}
								</span>
							</span>
							<IconButton
								icon={X}
								size={15}
								name={composer.stopQuoting}
								onClick={() => keepDraft(conversationId, { quoted: undefined })}
							/>
						</p>
					) : null}
					{enclosed.length > 0 && !isNote ? (
						<ul class="enclosed">
							{enclosed.map((one) => (
								<li key={one.key} class={one.trouble ? 'wrong' : ''}>
									{one.preview ? <img src={one.preview} alt="" /> : <Icon of={FileText} size={20} />}
									<span>
										<b>{one.file.name}</b>
										<small role={one.trouble ? 'alert' : undefined}>{one.trouble ?? fileSize(one.file.size)}</small>
									</span>
									{one.uploadId === undefined && one.trouble === undefined ? (
										<progress value={one.share} max={1} aria-label={`${composer.uploading} ${one.file.name}`} />
									) : null}
									{one.trouble === undefined ? null : (
										<IconButton
											icon={RotateCcw}
											size={15}
											name={composer.retryFile(one.file.name)}
											onClick={() => tryAgain(one.key)}
										/>
									)}
									<IconButton
										icon={X}
										size={15}
										name={composer.removeFile(one.file.name)}
										onClick={() => remove(one.key)}
									/>
								</li>
							))}
						</ul>
					) : null}
					{slash !== undefined ? <CannedAnswers answers={found} active={active} onPick={pick} /> : null}
					<div class="composerLine">
						{isNote ? null : (
							<div class="composerTools">
								<IconButton icon={Paperclip} name={composer.attach} onClick={() => picker.current?.click()} />
								<input
									ref={picker}
									class="unseen"
									type="file"
									multiple
									tabIndex={-1}
									aria-hidden="true"
									accept={SENDABLE}
									onChange={({ currentTarget }) => {
										add(currentTarget.files ?? []);
										currentTarget.value = '';
									}}
								/>
								<Popover icon={Smile} name={composer.emoji} side="above">
									{(close) => (
										<div class="emojiList">
											{EMOJI.map((emoji) => (
												<button
													key={emoji}
													type="button"
													onClick={() => {
														close();
														insert(emoji);
													}}
												>
													{emoji}
												</button>
											))}
										</div>
									)}
								</Popover>
								<IconButton
									icon={Zap}
									name={composer.canned}
									onClick={() => {
										keepDraft(conversationId, { text: '/' });
										field.current?.focus();
									}}
								/>
								<IconButton icon={LayoutTemplate} name={composer.template} onClick={() => setChoosing(true)} />
							</div>
						)}
						<textarea
							ref={field}
							id="composer"
							rows={1}
							value={draft.text}
							maxLength={LIMITS.text}
							placeholder={isNote ? composer.notePlaceholder : composer.placeholder}
							aria-label={isNote ? composer.notePlaceholder : composer.placeholder}
							aria-autocomplete="list"
							aria-controls={slash === undefined ? undefined : 'canned'}
							aria-activedescendant={slash === undefined || found.length === 0 ? undefined : `canned-${active}`}
							onInput={({ currentTarget }) => {
								setActive(0);
								keepDraft(conversationId, { text: currentTarget.value });
							}}
							onKeyDown={onKey}
							onPaste={(event) => {
								const files = event.clipboardData?.files;
								if (isNote || files === undefined || files.length === 0) return;
								event.preventDefault();
								add(files);
							}}
						/>
						<button
							type="button"
							class="sendButton"
							disabled={!isSendable}
							aria-label={isNote ? composer.saveNote : composer.send}
							title={isNote ? composer.saveNote : composer.send}
							onClick={submit}
						>
							<Icon of={isNote ? StickyNote : SendHorizontal} size={19} />
						</button>
					</div>
					{left < COUNTED_FROM ? <p class="composerCount">{composer.remaining(left)}</p> : null}
				</>
			) : null}
			{choosing ? <TemplateDialog detail={detail} onClose={() => setChoosing(false)} /> : null}
		</footer>
	);
}
