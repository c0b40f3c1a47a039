import { ExternalLink } from 'lucide';

import type { PaymentView } from '../../../../shared/domain/inbox/views';
import { ownValue } from '../../../../shared/domain/ownValue';
import { dateAndTime, money } from '../../format';
import { safeUrl } from '../../pieces/FormattedText';
import { Icon } from '../../pieces/Icon';
import { words } from '../../words/words';

const PAID = ['paid', 'succeeded'];

const TROUBLE = ['failed', 'disputed'];

/** A payment: what it is for, how it stands and where it is paid. */
export const PaymentLine = ({ one }: { one: PaymentView }) => {
	const { payment } = words.value;
	const url = safeUrl(one.url);
	return (
		<li>
			<span>
				<b>{money(one.amount, one.currency)}</b>
				<small>{one.description ?? dateAndTime(one.createdAt)}</small>
			</span>
			<span class={`chip ${PAID.includes(one.status) ? 'good' : TROUBLE.includes(one.status) ? 'trouble' : ''}`}>
				{ownValue(payment.statuses, one.status) ?? one.status}
			</span>
			{url ? (
				<a
					class="iconButton"
					href={url}
					target="_blank"
					rel="noopener noreferrer"
					aria-label={words.value.actions.open}
				>
					<Icon of={ExternalLink} size={15} />
				</a>
			) : null}
		</li>
	);
};
