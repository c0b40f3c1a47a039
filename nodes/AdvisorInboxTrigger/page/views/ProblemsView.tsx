import { CircleCheck, MessagesSquare, RotateCw, Trash2 } from 'lucide';
import { useState } from 'preact/hooks';

import type { DeadLetterView } from '../../../shared/domain/inbox/views';
import { deadLetterInWords } from '../../../shared/text/deadLetters';
import { dateAndTime } from '../format';
import { usePages } from '../pieces/asked';
import { Button } from '../pieces/Button';
import { useCommand } from '../pieces/commanded';
import { TextArea } from '../pieces/fields';
import { FormDialog } from '../pieces/FormDialog';
import { Icon } from '../pieces/Icon';
import { More, Page } from '../pieces/Page';
import { Empty, Failed, Skeleton } from '../pieces/states';
import { WhyNot } from '../pieces/WhyNot';
import { addressOf } from '../state/route';
import { language, words } from '../words/words';

const whatOf = ({ kind, about }: DeadLetterView): string => deadLetterInWords(kind, about, language.value);

function PutAwayDialog({ one, onClose, onDone }: { one: DeadLetterView; onClose: () => void; onDone: () => void }) {
	const { problems } = words.value;
	const [reason, setReason] = useState('');
	const { give, busy, said } = useCommand({ quiet: true });
	const text = reason.trim();
	return (
		<FormDialog
			title={problems.putAwayTitle}
			does={problems.putAway}
			busy={busy}
			said={said}
			onClose={onClose}
			onSubmit={() =>
				void give(
					'dismissDeadLetter',
					{ deadLetterId: one.id, ...(text === '' ? {} : { reason: text }) },
					problems.dismissed,
				).then((done) => {
					if (done === undefined) return;
					onClose();
					onDone();
				})
			}
		>
			<p>{whatOf(one)}</p>
			<TextArea label={problems.putAwayReason} value={reason} onText={setReason} maxLength={500} />
		</FormDialog>
	);
}

function Line({ one, onDone }: { one: DeadLetterView; onDone: () => void }) {
	const { problems } = words.value;
	const [puttingAway, setPuttingAway] = useState(false);
	const { give, busy } = useCommand();
	return (
		<li class="listCard problem">
			<div class="listCardBody">
				<b>{whatOf(one)}</b>
				<p>
					<WhyNot of={one.why} />
				</p>
				<span>
					{problems.kinds[one.kind] ? <span class="chip">{problems.kinds[one.kind]}</span> : null}
					{one.conversationId ? (
						<a href={addressOf('conversations', one.conversationId)}>
							<Icon of={MessagesSquare} size={14} /> {one.contactName ?? words.value.actions.open}
						</a>
					) : null}
					<time dateTime={one.at}>{dateAndTime(one.at)}</time>
				</span>
			</div>
			{one.retryable ? (
				<Button
					small
					icon={RotateCw}
					busy={busy}
					onClick={() =>
						void give('retryDeadLetter', { deadLetterId: one.id }, problems.retried).then((done) => {
							if (done !== undefined) onDone();
						})
					}
				>
					{problems.retry}
				</Button>
			) : (
				<span class="fieldHint">{problems.notRetryable}</span>
			)}
			<Button small look="quiet" icon={Trash2} onClick={() => setPuttingAway(true)}>
				{problems.putAway}
			</Button>
			{puttingAway ? <PutAwayDialog one={one} onClose={() => setPuttingAway(false)} onDone={onDone} /> : null}
		</li>
	);
}

/** What nobody could do by itself, and what to do about it. */
export function ProblemsView() {
	const { problems } = words.value;
	const asked = usePages('deadLetters', {});
	return (
		<Page title={problems.title} lead={problems.lead}>
			{asked.rows === undefined ? (
				asked.said ? (
					<Failed said={asked.said} onRetry={asked.reload} />
				) : (
					<Skeleton />
				)
			) : asked.rows.length === 0 ? (
				<Empty icon={CircleCheck} title={problems.empty}>
					{problems.emptyHint}
				</Empty>
			) : (
				<ul class="listCards">
					{asked.rows.map((one) => (
						<Line key={one.id} one={one} onDone={asked.reload} />
					))}
				</ul>
			)}
			<More more={asked.more} busy={asked.loadingMore} />
		</Page>
	);
}
