import { ArrowLeft, PanelRight } from 'lucide';

import { phoneForReading } from '../../format';
import { Avatar } from '../../pieces/Avatar';
import { IconButton } from '../../pieces/Button';
import { Icon } from '../../pieces/Icon';
import { summaryOf } from '../../state/conversations';
import { panelShown } from '../../state/panes';
import { addressOf } from '../../state/route';
import type { OpenThread } from '../../state/thread';
import { words } from '../../words/words';
import { Actions } from '../Actions';
import { ModeChip, WaitingChip } from '../ConversationList';

/** Who this is, who has the conversation, and what can be done with it. */
export function ThreadHead({ conversationId, thread }: { conversationId: string; thread: OpenThread }) {
	const { thread: said } = words.value;
	const row = summaryOf(conversationId);
	return (
		<header class="threadHead">
			<a class="iconButton backLink" href={addressOf('conversations')} aria-label={words.value.actions.back}>
				<Icon of={ArrowLeft} />
			</a>
			{row ? (
				<>
					<Avatar name={row.contactName} />
					<div class="threadWho">
						<h2>{row.contactName}</h2>
						<p>
							{row.phone ? <span>{phoneForReading(row.phone)}</span> : null}
							<span>
								{[row.channel.name, row.channel.advisor?.name]
									.flatMap((name) => (name === undefined ? [] : [phoneForReading(name)]))
									.join(' · ')}
							</span>
						</p>
					</div>
					<div class="threadChips">
						<ModeChip row={row} />
						<WaitingChip row={row} />
					</div>
				</>
			) : (
				<div class="threadWho" />
			)}
			{thread.detail ? <Actions detail={thread.detail} /> : null}
			<IconButton
				icon={PanelRight}
				name={panelShown.value ? said.closePanel : said.openPanel}
				pressed={panelShown.value}
				onClick={() => {
					panelShown.value = !panelShown.value;
				}}
			/>
		</header>
	);
}
