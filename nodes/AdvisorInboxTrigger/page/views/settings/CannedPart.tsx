import { Pencil, Plus, Trash2, Zap } from 'lucide';
import { useState } from 'preact/hooks';

import type { CannedAnswerView } from '../../../../shared/domain/inbox/views';
import { useAsked } from '../../pieces/asked';
import { Button, IconButton } from '../../pieces/Button';
import { useCommand } from '../../pieces/commanded';
import { Check, TextArea, TextField } from '../../pieces/fields';
import { errorOf, FormDialog } from '../../pieces/FormDialog';
import { Empty, Failed, Skeleton } from '../../pieces/states';
import { words } from '../../words/words';

function CannedDialog({ one, onClose, onDone }: { one?: CannedAnswerView; onClose: () => void; onDone: () => void }) {
	const { canned } = words.value.settings;
	const [shortcut, setShortcut] = useState(one?.shortcut ?? '');
	const [text, setText] = useState(one?.text ?? '');
	const [shared, setShared] = useState(one !== undefined && one.advisor === undefined);
	const { give, busy, said } = useCommand({ quiet: true });
	return (
		<FormDialog
			title={one ? words.value.actions.edit : canned.create}
			does={words.value.actions.save}
			busy={busy}
			said={said}
			fields={['shortcut', 'text']}
			disabled={shortcut.trim() === '' || text.trim() === ''}
			onClose={onClose}
			onSubmit={() =>
				void give(
					'saveCannedAnswer',
					{ ...(one ? { cannedAnswerId: one.id } : {}), shortcut: shortcut.trim(), text: text.trim(), shared },
					words.value.actions.saved,
				).then((done) => {
					if (done === undefined) return;
					onClose();
					onDone();
				})
			}
		>
			<TextField
				label={canned.shortcut}
				value={shortcut}
				maxLength={30}
				error={errorOf(said, 'shortcut')}
				onText={(typed) => setShortcut(typed.replace(/^\//, '').replace(/[^\p{L}\d_-]/gu, ''))}
			/>
			<TextArea
				label={canned.text}
				value={text}
				rows={5}
				maxLength={4096}
				onText={setText}
				error={errorOf(said, 'text')}
			/>
			<Check label={canned.shared} checked={shared} onCheck={setShared} />
		</FormDialog>
	);
}

/** What is said again and again, by a short word. */
export function CannedPart() {
	const { canned } = words.value.settings;
	const asked = useAsked('cannedAnswers', {});
	const [editing, setEditing] = useState<CannedAnswerView | 'new'>();
	const { give, busy } = useCommand();
	return (
		<>
			<p class="lead">{canned.lead}</p>
			<div>
				<Button look="primary" icon={Plus} onClick={() => setEditing('new')}>
					{canned.create}
				</Button>
			</div>
			{asked.answer === undefined ? (
				asked.said ? (
					<Failed said={asked.said} onRetry={asked.reload} />
				) : (
					<Skeleton rows={4} />
				)
			) : asked.answer.length === 0 ? (
				<Empty icon={Zap} title={canned.empty} />
			) : (
				<ul class="listCards">
					{asked.answer.map((one) => (
						<li key={one.id} class="listCard">
							<div class="listCardBody">
								<span>
									<b>/{one.shortcut}</b>
									{one.advisor ? null : <span class="chip">{canned.sharedBadge}</span>}
								</span>
								<p>{one.text}</p>
							</div>
							<IconButton
								icon={Pencil}
								size={16}
								name={`${words.value.actions.edit} /${one.shortcut}`}
								onClick={() => setEditing(one)}
							/>
							<IconButton
								icon={Trash2}
								size={16}
								name={`${words.value.actions.remove} /${one.shortcut}`}
								disabled={busy}
								onClick={() =>
									void give('deleteCannedAnswer', { cannedAnswerId: one.id }, canned.deleted).then(asked.reload)
								}
							/>
						</li>
					))}
				</ul>
			)}
			{editing ? (
				<CannedDialog
					one={editing === 'new' ? undefined : editing}
					onClose={() => setEditing(undefined)}
					onDone={asked.reload}
				/>
			) : null}
		</>
	);
}
