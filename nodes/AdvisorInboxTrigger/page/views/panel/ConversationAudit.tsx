import { dateAndTime } from '../../format';
import { usePages } from '../../pieces/asked';
import { Button } from '../../pieces/Button';
import { Failed, Skeleton } from '../../pieces/states';
import { actionInWords } from '../../words/audit/words';
import { words } from '../../words/words';

/** What the audit log has of a conversation, newest first. */
export function ConversationAudit({ conversationId }: { conversationId: string }) {
	const { panel, actions } = words.value;
	const asked = usePages('audit', { conversationId, limit: 20 });
	if (asked.rows === undefined)
		return asked.said ? <Failed said={asked.said} onRetry={asked.reload} /> : <Skeleton rows={3} />;
	return (
		<>
			<ol class="auditLines" aria-label={panel.audit}>
				{asked.rows.map((line) => (
					<li key={line.id}>
						<b title={line.action}>{actionInWords(line.action)}</b>
						<span>{line.actor}</span>
						<time dateTime={line.at}>{dateAndTime(line.at)}</time>
					</li>
				))}
			</ol>
			{asked.more ? (
				<Button small look="quiet" busy={asked.loadingMore} onClick={asked.more}>
					{actions.loadMore}
				</Button>
			) : null}
		</>
	);
}
