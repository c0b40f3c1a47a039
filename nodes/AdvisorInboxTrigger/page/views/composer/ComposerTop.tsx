import { Clock, MessageSquare, StickyNote } from 'lucide';

import type { ConversationDetail } from '../../../../shared/domain/inbox/views';
import { span } from '../../format';
import { Icon } from '../../pieces/Icon';
import { now } from '../../state/clock';
import { me } from '../../state/session';
import { words } from '../../words/words';

const HOUR = 3_600_000;

function WindowClock({ closesAt }: { closesAt: string }) {
	const left = Date.parse(closesAt) - now.value;
	return (
		<span class={left < HOUR ? 'windowClock soon' : 'windowClock'}>
			<Icon of={Clock} size={14} />
			{words.value.composer.windowCloses(span(left))}
		</span>
	);
}

/** To whom one writes: the customer, while their window is open, or the team. */
export function ComposerTop({
	conversation: { mode, owner, windowClosesAt },
	isNote,
	isOpen,
	onNote,
}: {
	conversation: ConversationDetail['conversation'];
	isNote: boolean;
	isOpen: boolean;
	onNote: (note: boolean) => void;
}) {
	const { composer } = words.value;
	return (
		<div class="composerTop">
			<div class="composerModes" role="group" aria-label={composer.label}>
				<button type="button" aria-pressed={!isNote} onClick={() => onNote(false)}>
					<Icon of={MessageSquare} size={15} />
					{composer.message}
				</button>
				<button type="button" aria-pressed={isNote} onClick={() => onNote(true)}>
					<Icon of={StickyNote} size={15} />
					{composer.note}
				</button>
			</div>
			{isNote || !isOpen || windowClosesAt === undefined ? null : (
				<>
					{mode === 'bot' ? <span class="composerHint">{composer.takeFirst}</span> : null}
					{mode === 'closed' ? <span class="composerHint">{composer.closedHint}</span> : null}
					{mode === 'human' && owner && owner.id !== me().advisor.id ? (
						<span class="composerHint">{composer.others(owner.name)}</span>
					) : null}
					<WindowClock closesAt={windowClosesAt} />
				</>
			)}
		</div>
	);
}
