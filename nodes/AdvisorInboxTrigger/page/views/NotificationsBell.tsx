import { Bell, BellOff } from 'lucide';

import { Button } from '../pieces/Button';
import { useCommand } from '../pieces/commanded';
import { usePages } from '../pieces/asked';
import { Popover } from '../pieces/Popover';
import { Empty, Failed, Skeleton } from '../pieces/states';
import { shortTime } from '../format';
import { now } from '../state/clock';
import { go } from '../state/route';
import { counts } from '../state/session';
import { words } from '../words/words';

function List({ close }: { close: () => void }) {
	const { bell, actions } = words.value;
	const asked = usePages('notifications', { limit: 30 });
	const { give, busy } = useCommand();
	const read = async (notificationIds: string[]): Promise<void> => {
		const done = await give('readNotifications', notificationIds.length > 0 ? { notificationIds } : { all: true });
		if (done !== undefined) asked.reload();
	};
	return (
		<div class="bellList">
			<header>
				<h2>{bell.title}</h2>
				<Button small look="quiet" busy={busy} onClick={() => void read([])}>
					{bell.readAll}
				</Button>
			</header>
			{asked.rows === undefined ? (
				asked.said ? (
					<Failed said={asked.said} onRetry={asked.reload} />
				) : (
					<Skeleton rows={3} />
				)
			) : asked.rows.length === 0 ? (
				<Empty icon={BellOff} title={bell.empty} />
			) : (
				<ul>
					{asked.rows.map((row) => (
						<li key={row.id} class={row.read ? '' : 'unread'}>
							<button
								type="button"
								onClick={() => {
									if (!row.read) void read([row.id]);
									close();
									if (row.conversationId !== undefined) go('conversations', row.conversationId);
								}}
							>
								<span class="bellText">{row.text}</span>
								<span class="bellAbout">
									{row.contactName ? <span>{row.contactName}</span> : null}
									<time dateTime={row.at}>{shortTime(row.at, now.value)}</time>
								</span>
							</button>
						</li>
					))}
				</ul>
			)}
			{asked.more ? (
				<Button small look="quiet" busy={asked.loadingMore} onClick={asked.more}>
					{actions.loadMore}
				</Button>
			) : null}
		</div>
	);
}

/** What concerns this advisor, a click away. */
export function NotificationsBell() {
	const unread = counts.value?.notifications ?? 0;
	const { bell, list } = words.value;
	return (
		<Popover
			icon={Bell}
			name={unread > 0 ? `${bell.title}: ${list.unread(unread)}` : bell.title}
			side="right"
			badge={
				unread > 0 ? (
					<b class="count" aria-hidden="true">
						{unread > 99 ? '99+' : unread}
					</b>
				) : null
			}
		>
			{(close) => <List close={close} />}
		</Popover>
	);
}
