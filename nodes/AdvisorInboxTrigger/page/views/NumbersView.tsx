import { Link2, RefreshCw, Smartphone, Unlink } from 'lucide';
import { useState } from 'preact/hooks';

import type { LinkedNumberView } from '../../../shared/domain/inbox/views';
import { linkingProblemInWords } from '../../../shared/text/linkingProblems';
import { texts } from '../../../shared/text/texts';
import { dateAndTime, phoneForReading } from '../format';
import { useAsked } from '../pieces/asked';
import { Button } from '../pieces/Button';
import { useCommand } from '../pieces/commanded';
import { Dialog } from '../pieces/Dialog';
import { Check, SelectField, TextArea, TextField } from '../pieces/fields';
import { errorOf, FormDialog } from '../pieces/FormDialog';
import { safeUrl } from '../pieces/FormattedText';
import { Page } from '../pieces/Page';
import { Empty, Failed, Skeleton } from '../pieces/states';
import { changedNumbers } from '../state/numbers';
import { may, me, myId } from '../state/session';
import { numbersWords } from '../words/numbers/words';
import { language, words } from '../words/words';

function UnlinkDialog({ one, onClose, onDone }: { one: LinkedNumberView; onClose: () => void; onDone: () => void }) {
	const { actions } = words.value;
	const numbers = numbersWords.value;
	const { give, busy } = useCommand();
	return (
		<Dialog
			title={numbers.unlinkTitle}
			onClose={onClose}
			footer={
				<>
					<Button onClick={onClose}>{actions.cancel}</Button>
					<Button
						look="danger"
						icon={Unlink}
						busy={busy}
						onClick={() =>
							void give('unlinkNumber', { linkedNumberId: one.id }, numbers.unlinked).then((done) => {
								if (done === undefined) return;
								onClose();
								onDone();
							})
						}
					>
						{numbers.unlink}
					</Button>
				</>
			}
		>
			<p>
				<b>{one.phone ? phoneForReading(one.phone) : one.advisor.name}</b>
			</p>
			<p>{numbers.unlinkExplains}</p>
		</Dialog>
	);
}

function Problem({ of: { key, said } }: { of: NonNullable<LinkedNumberView['problem']> }) {
	const { message, description } = linkingProblemInWords(key, language.value, said);
	return (
		<p class="panelWarning">
			<b>{message}.</b> {description}
		</p>
	);
}

function NumberCard({ one, onDone }: { one: LinkedNumberView; onDone: () => void }) {
	const numbers = numbersWords.value;
	const [unlinking, setUnlinking] = useState(false);
	const { give, busy } = useCommand();
	const isLinked = one.state === 'linked' || one.state === 'mirroring';
	const look = one.state === 'mirroring' ? 'good' : one.state === 'failed' ? 'trouble' : '';
	return (
		<li class="listCard numberCard">
			<div class="listCardBody">
				<b>{one.phone ? phoneForReading(one.phone) : one.advisor.name}</b>
				<span>
					<span class={`chip ${look}`}>{numbers.states[one.state]}</span>
					<span>{[one.verifiedName, one.advisor.name].filter(Boolean).join(' · ')}</span>
				</span>
				<span>
					<span>{numbers.histories[one.history]}</span>
					{one.contactsSynced === undefined ? null : <span>{numbers.contacts(one.contactsSynced)}</span>}
					{one.linkedAt ? <span>{numbers.since(dateAndTime(one.linkedAt))}</span> : null}
				</span>
				{one.history === 'running' ? (
					<progress value={one.historyProgress ?? 0} max={100} aria-label={numbers.histories.running} />
				) : null}
				{one.problem ? <Problem of={one.problem} /> : null}
			</div>
			{isLinked ? (
				<>
					<Button
						small
						icon={RefreshCw}
						busy={busy}
						onClick={() => void give('requestSync', { linkedNumberId: one.id }, numbers.syncAsked).then(onDone)}
					>
						{numbers.sync}
					</Button>
					<Button small look="quiet" icon={Unlink} onClick={() => setUnlinking(true)}>
						{numbers.unlink}
					</Button>
				</>
			) : null}
			{unlinking ? <UnlinkDialog one={one} onClose={() => setUnlinking(false)} onDone={onDone} /> : null}
		</li>
	);
}

function AdvisorChoice({ value, onChoice }: { value: string; onChoice: (advisorId: string) => void }) {
	const advisors = useAsked('advisors', {});
	if (!may('linkNumbers')) return null;
	return (
		<SelectField
			label={numbersWords.value.forWhom}
			value={value}
			choices={(advisors.answer ?? [{ id: myId.value, name: me().advisor.name }]).map(({ id, name }) => ({
				value: id,
				name,
			}))}
			onChoice={onChoice}
		/>
	);
}

