import { SendHorizontal, StickyNote } from 'lucide';
import { lazy, Suspense } from 'preact/compat';
import { useState } from 'preact/hooks';

import { LIMITS } from '../../../../shared/domain/messages/limits';
import type { CannedAnswerView, ConversationDetail } from '../../../../shared/domain/inbox/views';
import { Icon } from '../../pieces/Icon';
import { useWished } from '../../pieces/wished';
import { now } from '../../state/clock';
import { draftOf, keepDraft } from '../../state/drafts';
import { send } from '../../state/outgoing';
import { me } from '../../state/session';
import { words } from '../../words/words';
import { CannedAnswers, useCannedAnswers } from './CannedAnswers';
import { ComposerNotices } from './ComposerNotices';
import { ComposerTools } from './ComposerTools';
import { ComposerTop } from './ComposerTop';
import { useDropping } from './dropping';
import { EnclosedFiles } from './EnclosedFiles';
import { useEnclosures } from './enclosures';
import { Quoting } from './Quoting';
import { useWritingField } from './writingField';

const TemplateDialog = lazy(async () => (await import('../TemplateDialog')).TemplateDialog);

/** From so many characters left on, the composer counts. */
const COUNTED_FROM = 300;

/** Sends, or keeps as a note, what is written in a conversation, when there is something that can go. */
function useSending(conversationId: string, files: ReturnType<typeof useEnclosures>) {
	const { text: written, note, quoted } = draftOf(conversationId);
	const { enclosed, clear } = files;
	const isUploading = enclosed.some((one) => one.uploadId === undefined && one.trouble === undefined);
	const uploadIds = enclosed.flatMap((one) => (one.uploadId ? [one.uploadId] : []));
	const text = written.trim();
	// A file that did not get there is not left out silently: it is tried again or removed first.
	const isStuck = !note && enclosed.some((one) => one.trouble !== undefined);
	const isSendable = !isUploading && !isStuck && (text !== '' || (!note && uploadIds.length > 0));
	return {
		isSendable,
		submit: (): void => {
			if (!isSendable) return;
			send({
				conversationId,
				kind: note ? 'note' : 'reply',
				...(text === '' ? {} : { text }),
				...(note
					? {}
					: {
							uploadIds,
							files: enclosed.filter((one) => one.uploadId).map(({ file }) => file.name),
							...(quoted ? { quoted } : {}),
						}),
			});
			keepDraft(conversationId, { text: '', quoted: undefined, note: false });
			if (!note) clear();
		},
	};
}

/** The field and its buttons, with what goes along. */
function Writing({
	detail: { conversation, contact },
	files,
	writing,
	onTemplate,
}: {
	detail: ConversationDetail;
	files: ReturnType<typeof useEnclosures>;
	writing: ReturnType<typeof useWritingField>;
	onTemplate: () => void;
}) {
	const { composer } = words.value;
	const { id: conversationId } = conversation;
	const { text, note: isNote, quoted } = draftOf(conversationId);
	const { field, focus, insert } = writing;
	const { enclosed, add, tryAgain, remove } = files;
	const { isSendable, submit } = useSending(conversationId, files);
	const sendAndStay = (): void => {
		submit();
		if (isSendable) focus();
	};
	const pick = (answer: CannedAnswerView): void => {
		const [firstName = ''] = (contact.name ?? '').split(' ');
		keepDraft(conversationId, {
			text: answer.text.replaceAll('{name}', firstName).replaceAll('{advisor}', me().advisor.name),
		});
		offered.restart();
		focus();
	};
	const offered = useCannedAnswers(isNote ? '' : text, pick);
	const onKey = (event: KeyboardEvent): void => {
		if (offered.onKey(event)) return;
		if (event.key === 'Escape') {
			if (quoted) keepDraft(conversationId, { quoted: undefined });
			else field.current?.blur();
			return;
		}
		// A key that composes a character (accents, other scripts) is no wish to send.
		if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
		event.preventDefault();
		sendAndStay();
	};
	const placeholder = isNote ? composer.notePlaceholder : composer.placeholder;
	const does = isNote ? composer.saveNote : composer.send;
	const left = LIMITS.text - text.length;
	return (
		<>
			{quoted && !isNote ? (
				<Quoting quoted={quoted} onStop={() => keepDraft(conversationId, { quoted: undefined })} />
			) : null}
			{enclosed.length > 0 && !isNote ? <EnclosedFiles files={enclosed} onRetry={tryAgain} onRemove={remove} /> : null}
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
						onTemplate={onTemplate}
					/>
				)}
				<textarea
					ref={field}
					id="composer"
					rows={1}
					value={text}
					maxLength={LIMITS.text}
					placeholder={placeholder}
					aria-label={placeholder}
					aria-autocomplete="list"
					aria-controls={offered.isAsked ? 'canned' : undefined}
					aria-activedescendant={offered.answers.length === 0 ? undefined : `canned-${offered.active}`}
					onInput={({ currentTarget }) => {
						offered.restart();
						keepDraft(conversationId, { text: currentTarget.value });
					}}
					onKeyDown={onKey}
					onPaste={(event) => {
						const pasted = event.clipboardData?.files;
						if (isNote || pasted === undefined || pasted.length === 0) return;
						event.preventDefault();
						add(pasted);
					}}
				/>
				<button
					type="button"
					class="sendButton"
					disabled={!isSendable}
					aria-label={does}
					title={does}
					onClick={sendAndStay}
				>
					<Icon of={isNote ? StickyNote : SendHorizontal} size={19} />
				</button>
			</div>
			{left < COUNTED_FROM ? <p class="composerCount">{composer.remaining(left)}</p> : null}
		</>
	);
}

/** Where an advisor writes: to the customer, or a note to the team. */
export function Composer({ detail }: { detail: ConversationDetail }) {
	const { composer } = words.value;
	const { conversation, allowed } = detail;
	const { id: conversationId, windowClosesAt } = conversation;
	const { note: isNote } = draftOf(conversationId);
	const isOpen = windowClosesAt !== undefined && Date.parse(windowClosesAt) > now.value;
	const mayWrite = isNote || (allowed.reply && isOpen);
	const [choosing, setChoosing] = useState(false);
	const files = useEnclosures();
	const writing = useWritingField(conversationId, mayWrite);
	const { dragging, handlers } = useDropping(mayWrite && !isNote, files.add);

	useWished((what) => {
		if (what !== 'reply' && what !== 'note') return;
		keepDraft(conversationId, { note: what === 'note' });
		queueMicrotask(writing.focus);
	});

	return (
		<footer
			class={`composer${isNote ? ' asNote' : ''}${dragging ? ' dragging' : ''}`}
			aria-label={composer.label}
			{...handlers}
		>
			{dragging ? <p class="dropHere">{composer.drop}</p> : null}
			<ComposerTop
				conversation={conversation}
				isNote={isNote}
				isOpen={isOpen}
				onNote={(note) => {
					keepDraft(conversationId, { note });
					if (note) queueMicrotask(writing.focus);
				}}
			/>
			{isNote ? null : <ComposerNotices detail={detail} isOpen={isOpen} onTemplate={() => setChoosing(true)} />}
			{mayWrite ? (
				<Writing detail={detail} files={files} writing={writing} onTemplate={() => setChoosing(true)} />
			) : null}
			<Suspense fallback={null}>
				{choosing ? <TemplateDialog detail={detail} onClose={() => setChoosing(false)} /> : null}
			</Suspense>
		</footer>
	);
}
