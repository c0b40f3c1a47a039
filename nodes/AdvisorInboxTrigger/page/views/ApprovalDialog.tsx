import { useState } from 'preact/hooks';

import type { ApprovalView } from '../../../shared/domain/inbox/views';
import { useCommand } from '../pieces/commanded';
import { TextArea } from '../pieces/fields';
import { errorOf, FormDialog } from '../pieces/FormDialog';
import { words } from '../words/words';

/** The last look before a yes or no: what exactly will happen, to the letter. */
export function ApprovalDialog({
	one,
	decision,
	onClose,
	onDone,
}: {
	one: ApprovalView;
	decision: 'approve' | 'reject';
	onClose: () => void;
	onDone: () => void;
}) {
	const { approvals } = words.value;
	const [reason, setReason] = useState('');
	const { give, busy, said } = useCommand({ quiet: true });
	const isYes = decision === 'approve';
	const input = { approvalId: one.id, decision, ...(reason.trim() === '' ? {} : { reason: reason.trim() }) };
	return (
		<FormDialog
			title={isYes ? approvals.approveTitle(one.number) : approvals.rejectTitle(one.number)}
			does={isYes ? approvals.approve : approvals.reject}
			busy={busy}
			disabled={!isYes && reason.trim() === ''}
			said={said}
			fields={['reason']}
			onClose={onClose}
			onSubmit={() =>
				void give('decideApproval', input, isYes ? approvals.approvedNow : approvals.rejectedNow).then((done) => {
					if (done === undefined) return;
					onClose();
					onDone();
				})
			}
		>
			<p>{isYes ? approvals.happens : approvals.rejected}</p>
			<p>
				<strong>{one.summary}</strong>
			</p>
			{isYes ? null : (
				<TextArea
					label={approvals.reason}
					value={reason}
					onText={setReason}
					rows={2}
					maxLength={500}
					error={errorOf(said, 'reason')}
				/>
			)}
		</FormDialog>
	);
}