function LinkDialog({ onClose }: { onClose: () => void }) {
	const numbers = numbersWords.value;
	const [advisorId, setAdvisorId] = useState(myId.value);
	const [history, setHistory] = useState(false);
	const [excluded, setExcluded] = useState('');
	const { give, busy, said } = useCommand({ quiet: true });
	const start = async (): Promise<void> => {
		const excludedNumbers = excluded
			.split('\n')
			.map((line) => line.trim())
			.filter((line) => line !== '');
		const done = await give('startSignup', { advisorId, history, excludedNumbers });
		const answer = done?.answer as { url?: string } | undefined;
		const url = safeUrl(answer?.url);
		if (url !== undefined) location.assign(url);
	};
	return (
		<FormDialog
			title={numbers.link}
			does={numbers.start}
			busy={busy}
			said={said}
			onClose={onClose}
			onSubmit={() => void start()}
		>
			<p>{texts.J[language.value] ?? texts.J.es}</p>
			<p class="fieldHint">{numbers.explains}</p>
			<AdvisorChoice value={advisorId} onChoice={setAdvisorId} />
			<Check label={numbers.history} hint={numbers.historyHint} checked={history} onCheck={setHistory} />
			<TextArea label={numbers.excluded} hint={numbers.excludedHint} value={excluded} onText={setExcluded} />
		</FormDialog>
	);
}

function ManualDialog({ onClose, onDone }: { onClose: () => void; onDone: () => void }) {
	const numbers = numbersWords.value;
	const [advisorId, setAdvisorId] = useState(myId.value);
	const [values, setValues] = useState({ phoneNumberId: '', businessAccountId: '', accessToken: '' });
	const { give, busy, said } = useCommand({ quiet: true });
	return (
		<FormDialog
			title={numbers.manual}
			does={numbers.linkIt}
			busy={busy}
			said={said}
			fields={['phoneNumberId', 'businessAccountId', 'accessToken']}
			disabled={Object.values(values).some((value) => value.trim() === '')}
			onClose={onClose}
			onSubmit={() =>
				void give(
					'linkManually',
					{
						advisorId,
						phoneNumberId: values.phoneNumberId.trim(),
						businessAccountId: values.businessAccountId.trim(),
						accessToken: values.accessToken.trim(),
					},
					numbers.linked,
				).then((done) => {
					if (done === undefined) return;
					onClose();
					onDone();
				})
			}
		>
			<AdvisorChoice value={advisorId} onChoice={setAdvisorId} />
			{(['phoneNumberId', 'businessAccountId'] as const).map((field) => (
				<TextField
					key={field}
					label={numbers[field]}
					inputMode="numeric"
					value={values[field]}
					maxLength={25}
					error={errorOf(said, field)}
					onText={(text) => setValues({ ...values, [field]: text })}
				/>
			))}
			<TextField
				label={numbers.accessToken}
				hint={numbers.tokenHint}
				type="password"
				autocomplete="off"
				value={values.accessToken}
				maxLength={1000}
				error={errorOf(said, 'accessToken')}
				onText={(accessToken) => setValues({ ...values, accessToken })}
			/>
		</FormDialog>
	);
}

/** Advisors' own WhatsApp Business numbers, and how far their linking has come. */
export function NumbersView() {
	const numbers = numbersWords.value;
	const asked = useAsked('linkedNumbers', {});
	const [shown, setShown] = useState<'link' | 'manual'>();
	const rows = asked.answer?.map((one) => changedNumbers.value.get(one.id) ?? one);
	const reload = (): void => {
		changedNumbers.value = new Map();
		asked.reload();
	};
	const canSignUp = me().features.embeddedSignup;
	return (
		<Page
			title={numbers.title}
			lead={numbers.lead}
			actions={
				<>
					{may('linkNumbers') ? <Button onClick={() => setShown('manual')}>{numbers.manual}</Button> : null}
					{canSignUp ? (
						<Button look="primary" icon={Link2} onClick={() => setShown('link')}>
							{numbers.link}
						</Button>
					) : null}
				</>
			}
		>
			{canSignUp ? null : (
				<p class="panelWarning">
					<b>{numbers.needsProvider}</b> {numbers.waysForAll}
				</p>
			)}
			{rows === undefined ? (
				asked.said ? (
					<Failed said={asked.said} onRetry={asked.reload} />
				) : (
					<Skeleton rows={3} />
				)
			) : rows.length === 0 ? (
				<Empty icon={Smartphone} title={numbers.empty}>
					{texts.J[language.value] ?? texts.J.es}
				</Empty>
			) : (
				<ul class="listCards">
					{rows.map((one) => (
						<NumberCard key={one.id} one={one} onDone={reload} />
					))}
				</ul>
			)}
			{shown === 'link' ? <LinkDialog onClose={() => setShown(undefined)} /> : null}
			{shown === 'manual' ? <ManualDialog onClose={() => setShown(undefined)} onDone={reload} /> : null}
		</Page>
	);
}
