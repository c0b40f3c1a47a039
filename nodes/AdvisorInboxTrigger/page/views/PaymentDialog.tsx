import { useState } from 'preact/hooks';

import { useCommand } from '../pieces/commanded';
import { SelectField, TextField } from '../pieces/fields';
import { errorOf, FormDialog } from '../pieces/FormDialog';
import { me } from '../state/session';
import { words } from '../words/words';

const KINDS = ['full', 'deposit', 'subscription'] as const;

/** A payment link for the customer, made by the workflow. */
export function PaymentDialog({
	conversationId,
	onClose,
	onDone,
}: {
	conversationId: string;
	onClose: () => void;
	onDone: () => void;
}) {
	const { payment } = words.value;
	const [amount, setAmount] = useState('');
	const [currency, setCurrency] = useState(me().business.currency);
	const [description, setDescription] = useState('');
	const [kind, setKind] = useState<(typeof KINDS)[number]>('full');
	const { give, busy, said } = useCommand({ quiet: true });
	return (
		<FormDialog
			title={payment.title}
			does={payment.send}
			busy={busy}
			disabled={amount.trim() === '' || description.trim() === '' || currency.trim().length !== 3}
			said={said}
			fields={['amount', 'currency', 'description']}
			onClose={onClose}
			onSubmit={() =>
				void give(
					'requestPaymentLink',
					{
						conversationId,
						amount: amount.trim(),
						currency: currency.trim().toUpperCase(),
						description: description.trim(),
						kind,
					},
					payment.sent,
				).then((done) => {
					if (done === undefined) return;
					onDone();
					onClose();
				})
			}
		>
			<div class="formRow">
				<TextField
					label={payment.amount}
					inputMode="decimal"
					value={amount}
					onText={setAmount}
					maxLength={30}
					error={errorOf(said, 'amount')}
				/>
				<TextField
					label={payment.currency}
					value={currency}
					onText={setCurrency}
					maxLength={3}
					error={errorOf(said, 'currency')}
				/>
			</div>
			<TextField
				label={payment.description}
				value={description}
				onText={setDescription}
				maxLength={250}
				error={errorOf(said, 'description')}
			/>
			<SelectField
				label={payment.kind}
				value={kind}
				choices={KINDS.map((value) => ({ value, name: payment.kinds[value] }))}
				onChoice={setKind}
			/>
		</FormDialog>
	);
}
