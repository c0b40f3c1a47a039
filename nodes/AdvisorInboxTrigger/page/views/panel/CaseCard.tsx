import { ExternalLink, FileText, StickyNote } from 'lucide';
import { useState } from 'preact/hooks';

import type { CaseView } from '../../../../shared/domain/inbox/views';
import { ownValue } from '../../../../shared/domain/ownValue';
import { dateAndTime } from '../../format';
import { Button } from '../../pieces/Button';
import { useCommand } from '../../pieces/commanded';
import { SelectField, TextArea } from '../../pieces/fields';
import { safeUrl } from '../../pieces/FormattedText';
import { Icon } from '../../pieces/Icon';
import { attachmentUrl } from '../../server/ask';
import { words } from '../../words/words';
import { Line } from './Section';

const STATUSES = ['open', 'in_progress', 'waiting', 'resolved', 'closed'] as const;

/** A case: what it is about, and what becomes of it. */
export function CaseCard({ one, onDone }: { one: CaseView; onDone: () => void }) {
	const { cases, actions, lead } = words.value;
	const [noting, setNoting] = useState<string>();
	const { give, busy } = useCommand();
	const externalUrl = safeUrl(one.externalUrl);
	const settable = STATUSES.find((status) => status === one.status);
	return (
		<article class="card">
			<header>
				<b>{one.number}</b>
				<span class="chip">{cases.types[one.type]}</span>
				{one.priority === 'high' || one.priority === 'urgent' ? (
					<span class="chip waiting late">{cases.priorities[one.priority]}</span>
				) : null}
				{externalUrl ? (
					<a
						class="iconButton"
						href={externalUrl}
						target="_blank"
						rel="noopener noreferrer"
						aria-label={cases.external}
					>
						<Icon of={ExternalLink} size={15} />
					</a>
				) : null}
			</header>
			<p>{one.subject}</p>
			{Object.keys(one.fields).length > 0 ? (
				<dl class="factLines">
					{Object.entries(one.fields).map(([field, value]) => (
						<Line key={field} name={ownValue(lead.fields, field) ?? field}>
							{value}
						</Line>
					))}
				</dl>
			) : null}
			{one.attachments.length > 0 ? (
				<ul class="cardFiles">
					{one.attachments.map((file) => (
						<li key={file.id}>
							<a href={attachmentUrl(file.id)} download={file.filename ?? true}>
								<Icon of={FileText} size={14} /> {file.filename ?? words.value.types[file.kind]}
							</a>
						</li>
					))}
				</ul>
			) : null}
			<p class="cardAbout">
				{one.areaName}
				{one.advisor ? ` · ${one.advisor.name}` : ''} · {dateAndTime(one.updatedAt)}
			</p>
			<div class="cardActions">
				<SelectField
					hideLabel
					label={`${cases.status} ${one.number}`}
					disabled={busy}
					value={settable ?? one.status}
					choices={[
						...(settable === undefined ? [{ value: one.status, name: cases.statuses[one.status] }] : []),
						...STATUSES.map((status) => ({ value: status, name: cases.statuses[status] })),
					]}
					onChoice={(status) => {
						if (status === 'incomplete' || status === one.status) return;
						void give('changeCaseStatus', { caseId: one.id, status }, cases.changed).then(onDone);
					}}
				/>
				<Button small look="quiet" icon={StickyNote} onClick={() => setNoting(noting === undefined ? '' : undefined)}>
					{cases.addNote}
				</Button>
			</div>
			{noting === undefined ? null : (
				<form
					class="cardNote"
					onSubmit={(event) => {
						event.preventDefault();
						const text = noting.trim();
						if (text === '') return;
						void give('noteCase', { caseId: one.id, text }, cases.noted).then((done) => {
							if (done === undefined) return;
							setNoting(undefined);
							onDone();
						});
					}}
				>
					<TextArea label={cases.note} value={noting} onText={setNoting} rows={2} maxLength={4096} />
					<Button small look="primary" type="submit" busy={busy}>
						{actions.save}
					</Button>
				</form>
			)}
		</article>
	);
}
