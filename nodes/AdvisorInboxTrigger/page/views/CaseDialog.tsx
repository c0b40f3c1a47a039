import { useState } from 'preact/hooks';

import type { CaseType } from '../../../shared/domain/conversation/types';
import { useCommand } from '../pieces/commanded';
import { SelectField, TextArea } from '../pieces/fields';
import { errorOf, FormDialog } from '../pieces/FormDialog';
import { me } from '../state/session';
import { words } from '../words/words';
import { CASE_TYPES } from './caseTypes';

/** A case that the advisor opens by hand. */
export function CaseDialog({
	conversationId,
	onClose,
	onDone,
}: {
	conversationId: string;
	onClose: () => void;
	onDone: () => void;
}) {
	const { cases, panel } = words.value;
	const { areas } = me().business;
	const [type, setType] = useState<CaseType>('quotation');
	const [area, setArea] = useState(areas[0]?.key ?? '');
	const [subject, setSubject] = useState('');
	const { give, busy, said } = useCommand({ quiet: true });
	return (
		<FormDialog
			title={cases.createTitle}
			does={panel.newCase}
			busy={busy}
			disabled={subject.trim() === ''}
			said={said}
			fields={['subject']}
			onClose={onClose}
			onSubmit={() =>
				void give('createCase', { conversationId, type, area, subject: subject.trim() }, cases.created).then((done) => {
					if (done === undefined) return;
					onDone();
					onClose();
				})
			}
		>
			<div class="formRow">
				<SelectField
					label={cases.type}
					value={type}
					choices={CASE_TYPES.map((value) => ({ value, name: cases.types[value] }))}
					onChoice={setType}
				/>
				<SelectField
					label={cases.area}
					value={area}
					choices={areas.map(({ key, name }) => ({ value: key, name }))}
					onChoice={setArea}
				/>
			</div>
			<TextArea
				label={cases.subject}
				value={subject}
				onText={setSubject}
				maxLength={4096}
				error={errorOf(said, 'subject')}
			/>
		</FormDialog>
	);
}
