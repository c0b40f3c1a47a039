import { useState } from 'preact/hooks';

import { instantOf, localInput } from '../format';
import { useAsked } from '../pieces/asked';
import { useCommand } from '../pieces/commanded';
import { SelectField, TextArea, TextField } from '../pieces/fields';
import { errorOf, FormDialog } from '../pieces/FormDialog';
import { myId } from '../state/session';
import { words } from '../words/words';

const KINDS = ['hand', 'quotation_sent', 'appointment', 'repurchase'] as const;
const DAY_MS = 86_400_000;
/** A quotation is asked after in two days, a repurchase in a month. */
const DAYS = { hand: 1, quotation_sent: 2, appointment: 1, repurchase: 30 } as const;

/** Something to do with this customer, at a time. */
export function FollowUpDialog({
	conversationId,
	onClose,
	onDone,
}: {
	conversationId: string;
	onClose: () => void;
	onDone: () => void;
}) {
	const { followUps, actions } = words.value;
	const [kind, setKind] = useState<(typeof KINDS)[number]>('hand');
	const [text, setText] = useState('');
	const [due, setDue] = useState(localInput(Date.now() + DAY_MS));
	const [advisorId, setAdvisorId] = useState(myId.value);
	const advisors = useAsked('advisors', {});
	const { give, busy, said } = useCommand({ quiet: true });
	return (
		<FormDialog
			title={followUps.newTitle}
			does={actions.save}
			busy={busy}
			disabled={text.trim() === '' || due === ''}
			said={said}
			fields={['text', 'dueAt']}
			onClose={onClose}
			onSubmit={() =>
				void give(
					'saveFollowUp',
					{ conversationId, text: text.trim(), dueAt: instantOf(due), kind, advisorId },
					followUps.saved,
				).then((done) => {
					if (done === undefined) return;
					onDone();
					onClose();
				})
			}
		>
			<TextArea
				label={followUps.text}
				value={text}
				onText={setText}
				rows={2}
				maxLength={4096}
				error={errorOf(said, 'text')}
			/>
			<div class="formRow">
				<SelectField
					label={followUps.kind}
					value={kind}
					choices={KINDS.map((value) => ({ value, name: followUps.kinds[value] }))}
					onChoice={(next) => {
						setKind(next);
						setDue(localInput(Date.now() + DAYS[next] * DAY_MS));
					}}
				/>
				<TextField
					label={followUps.due}
					type="datetime-local"
					value={due}
					onText={setDue}
					error={errorOf(said, 'dueAt')}
				/>
			</div>
			<SelectField
				label={followUps.who}
				value={advisorId}
				choices={(advisors.answer ?? []).map(({ id, name }) => ({ value: id, name }))}
				onChoice={setAdvisorId}
			/>
		</FormDialog>
	);
}
