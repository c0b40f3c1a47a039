import { useState } from 'preact/hooks';

import type { PaymentView } from '../../../shared/domain/inbox/views';
import { money } from '../format';
import { useCommand } from '../pieces/commanded';
import { TextField } from '../pieces/fields';
import { FormDialog } from '../pieces/FormDialog';
import { words } from '../words/words';

/** Nothing is collected on delivery after all. */
export function CancelCashDialog({
	one,
	onClose,
	onDone,
}: {
	one: PaymentView;
	onClose: () => void;
	onDone: () => void;
}) {
	const { payment } = words.value;
	const [reason, setReason] = useState('');
	const { give, busy, said } = useCommand({ quiet: true });
	return (
		<FormDialog
			title={payment.cancelCashTitle}
			does={payment.cancelCashTitle}
			keeps={payment.keepCash}
			busy={busy}
			said={said}
			onClose={onClose}
			onSubmit={() =>
				void give(
					'cancelCash',
					{ paymentId: one.id, ...(reason.trim() === '' ? {} : { reason: reason.trim() }) },
					payment.cashCancelled,
				).then((done) => {
					if (done === undefined) return;
					onDone();
					onClose();
				})
			}
		>
			<p>{[money(one.amount, one.currency), one.onDelivery?.number, one.description].filter(Boolean).join(' · ')}</p>
			<p class="fieldHint">{payment.cancelCashHint}</p>
			<TextField label={payment.cancelReason} value={reason} onText={setReason} maxLength={500} />
		</FormDialog>
	);
}
