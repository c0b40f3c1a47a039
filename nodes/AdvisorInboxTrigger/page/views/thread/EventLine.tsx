import type { MessageView } from '../../../../shared/domain/inbox/views';
import { clock, dateAndTime, money } from '../../format';
import { words } from '../../words/words';

/** What happened in between: a case, a lead, who has the conversation, a payment. */
export function EventLine({ row }: { row: MessageView }) {
	const { authors, events } = words.value;
	const { action = '', actor = '', values = {} } = row.event ?? {};
	const { amount, currency } = values;
	const sums = amount === undefined || currency === undefined ? {} : { money: money(amount, currency) };
	const said = events.known[action]?.({ ...values, ...sums }) ?? row.text ?? action;
	const who = authors[actor as keyof typeof authors] ?? actor;
	return (
		<p class="eventLine">
			<span title={dateAndTime(row.at)}>
				{actor === '' || actor === 'system' ? said : events.by(said, who)} · {clock(row.at)}
			</span>
		</p>
	);
}
