import { History } from 'lucide';
import { useState } from 'preact/hooks';

import { changeInWords } from '../../../../shared/domain/profile/diff';
import { dateAndTime } from '../../format';
import { usePages } from '../../pieces/asked';
import { Button } from '../../pieces/Button';
import { useCommand } from '../../pieces/commanded';
import { TextField } from '../../pieces/fields';
import { FormDialog } from '../../pieces/FormDialog';
import { More } from '../../pieces/Page';
import { Empty, Failed, Skeleton } from '../../pieces/states';
import { settingsWords } from '../../words/settings/words';
import { language, words } from '../../words/words';

function RollBackDialog({ version, onClose, onDone }: { version: number; onClose: () => void; onDone: () => void }) {
	const { versions, draft } = words.value.settings;
	const [note, setNote] = useState('');
	const { give, busy, said } = useCommand({ quiet: true });
	const text = note.trim();
	return (
		<FormDialog
			title={versions.rollBackTitle(version)}
			does={versions.rollBack}
			busy={busy}
			said={said}
			onClose={onClose}
			onSubmit={() =>
				void give('rollBack', { version, ...(text === '' ? {} : { note: text }) }, versions.rolledBack).then((done) => {
					if (done === undefined) return;
					onClose();
					onDone();
				})
			}
		>
			<p>{versions.rollBackExplains}</p>
			<TextField label={draft.note} value={note} onText={setNote} maxLength={500} />
		</FormDialog>
	);
}

/** Every version that was in force, and the way back to it. */
export function VersionsPart({ version, onDone }: { version: number; onDone: () => void }) {
	const { versions, draft } = words.value.settings;
	const asked = usePages('profileHistory', { limit: 20 });
	const [back, setBack] = useState<number>();
	return (
		<>
			<p class="lead">{versions.lead}</p>
			{asked.rows === undefined ? (
				asked.said ? (
					<Failed said={asked.said} onRetry={asked.reload} />
				) : (
					<Skeleton rows={5} />
				)
			) : asked.rows.length === 0 ? (
				<Empty icon={History} title={versions.lead} />
			) : (
				<ol class="listCards">
					{asked.rows.map((one) => (
						<li key={one.version} class="listCard">
							<div class="listCardBody">
								<span>
									<b>{draft.version(one.version)}</b>
									{one.version === version ? <span class="chip good">{versions.current}</span> : null}
									<time dateTime={one.at}>{dateAndTime(one.at)}</time>
									{one.by ? <span>{one.by}</span> : null}
								</span>
								{one.note ? <p>{one.note}</p> : null}
								{one.restores ? <p>{settingsWords.value.restores(one.restores)}</p> : null}
								<ul class="changesList">
									{one.changes.slice(0, 8).map((change, index) => (
										<li key={index}>{changeInWords(change, language.value)}</li>
									))}
								</ul>
							</div>
							{one.version === version ? null : (
								<Button small onClick={() => setBack(one.version)}>
									{versions.rollBack}
								</Button>
							)}
						</li>
					))}
				</ol>
			)}
			<More more={asked.more} busy={asked.loadingMore} />
			{back === undefined ? null : (
				<RollBackDialog
					version={back}
					onClose={() => setBack(undefined)}
					onDone={() => {
						asked.reload();
						onDone();
					}}
				/>
			)}
		</>
	);
}
