import { LayoutTemplate } from 'lucide';

import type { ConversationDetail } from '../../../../shared/domain/inbox/views';
import { Button } from '../../pieces/Button';
import { words } from '../../words/words';

/** What stands in the way of a message to the customer, and the way around it. */
export function ComposerNotices({
	detail: { contact, allowed },
	isOpen,
	onTemplate,
}: {
	detail: ConversationDetail;
	isOpen: boolean;
	onTemplate: () => void;
}) {
	const { composer } = words.value;
	return (
		<>
			{contact.optedOutAt === undefined ? null : <p class="composerNotice">{composer.optedOut}</p>}
			{allowed.reply ? null : <p class="composerNotice">{composer.cannotReply}</p>}
			{allowed.reply && !isOpen ? (
				<div class="composerNotice">
					<p>{composer.windowClosed}</p>
					<Button small look="primary" icon={LayoutTemplate} onClick={onTemplate}>
						{composer.chooseTemplate}
					</Button>
				</div>
			) : null}
		</>
	);
}
