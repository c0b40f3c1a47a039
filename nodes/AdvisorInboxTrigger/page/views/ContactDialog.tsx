import { useState } from 'preact/hooks';

import type { ConversationDetail } from '../../../shared/domain/inbox/views';
import { useCommand } from '../pieces/commanded';
import { TextField } from '../pieces/fields';
import { errorOf, FormDialog } from '../pieces/FormDialog';
import { words } from '../words/words';

const FIELDS = ['name', 'identification', 'email', 'company', 'city'] as const;
type Values = Record<(typeof FIELDS)[number], string>;

/** What is known of a person, put right by hand. Only what was changed is saved. */
export function ContactDialog({
	detail,
	onClose,
	onDone,
}: {
	detail: ConversationDetail;
	onClose: () => void;
	onDone: () => void;
}) {
	const { panel, actions } = words.value;
	const { contact } = detail;
	const [before] = useState<Values>({
		name: contact.name ?? '',
		identification: contact.identification ?? '',
		email: contact.email ?? '',
		company: contact.company ?? '',
		city: contact.city ?? '',
	});
	const [values, setValues] = useState(before);
	const changed = Object.fromEntries(
		FIELDS.filter((field) => values[field] !== before[field]).map((field) => [field, values[field].trim()]),
	);
	const { give, busy, said } = useCommand({ quiet: true });
	return (
		<FormDialog
			title={panel.edit}
			does={actions.save}
			busy={busy}
			disabled={Object.keys(changed).length === 0}
			said={said}
			fields={FIELDS.flatMap((field) => [field, `values.${field}`])}
			onClose={onClose}
			onSubmit={() =>
				void give('saveContact', { contactId: contact.id, values: changed }, actions.saved).then((done) => {
					if (done === undefined) return;
					onDone();
					onClose();
				})
			}
		>
			{FIELDS.map((field) => (
				<TextField
					key={field}
					label={panel[field]}
					value={values[field]}
					type={field === 'email' ? 'email' : 'text'}
					maxLength={200}
					error={errorOf(said, field) ?? errorOf(said, `values.${field}`)}
					onText={(text) => setValues({ ...values, [field]: text })}
				/>
			))}
		</FormDialog>
	);
}
