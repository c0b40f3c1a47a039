import { Check, X } from 'lucide';

import type { FollowUpView } from '../../../../shared/domain/inbox/views';
import { dateAndTime } from '../../format';
import { IconButton } from '../../pieces/Button';
import { useCommand } from '../../pieces/commanded';
import { now } from '../../state/clock';
import { words } from '../../words/words';

/** Something to do for the customer. */
export function FollowUpLine({ one, onDone }: { one: FollowUpView; onDone: () => void }) {
	const { followUps } = words.value;
	const { give, busy } = useCommand();
	const isLate = Date.parse(one.dueAt) < now.value;
	const end = (state: 'done' | 'cancelled') => () =>
		void give('endFollowUp', { followUpId: one.id, state }, followUps.ended).then(onDone);
	return (
		<li>
			<span>
				<b>{one.text}</b>
				<small class={isLate ? 'lateText' : ''}>{dateAndTime(one.dueAt)}</small>
			</span>
			<IconButton icon={Check} size={16} name={followUps.done} disabled={busy} onClick={end('done')} />
			<IconButton icon={X} size={16} name={followUps.cancelIt} disabled={busy} onClick={end('cancelled')} />
		</li>
	);
}
