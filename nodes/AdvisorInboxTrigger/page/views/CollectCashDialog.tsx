import { useState } from 'preact/hooks';

import type { PaymentView } from '../../../shared/domain/inbox/views';
import { money } from '../format';
import { useCommand } from '../pieces/commanded';
import { TextArea, TextField } from '../pieces/fields';
import { errorOf, FormDialog } from '../pieces/FormDialog';
import { me } from '../state/session';
import { words } from '../words/words';
import { useDespitePaid } from './despitePaid';

/** Cash on delivery came: how much of what was agreed, and who took it. */
export function CollectCashDialog({
	one,
	onClose,
	onDone,
}: {
	one: PaymentView;
	onClose: () => void;
	onDone: () => void;
}) {
	const { payment, actions } = words.value;
	const [amount, setAmount] = useState(one.amount);
	const [collectedBy, setCollectedBy] = useState(me().advisor.name);
	const [note, setNote] = useState('');
	const { give, busy, said } = useCommand({ quiet: true });
	const { despitePaid, tick } = useDespitePaid(said);
	const differs = amount.trim() !== one.amount;
	return (
		<FormDialog
			title={payment.collectTitle}
			does={actions.save}
			busy={busy}
			disabled={amount.trim() === '' || collectedBy.trim() === ''}
			said={said}
			fields={['amount', 'collectedBy', 'note']}
			onClose={onClose}
			onSubmit={() =>
				void give(
					'collectCash',
					{
						paymentId: one.id,
						amount: amount.trim(),
						collectedBy: collectedBy.trim(),
						...(note.trim() === '' ? {} : { note: note.trim() }),
						despitePaid,
					},
					payment.collected,
				).then((done) => {
					if (done === undefined) return;
					onDone();
					onClose();
				})
			}
		>
			<p class="fieldHint">{payment.collectHint}</p>
			<div class="formRow">
				<TextField
					label={payment.amount}
					inputMode="decimal"
					value={amount}
					onText={setAmount}
					maxLength={30}
					hint={payment.agreedAmount(money(one.amount, one.currency))}
					error={errorOf(said, 'amount')}
				/>
				<TextField label={payment.currency} value={one.currency} readOnly />
			</div>
			<TextField
				label={payment.collectedBy}
				value={collectedBy}
				onText={setCollectedBy}
				maxLength={100}
				hint={payment.collectedByHint}
				error={errorOf(said, 'collectedBy')}
			/>
			<TextArea
				label={differs ? payment.noteNeeded : payment.note}
				value={note}
				onText={setNote}
				rows={2}
				maxLength={500}
				error={errorOf(said, 'note')}
			/>
			{tick(payment.despiteCollect)}
		</FormDialog>
	);
}
