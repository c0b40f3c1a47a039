import { useState } from 'preact/hooks';

import type { CaseView } from '../../../shared/domain/inbox/views';
import { useCommand } from '../pieces/commanded';
import { Segments, SelectField, TextField } from '../pieces/fields';
import { errorOf, FormDialog } from '../pieces/FormDialog';
import { me } from '../state/session';
import { words } from '../words/words';
import { useDespitePaid } from './despitePaid';

const KINDS = ['full', 'deposit', 'subscription'] as const;

const WAYS = ['link', 'cash'] as const;

const isOpen = ({ status }: CaseView): boolean => status !== 'resolved' && status !== 'closed';

/** A customer is asked to pay: at a link, made by the workflow, or in cash when it is delivered. */
export function PaymentDialog({
	conversationId,
	cases,
	onClose,
	onDone,
}: {
	conversationId: string;
	/** The customer's, newest first. */
	cases: readonly CaseView[];
	onClose: () => void;
	onDone: () => void;
}) {
	const { payment } = words.value;
	const open = cases.filter(isOpen);
	const [way, setWay] = useState<(typeof WAYS)[number]>('link');
	const [caseId, setCaseId] = useState(open[0]?.id ?? '');
	const [amount, setAmount] = useState('');
	const [currency, setCurrency] = useState(me().business.currency);
	const [description, setDescription] = useState('');
	const [kind, setKind] = useState<(typeof KINDS)[number]>('full');
	const { give, busy, said } = useCommand({ quiet: true });
	const { despitePaid, tick } = useDespitePaid(said);
	const inCash = way === 'cash';
	const asked = {
		conversationId,
		amount: amount.trim(),
		currency: currency.trim().toUpperCase(),
		description: description.trim(),
	};
	const ask = async (): Promise<{ readonly answer: unknown } | undefined> =>
		inCash
			? await give('agreeCash', { ...asked, ...(caseId === '' ? {} : { caseId }), despitePaid }, payment.agreed)
			: await give('requestPaymentLink', { ...asked, kind }, payment.sent);
	return (
		<FormDialog
			title={payment.title}
			does={inCash ? payment.agree : payment.send}
			busy={busy}
			disabled={asked.amount === '' || asked.description === '' || asked.currency.length !== 3}
			said={said}
			fields={['amount', 'currency', 'description']}
			onClose={onClose}
			onSubmit={() =>
				void ask().then((done) => {
					if (done === undefined) return;
					onDone();
					onClose();
				})
			}
		>
			<Segments
				label={payment.way}
				value={way}
				choices={WAYS.map((value) => ({ value, name: payment.ways[value] }))}
				onChoice={setWay}
			/>
			<div class="formRow">
				<TextField
					label={payment.amount}
					inputMode="decimal"
					value={amount}
					onText={setAmount}
					maxLength={30}
					error={errorOf(said, 'amount')}
				/>
				<TextField
					label={payment.currency}
					value={currency}
					onText={setCurrency}
					maxLength={3}
					error={errorOf(said, 'currency')}
				/>
			</div>
			<TextField
				label={payment.description}
				value={description}
				onText={setDescription}
				maxLength={250}
				error={errorOf(said, 'description')}
			/>
			{inCash ? (
				<>
					{open.length === 0 ? null : (
						<SelectField
							label={payment.delivered}
							value={caseId}
							choices={open.map(({ id, number, subject }) => ({ value: id, name: `${number} · ${subject}` }))}
							onChoice={setCaseId}
						/>
					)}
					<p class="fieldHint">{payment.agreeHint}</p>
					{tick(payment.despiteAgree)}
				</>
			) : (
				<SelectField
					label={payment.kind}
					value={kind}
					choices={KINDS.map((value) => ({ value, name: payment.kinds[value] }))}
					onChoice={setKind}
				/>
			)}
		</FormDialog>
	);
}
