import { Banknote, ExternalLink, X } from 'lucide';
import { lazy, Suspense } from 'preact/compat';
import { useState } from 'preact/hooks';

import type { PaymentView } from '../../../../shared/domain/inbox/views';
import { ownValue } from '../../../../shared/domain/ownValue';
import { dateAndTime, money } from '../../format';
import { IconButton } from '../../pieces/Button';
import { safeUrl } from '../../pieces/FormattedText';
import { Icon } from '../../pieces/Icon';
import { may } from '../../state/session';
import { words } from '../../words/words';

const CollectCashDialog = lazy(async () => (await import('../CollectCashDialog')).CollectCashDialog);
const CancelCashDialog = lazy(async () => (await import('../CancelCashDialog')).CancelCashDialog);

const PAID = ['paid', 'succeeded'];

const TROUBLE = ['failed', 'disputed'];

/** What is known of a payment besides its amount, in one line. */
function aboutOf({ createdAt, currency, amount, description, onDelivery }: PaymentView): string {
	const { payment } = words.value;
	const { number, collected, collectedBy, note } = onDelivery ?? {};
	const parts = [
		description,
		number,
		...(collected === undefined ? [] : [payment.agreedAmount(money(amount, currency))]),
		...(collectedBy === undefined ? [] : [payment.receivedBy(collectedBy)]),
		note,
	].filter((part): part is string => part !== undefined);
	return parts.length === 0 ? dateAndTime(createdAt) : parts.join(' · ');
}

/** What can be done with cash. A dialog stays open when somebody else was quicker: the desk says so to who saves it. */
function CashActions({ one, onDone }: { one: PaymentView; onDone: () => void }) {
	const { payment } = words.value;
	const [shown, setShown] = useState<'collect' | 'cancel'>();
	const hide = (): void => setShown(undefined);
	const amount = money(one.amount, one.currency);
	return (
		<>
			{one.status === 'requested' && may('confirmCash') ? (
				<IconButton icon={Banknote} size={16} name={payment.collect(amount)} onClick={() => setShown('collect')} />
			) : null}
			{one.status === 'requested' ? (
				<IconButton icon={X} size={16} name={payment.cancelCash(amount)} onClick={() => setShown('cancel')} />
			) : null}
			<Suspense fallback={null}>
				{shown === 'collect' ? <CollectCashDialog one={one} onClose={hide} onDone={onDone} /> : null}
				{shown === 'cancel' ? <CancelCashDialog one={one} onClose={hide} onDone={onDone} /> : null}
			</Suspense>
		</>
	);
}

/** A payment: what it is for, how it stands and where it is paid. */
export const PaymentLine = ({ one, onDone }: { one: PaymentView; onDone: () => void }) => {
	const { payment } = words.value;
	const url = safeUrl(one.url);
	const isAwaitedCash = one.onDelivery !== undefined && one.status === 'requested';
	const standing = isAwaitedCash ? payment.onDelivery : (ownValue(payment.statuses, one.status) ?? one.status);
	return (
		<li>
			<span>
				<b>{money(one.onDelivery?.collected ?? one.amount, one.currency)}</b>
				<small>{aboutOf(one)}</small>
			</span>
			<span class={`chip ${PAID.includes(one.status) ? 'good' : TROUBLE.includes(one.status) ? 'trouble' : ''}`}>
				{standing}
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
			{one.onDelivery === undefined ? null : <CashActions one={one} onDone={onDone} />}
		</li>
	);
};
