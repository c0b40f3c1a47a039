import { useState } from 'preact/hooks';

import type { ConversationDetail } from '../../../shared/domain/inbox/views';
import { useAsked } from '../pieces/asked';
import { Avatar } from '../pieces/Avatar';
import { useCommand } from '../pieces/commanded';
import { Segments, SelectField, TextField } from '../pieces/fields';
import { FormDialog } from '../pieces/FormDialog';
import { Failed, Skeleton } from '../pieces/states';
import { may, me, myId } from '../state/session';
import { catchUp } from '../state/thread';
import { words } from '../words/words';

type Way = 'person' | 'roundRobin' | 'leastBusy' | 'nobody';

/** Who attends from now on: a person, somebody by rule, or nobody. */
export function AssignDialog({ detail, onClose }: { detail: ConversationDetail; onClose: () => void }) {
	const { assign, settings } = words.value;
	const { id: conversationId, owner } = detail.conversation;
	const { areas } = me().business;
	const advisors = useAsked('advisors', {});
	const [way, setWay] = useState<Way>('person');
	const [advisorId, setAdvisorId] = useState('');
	const [area, setArea] = useState(areas[0]?.key ?? '');
	const [reason, setReason] = useState('');
	const [typed, setTyped] = useState('');
	const { give, busy, said } = useCommand({ quiet: true });
	const shown = (advisors.answer ?? []).filter(
		({ id, name }) =>
			id !== owner?.id &&
			(may('assignOthers') || owner?.id === myId.value || id === myId.value) &&
			name.toLowerCase().includes(typed.trim().toLowerCase()),
	);
	const submit = async (): Promise<void> => {
		const to = way === 'person' ? { advisorId } : way === 'nobody' ? ({ nobody: true } as const) : { rule: way, area };
		const text = reason.trim();
		const done = await give(
			'assign',
			{ conversationId, to, ...(text === '' ? {} : { reason: text }) },
			words.value.do.assigned,
		);
		if (done === undefined) return;
		onClose();
		void catchUp(conversationId);
	};
	return (
		<FormDialog
			title={assign.title}
			does={assign.confirm}
			busy={busy}
			said={said}
			disabled={way === 'person' ? advisorId === '' : way !== 'nobody' && area === ''}
			onSubmit={() => void submit()}
			onClose={onClose}
		>
			<Segments<Way>
				label={assign.title}
				value={way}
				choices={[
					{ value: 'person', name: assign.person },
					{ value: 'roundRobin', name: assign.roundRobin },
					{ value: 'leastBusy', name: assign.leastBusy },
					{ value: 'nobody', name: assign.nobody },
				]}
				onChoice={setWay}
			/>
			{way === 'person' ? (
				<>
					<TextField label={assign.search} type="search" value={typed} onText={setTyped} />
					{advisors.answer === undefined ? (
						advisors.said ? (
							<Failed said={advisors.said} onRetry={advisors.reload} />
						) : (
							<Skeleton rows={3} />
						)
					) : (
						<div class="people" role="radiogroup" aria-label={assign.person}>
							{shown.map((one) => (
								<label key={one.id} class={one.id === advisorId ? 'chosen' : ''}>
									<input
										type="radio"
										name="advisor"
										checked={one.id === advisorId}
										onChange={() => setAdvisorId(one.id)}
									/>
									<Avatar name={one.name} size={32} />
									<span>
										<b>{one.name}</b>
										<small>
											{one.areas.map((key) => areas.find((known) => known.key === key)?.name ?? key).join(', ')} ·{' '}
											{assign.open(one.openConversations)}
										</small>
									</span>
									{one.available ? null : <span class="chip">{settings.team.absent}</span>}
								</label>
							))}
						</div>
					)}
				</>
			) : way === 'nobody' ? (
				<p class="fieldHint">{assign.nobodyHint}</p>
			) : (
				<SelectField
					label={assign.area}
					hint={way === 'roundRobin' ? assign.roundRobinHint : assign.leastBusyHint}
					value={area}
					choices={areas.map(({ key, name }) => ({ value: key, name }))}
					onChoice={setArea}
				/>
			)}
			<TextField label={assign.reason} value={reason} onText={setReason} maxLength={500} />
		</FormDialog>
	);
}
