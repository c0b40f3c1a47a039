import { FileText, RotateCw, Trash2 } from 'lucide';

import { Button } from '../../pieces/Button';
import { FormattedText } from '../../pieces/FormattedText';
import { Icon } from '../../pieces/Icon';
import { Ticks } from '../../pieces/Ticks';
import { keepDraft } from '../../state/drafts';
import { discard, tryAgain, type Outgoing } from '../../state/outgoing';
import { words } from '../../words/words';

/** What this advisor wrote and the desk has not taken yet. */
export function PendingRow({ one }: { one: Outgoing }) {
	const { thread, actions } = words.value;
	const said =
		one.state === 'sending' ? thread.sending : one.state === 'waiting' ? thread.waitsForConnection : thread.refused;
	return (
		<article
			class={`message pending ${one.kind === 'note' ? 'note' : 'out'} ${one.state === 'refused' ? 'failed' : ''}`}
		>
			<div class="bubbleLine">
				<div class="bubble">
					{one.template ? <span class="author">{thread.template(one.template.name)}</span> : null}
					{one.files.map((name) => (
						<p key={name} class="fileState">
							<Icon of={FileText} size={15} /> {name}
						</p>
					))}
					{one.text ? (
						<p class="words">
							<FormattedText text={one.text} />
						</p>
					) : null}
					<span class="messageFoot" role="status">
						{said} <Ticks status={one.state === 'refused' ? 'failed' : 'queued'} />
					</span>
				</div>
			</div>
			{one.state === 'refused' ? (
				<p class="failure" role="alert">
					<span>
						{one.said?.text} {one.said?.detail}
					</span>
					<Button small look="quiet" icon={RotateCw} onClick={() => tryAgain(one.requestId)}>
						{actions.retry}
					</Button>
					<Button
						small
						look="quiet"
						onClick={() => {
							if (one.text) keepDraft(one.conversationId, { text: one.text, note: one.kind === 'note' });
							discard(one.requestId);
						}}
					>
						{actions.edit}
					</Button>
					<Button small look="quiet" icon={Trash2} onClick={() => discard(one.requestId)}>
						{actions.discard}
					</Button>
				</p>
			) : null}
		</article>
	);
}
