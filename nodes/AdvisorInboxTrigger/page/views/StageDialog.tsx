import { useState } from 'preact/hooks';

import { useCommand } from '../pieces/commanded';
import { TextArea, TextField } from '../pieces/fields';
import { errorOf, FormDialog } from '../pieces/FormDialog';
import { me } from '../state/session';
import { words } from '../words/words';

/** The end of a sale: for how much, or why not. */
export function StageDialog({
	leadId,
	stage,
	onClose,
	onDone,
}: {
	leadId: string;
	stage: 'Won' | 'Lost';
	onClose: () => void;
	onDone: () => void;
}) {
	const { lead, actions, payment } = words.value;
	const [amount, setAmount] = useState('');
	const [currency, setCurrency] = useState(me().business.currency);
	const [lostReason, setLostReason] = useState('');
	const { give, busy, said } = useCommand({ quiet: true });
	const values =
		stage === 'Won'
			? amount.trim() === ''
				? {}
				: { amount: amount.trim(), currency: currency.trim().toUpperCase() }
			: lostReason.trim() === ''
				? {}
				: { lostReason: lostReason.trim() };
	return (
		<FormDialog
			title={stage === 'Won' ? lead.wonTitle : lead.lostTitle}
			does={actions.save}
			busy={busy}
			said={said}
			fields={['amount']}
			onClose={onClose}
			onSubmit={() =>
				void give('changeLeadStage', { leadId, stage, ...values }, lead.stageChanged).then((done) => {
					if (done === undefined) return;
					onDone();
					onClose();
				})
			}
		>
			{stage === 'Won' ? (
				<div class="formRow">
					<TextField
						label={lead.amount}
						inputMode="decimal"
						value={amount}
						onText={setAmount}
						maxLength={30}
						error={errorOf(said, 'amount')}
					/>
					<TextField label={payment.currency} value={currency} onText={setCurrency} maxLength={3} />
				</div>
			) : (
				<TextArea label={lead.lostReason} value={lostReason} onText={setLostReason} maxLength={500} />
			)}
		</FormDialog>
	);
}
