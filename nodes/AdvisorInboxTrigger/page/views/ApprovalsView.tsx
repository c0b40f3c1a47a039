import { BadgeCheck } from 'lucide';
import { useEffect, useRef } from 'preact/hooks';

import { usePages } from '../pieces/asked';
import { More, Page } from '../pieces/Page';
import { Empty, Failed, Skeleton } from '../pieces/states';
import { counts } from '../state/session';
import { words } from '../words/words';
import { ApprovalCard } from './ApprovalCard';

/** What waits for a person's yes or no, the first to expire first. */
export function ApprovalsView() {
	const { approvals } = words.value;
	const asked = usePages('approvals', {});
	const { reload } = asked;
	// Whoever may decide has their bell rung for each.
	const rung = counts.value?.notifications;
	const heardOf = useRef(rung);
	useEffect(() => {
		if (heardOf.current === rung) return;
		heardOf.current = rung;
		reload();
	}, [rung, reload]);
	return (
		<Page title={approvals.title} lead={approvals.lead}>
			{asked.rows === undefined ? (
				asked.said ? (
					<Failed said={asked.said} onRetry={asked.reload} />
				) : (
					<Skeleton />
				)
			) : asked.rows.length === 0 ? (
				<Empty icon={BadgeCheck} title={approvals.empty}>
					{approvals.emptyHint}
				</Empty>
			) : (
				<ul class="listCards">
					{asked.rows.map((one) => (
						<ApprovalCard key={one.id} one={one} named onDone={asked.reload} />
					))}
				</ul>
			)}
			<More more={asked.more} busy={asked.loadingMore} />
		</Page>
	);
}
