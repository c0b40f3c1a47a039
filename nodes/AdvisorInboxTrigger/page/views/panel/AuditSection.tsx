import { BookOpenText } from 'lucide';
import { lazy, Suspense } from 'preact/compat';
import { useState } from 'preact/hooks';

import { Button } from '../../pieces/Button';
import { Skeleton } from '../../pieces/states';
import { words } from '../../words/words';
import { Section } from './Section';

const ConversationAudit = lazy(async () => (await import('./ConversationAudit')).ConversationAudit);

/** What is on record of the conversation, asked for when somebody wants to see it. */
export function AuditSection({ conversationId }: { conversationId: string }) {
	const { panel } = words.value;
	const [isAsked, setAsked] = useState(false);
	return (
		<Section title={panel.audit} icon={BookOpenText} isOpen={false}>
			{isAsked ? (
				<Suspense fallback={<Skeleton rows={3} />}>
					<ConversationAudit conversationId={conversationId} />
				</Suspense>
			) : (
				<Button small look="quiet" onClick={() => setAsked(true)}>
					{panel.auditShow}
				</Button>
			)}
		</Section>
	);
}
