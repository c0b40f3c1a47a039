import { Check as CheckIcon, ClipboardCheck, MessagesSquare, X } from 'lucide';
import { useState } from 'preact/hooks';

import type { FollowUpView } from '../../../shared/domain/inbox/views';
import { dateAndTime, localDay } from '../format';
import { usePages } from '../pieces/asked';
import { Avatar } from '../pieces/Avatar';
import { Button, IconButton } from '../pieces/Button';
import { useCommand } from '../pieces/commanded';
import { Segments } from '../pieces/fields';
import { Icon } from '../pieces/Icon';
import { More, Page } from '../pieces/Page';
import { Empty, Failed, Skeleton } from '../pieces/states';
import { now } from '../state/clock';
import { addressOf } from '../state/route';
import { may } from '../state/session';
import { words } from '../words/words';

function Line({ one, onDone }: { one: FollowUpView; onDone: () => void }) {
	const { followUps } = words.value;
	const { give, busy } = useCommand();
	const end = (state: 'done' | 'cancelled'): void => {
		void give('endFollowUp', { followUpId: one.id, state }, followUps.ended).then((done) => {
			if (done !== undefined) onDone();
		});
	};
	return (
		<li class="listCard">
			<Avatar name={one.contactName} size={32} />
			<div class="listCardBody">
				<b>{one.text}</b>
				<span>
					<a href={addressOf('conversations', one.conversationId)}>
						<Icon of={MessagesSquare} size={14} /> {one.contactName}
					</a>
					<span class="chip">{followUps.kinds[one.kind] ?? one.kind}</span>
					{one.advisor ? <span>{one.advisor.name}</span> : null}
				</span>
			</div>
			<time dateTime={one.dueAt} class={Date.parse(one.dueAt) < now.value ? 'lateText' : ''}>
				{dateAndTime(one.dueAt)}
			</time>
			<Button small icon={CheckIcon} busy={busy} onClick={() => end('done')}>
				{followUps.done}
			</Button>
			<IconButton
				icon={X}
				size={16}
				name={`${followUps.cancelIt}: ${one.text}`}
				disabled={busy}
				onClick={() => end('cancelled')}
			/>
		</li>
	);
}

/** What is to be done with customers, the late first. */
export function FollowUpsView() {
	const { followUps } = words.value;
	const [list, setList] = useState<'mine' | 'all'>('mine');
	const asked = usePages('followUps', { list });
	const today = localDay(now.value);
	const open = (asked.rows ?? []).filter(({ state }) => state === 'open');
	const groups = [
		[followUps.late, open.filter(({ dueAt }) => Date.parse(dueAt) < now.value)],
		[followUps.today, open.filter(({ dueAt }) => Date.parse(dueAt) >= now.value && localDay(dueAt) === today)],
		[followUps.later, open.filter(({ dueAt }) => Date.parse(dueAt) >= now.value && localDay(dueAt) !== today)],
	] as const;
	return (
		<Page
			title={followUps.title}
			lead={followUps.lead}
			actions={
				may('seeAll') ? (
					<Segments<'mine' | 'all'>
						label={followUps.title}
						value={list}
						choices={[
							{ value: 'mine', name: followUps.mine },
							{ value: 'all', name: followUps.all },
						]}
						onChoice={setList}
					/>
				) : null
			}
		>
			{asked.rows === undefined ? (
				asked.said ? (
					<Failed said={asked.said} onRetry={asked.reload} />
				) : (
					<Skeleton />
				)
			) : open.length === 0 ? (
				<Empty icon={ClipboardCheck} title={followUps.empty}>
					{followUps.emptyHint}
				</Empty>
			) : (
				groups.map(([title, rows]) =>
					rows.length === 0 ? null : (
						<section key={title} class="listGroup">
							<h2>{title}</h2>
							<ul class="listCards">
								{rows.map((one) => (
									<Line key={one.id} one={one} onDone={asked.reload} />
								))}
							</ul>
						</section>
					),
				)
			)}
			<More more={asked.more} busy={asked.loadingMore} />
		</Page>
	);
}
