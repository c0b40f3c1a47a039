import { Check as CheckIcon, MessagesSquare, X } from 'lucide';
import { useState } from 'preact/hooks';

import type { ApprovalView } from '../../../shared/domain/inbox/views';
import { dateAndTime } from '../format';
import { Button } from '../pieces/Button';
import { Icon } from '../pieces/Icon';
import { addressOf } from '../state/route';
import { may } from '../state/session';
import { words } from '../words/words';
import { ApprovalDialog } from './ApprovalDialog';

/** What the assistant asked for, with what became of it or the buttons that decide it. */
export function ApprovalCard({
	one,
	named = false,
	onDone,
}: {
	one: ApprovalView;
	/** Says whose it is and leads to the conversation, where many customers' stand together. */
	named?: boolean;
	onDone: () => void;
}) {
	const { approvals } = words.value;
	const [deciding, setDeciding] = useState<'approve' | 'reject'>();
	const isOpen = one.state === 'pending';
	const ends = isOpen || one.state === 'approved';
	return (
		<li class="listCard">
			<div class="listCardBody">
				<b>{one.summary}</b>
				<span>
					{named ? (
						<a href={addressOf('conversations', one.conversationId)}>
							<Icon of={MessagesSquare} size={14} /> {one.contactName}
						</a>
					) : null}
					<span class="chip">{one.number}</span>
					<span class={`chip ${one.state === 'used' ? 'good' : one.state === 'rejected' ? 'trouble' : ''}`}>
						{approvals.states[one.state]}
					</span>
					{one.decidedBy ? <span>{approvals.by(one.decidedBy.name)}</span> : null}
					{ends ? <time dateTime={one.expiresAt}>{approvals.until(dateAndTime(one.expiresAt))}</time> : null}
				</span>
				{one.reason ? <p>{one.reason}</p> : null}
				{isOpen && may('approve') ? (
					<div class="cardActions">
						<Button small look="primary" icon={CheckIcon} onClick={() => setDeciding('approve')}>
							{approvals.approve}
						</Button>
						<Button small icon={X} onClick={() => setDeciding('reject')}>
							{approvals.reject}
						</Button>
					</div>
				) : null}
			</div>
			{deciding ? (
				<ApprovalDialog one={one} decision={deciding} onClose={() => setDeciding(undefined)} onDone={onDone} />
			) : null}
		</li>
	);
}
