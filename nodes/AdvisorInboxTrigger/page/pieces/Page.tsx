import type { ComponentChildren } from 'preact';

import { words } from '../words/words';
import { Button } from './Button';

/** A place of the desk besides the conversations: its name, what it is for, what one does there. */
export function Page({
	title,
	lead,
	actions,
	children,
}: {
	title: string;
	lead?: string;
	actions?: ComponentChildren;
	children: ComponentChildren;
}) {
	return (
		<div class="page">
			<header class="pageHead">
				<div>
					<h1>{title}</h1>
					{lead ? <p>{lead}</p> : null}
				</div>
				{actions ? <div class="pageActions">{actions}</div> : null}
			</header>
			{children}
		</div>
	);
}

/** The next rows of a list, when somebody wants them. */
export const More = ({ more, busy }: { more?: () => void; busy: boolean }) =>
	more ? (
		<div class="more">
			<Button busy={busy} onClick={more}>
				{words.value.actions.loadMore}
			</Button>
		</div>
	) : null;
