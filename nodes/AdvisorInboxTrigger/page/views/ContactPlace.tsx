import { MessageCircleOff } from 'lucide';
import { useEffect, useState } from 'preact/hooks';

import { Empty, Failed, Skeleton } from '../pieces/states';
import { ask, Refusal } from '../server/ask';
import { inWords, type Said } from '../state/notices';
import { addressOf } from '../state/route';
import { freshness } from '../state/session';
import { words } from '../words/words';

/** Where a link to a customer leads: to their conversation, in place of this address. */
export function ContactPlace({ contactId }: { contactId: string }) {
	const { places } = words.value;
	const [problem, setProblem] = useState<'none' | Said>();
	const [round, setRound] = useState(0);
	const fresh = freshness.value;
	useEffect(() => {
		const asking = new AbortController();
		setProblem(undefined);
		ask('contactConversation', { contactId }, asking.signal).then(
			({ conversationId }) => location.replace(addressOf('conversations', conversationId)),
			(reason: unknown) => {
				if (asking.signal.aborted) return;
				setProblem(reason instanceof Refusal && reason.status === 404 ? 'none' : inWords(reason));
			},
		);
		return () => asking.abort();
	}, [contactId, round, fresh]);
	return (
		<div class="page">
			{problem === undefined ? <Skeleton look="block" /> : null}
			{problem === 'none' ? (
				<Empty icon={MessageCircleOff} title={places.noConversation}>
					{places.noConversationHint}
				</Empty>
			) : null}
			{typeof problem === 'object' ? <Failed said={problem} onRetry={() => setRound(round + 1)} /> : null}
		</div>
	);
}
