import { LayoutTemplate, SendHorizontal, StickyNote } from 'lucide';
import { lazy, Suspense } from 'preact/compat';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';

import { LIMITS } from '../../../../shared/domain/messages/limits';
import type { CannedAnswerView, ConversationDetail } from '../../../../shared/domain/inbox/views';
import { Button } from '../../pieces/Button';
import { Icon } from '../../pieces/Icon';
import { now } from '../../state/clock';
import { draftOf, keepDraft } from '../../state/drafts';
import { send } from '../../state/outgoing';
import { wish } from '../../state/panes';
import { me } from '../../state/session';
import { words } from '../../words/words';
import { CannedAnswers, useCannedAnswers } from './CannedAnswers';
import { ComposerTools } from './ComposerTools';
import { ComposerTop } from './ComposerTop';
import { EnclosedFiles } from './EnclosedFiles';
import { useEnclosures } from './enclosures';
import { Quoting } from './Quoting';

const TemplateDialog = lazy(async () => (await import('../TemplateDialog')).TemplateDialog);

/** From so many characters left on, the composer counts. */
const COUNTED_FROM = 300;

/** Where an advisor writes: to the customer, or a note to the team. */
export function Composer({ detail }: { detail: ConversationDetail }) {
	const { composer } = words.value;
	const { conversation, contact, allowed } = detail;
	const { id: conversationId, windowClosesAt } = conversation;
	const draft = draftOf(conversationId);
	const field = useRef<HTMLTextAreaElement>(null);
	const focus = (): void => field.current?.focus();
	const { enclosed, add, tryAgain, remove, clear } = useEnclosures();
	const [choosing, setChoosing] = useState(false);
	const [dragging, setDragging] = useState(false);
	const isNote = draft.note;
	const isOpen = windowClosesAt !== undefined && Date.parse(windowClosesAt) > now.value;
	const mayWrite = isNote || (allowed.reply && isOpen);
	const takesFiles = mayWrite && !isNote;

	const wished = wish.value;
	const [heardAt, setHeardAt] = useState(performance.now());
	useEffect(() => {
		if (wished === undefined || wished.at <= heardAt) return;
		if (wished.what !== 'reply' && wished.what !== 'note') return;
		setHeardAt(wished.at);
		keepDraft(conversationId, { note: wished.what === 'note' });
		queueMicrotask(focus);
	}, [wished]);

	// The field is as tall as its text, to a limit of the style sheet.
	useLayoutEffect(() => {
		const area = field.current;
		if (area === null) return;
		area.style.height = 'auto';
		area.style.height = `${area.scrollHeight}px`;
	}, [draft.text, isNote, mayWrite]);

	const pick = (answer: CannedAnswerView): void => {
		const [firstName = ''] = (contact.name ?? '').split(' ');
		keepDraft(conversationId, {
			text: answer.text.replaceAll('{name}', firstName).replaceAll('{advisor}', me().advisor.name),
		});
		offered.restart();
		focus();
	};
	const offered = useCannedAnswers(isNote ? '' : draft.text, pick);

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
		focus();
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
		if (offered.onKey(event)) return;
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
				if (!takesFiles) return;
				event.preventDefault();
				setDragging(true);
			}}
			onDragLeave={(event) => {
				if (event.currentTarget === event.target) setDragging(false);
			}}
			onDrop={(event) => {
				event.preventDefault();
				setDragging(false);
				if (takesFiles) add(event.dataTransfer?.files ?? []);
			}}
		>
			{dragging ? <p class="dropHere">{composer.drop}</p> : null}
			<ComposerTop
				conversation={conversation}
				isNote={isNote}
				isOpen={isOpen}
				onNote={(note) => {
					keepDraft(conversationId, { note });
					if (note) queueMicrotask(focus);
				}}
			/>
			{contact.optedOutAt !== undefined && !isNote ? <p class="composerNotice">{composer.optedOut}</p> : null}
			{!isNote && !allowed.reply ? <p class="composerNotice">{composer.cannotReply}</p> : null}
			{!isNote && allowed.reply && !isOpen ? (
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
						<Quoting quoted={draft.quoted} onStop={() => keepDraft(conversationId, { quoted: undefined })} />
					) : null}
					{enclosed.length > 0 && !isNote ? (
						<EnclosedFiles files={enclosed} onRetry={tryAgain} onRemove={remove} />
					) : null}
					{offered.isAsked ? <CannedAnswers offered={offered} onPick={pick} /> : null}
					<div class="composerLine">
						{isNote ? null : (
							<ComposerTools
								onFiles={add}
								onEmoji={insert}
								onCanned={() => {
									keepDraft(conversationId, { text: '/' });
									focus();
								}}
								onTemplate={() => setChoosing(true)}
							/>
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
							aria-controls={offered.isAsked ? 'canned' : undefined}
							aria-activedescendant={offered.answers.length === 0 ? undefined : `canned-${offered.active}`}
							onInput={({ currentTarget }) => {
								offered.restart();
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
			<Suspense fallback={null}>
				{choosing ? <TemplateDialog detail={detail} onClose={() => setChoosing(false)} /> : null}
			</Suspense>
		</footer>
	);
}
