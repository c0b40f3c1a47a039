import { Sparkles } from 'lucide';
import { useState } from 'preact/hooks';

import type { ConversationDetail } from '../../../shared/domain/inbox/views';
import { ownValue } from '../../../shared/domain/ownValue';
import { phoneForReading } from '../format';
import { useAsked } from '../pieces/asked';
import { Button } from '../pieces/Button';
import { useCommand } from '../pieces/commanded';
import { Dialog } from '../pieces/Dialog';
import { Check, SelectField } from '../pieces/fields';
import { Failed, Skeleton } from '../pieces/states';
import { openLead } from '../state/openLead';
import { catchUp } from '../state/thread';
import { words } from '../words/words';
import { CASE_TYPES } from './caseTypes';

const URGENCIES = ['high', 'normal'] as const;
/** What rules count and what a button of its own changes. */
const ONLY_SHOWN: readonly string[] = ['score', 'stage'];

/** Some values are keys of the desk's own, which have names on this page. */
function valueInWords(field: string, value: string): string {
	const { lead, cases } = words.value;
	if (field === 'requestType') return ownValue(cases.types, value) ?? value;
	if (field === 'urgency') return ownValue(lead.urgencies, value) ?? value;
	if (field === 'stage') return ownValue(lead.stages, value) ?? value;
	return field === 'phone' ? phoneForReading(value) : value;
}

function FieldEditor({
	field,
	name,
	value,
	onValue,
}: {
	field: string;
	name: string;
	value: string;
	onValue: (value: string) => void;
}) {
	const { lead, cases } = words.value;
	if (ONLY_SHOWN.includes(field)) return <span>{valueInWords(field, value)}</span>;
	if (field === 'requestType')
		return (
			<SelectField
				hideLabel
				label={name}
				value={value}
				choices={[{ value: '', name: '—' }, ...CASE_TYPES.map((type) => ({ value: type, name: cases.types[type] }))]}
				onChoice={onValue}
			/>
		);
	if (field === 'urgency')
		return (
			<SelectField
				hideLabel
				label={name}
				value={value}
				choices={[{ value: '', name: '—' }, ...URGENCIES.map((one) => ({ value: one, name: lead.urgencies[one] }))]}
				onChoice={onValue}
			/>
		);
	if (value.includes('\n'))
		return (
			<textarea
				rows={3}
				aria-label={name}
				value={value}
				maxLength={4096}
				onInput={({ currentTarget }) => onValue(currentTarget.value)}
			/>
		);
	return (
		<input
			type="text"
			aria-label={name}
			value={value}
			maxLength={4096}
			onInput={({ currentTarget }) => onValue(currentTarget.value)}
		/>
	);
}

/** «Crear Lead» or «Actualizar Lead»: what would be saved, field by field, put right before it is. */
export function LeadDialog({ detail, onClose }: { detail: ConversationDetail; onClose: () => void }) {
	const { lead, actions } = words.value;
	const { id: conversationId } = detail.conversation;
	const preview = useAsked('leadPreview', { conversationId });
	const [edited, setEdited] = useState<Readonly<Record<string, string>>>({});
	const [onlyChanged, setOnlyChanged] = useState(false);
	const { give, busy, said } = useCommand({ quiet: true });
	const told = preview.answer;
	const isUpdate = told ? told.action === 'update' : openLead(detail) !== undefined;
	const save = async (): Promise<void> => {
		const done = await give('saveLead', { conversationId, values: edited }, isUpdate ? lead.updated : lead.created);
		if (done === undefined) return;
		onClose();
		void catchUp(conversationId);
	};
	const shown = (told?.fields ?? []).filter(
		({ field, changed }) => !onlyChanged || changed || ownValue(edited, field) !== undefined,
	);
	return (
		<Dialog
			wide
			title={isUpdate ? lead.updateTitle : lead.createTitle}
			onClose={onClose}
			footer={
				<>
					{said ? (
						<p class="footTrouble" role="alert">
							{said.text} {said.detail}
						</p>
					) : null}
					<Button onClick={onClose}>{actions.cancel}</Button>
					<Button look="primary" icon={Sparkles} busy={busy} disabled={told === undefined} onClick={() => void save()}>
						{isUpdate ? lead.update : lead.create}
					</Button>
				</>
			}
		>
			{told === undefined ? (
				preview.said ? (
					<Failed said={preview.said} onRetry={preview.reload} />
				) : (
					<Skeleton rows={8} />
				)
			) : (
				<>
					<p>{lead.explains}</p>
					{isUpdate ? <Check label={lead.onlyChanged} checked={onlyChanged} onCheck={setOnlyChanged} /> : null}
					<table class="table leadTable">
						<thead>
							<tr>
								<th scope="col">{lead.field}</th>
								{isUpdate ? <th scope="col">{lead.before}</th> : null}
								<th scope="col">{lead.after}</th>
							</tr>
						</thead>
						<tbody>
							{shown.map(({ field, before, after, changed }) => {
								const name = ownValue(lead.fields, field) ?? field;
								const value = ownValue(edited, field) ?? after ?? '';
								return (
									<tr key={field} class={changed || ownValue(edited, field) !== undefined ? 'changed' : ''}>
										<th scope="row">{name}</th>
										{isUpdate ? <td>{before === undefined ? '—' : valueInWords(field, before)}</td> : null}
										<td>
											<FieldEditor
												field={field}
												name={`${name}: ${lead.after}`}
												value={value}
												onValue={(next) => {
													const { [field]: _dropped, ...others } = edited;
													setEdited(next === (after ?? '') ? others : { ...others, [field]: next });
												}}
											/>
										</td>
									</tr>
								);
							})}
						</tbody>
					</table>
					{told.summary.length > 0 ? (
						<div class="points">
							<h4>{lead.summary}</h4>
							<ul>
								{told.summary.map((point) => (
									<li key={point}>{point}</li>
								))}
							</ul>
						</div>
					) : null}
					<p class="fieldHint">{lead.goesAlong(told.attachments, told.messages)}</p>
				</>
			)}
		</Dialog>
	);
}
