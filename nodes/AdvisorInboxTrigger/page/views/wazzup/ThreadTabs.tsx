import { RotateCw } from 'lucide';
import { useRef } from 'preact/hooks';

import { IconButton } from '../../pieces/Button';
import { words } from '../../words/words';

const TABS = ['desk', 'wazzup'] as const;
export type ThreadTab = (typeof TABS)[number];

/** The customer's conversation here, or their chats in Wazzup's own window. */
export function ThreadTabs({
	shown,
	onShow,
	onAgain,
}: {
	shown: ThreadTab;
	onShow: (tab: ThreadTab) => void;
	/** Opens Wazzup's window anew. */
	onAgain: () => void;
}) {
	const { wazzup } = words.value;
	const place = useRef<HTMLDivElement>(null);
	return (
		<div class="threadTabs">
			<div
				class="tabs"
				role="tablist"
				aria-label={wazzup.tabs}
				ref={place}
				onKeyDown={(event) => {
					if (event.key !== 'ArrowRight' && event.key !== 'ArrowLeft') return;
					event.preventDefault();
					const next = shown === 'desk' ? 'wazzup' : 'desk';
					onShow(next);
					place.current?.querySelector<HTMLElement>(`#thread-tab-${next}`)?.focus();
				}}
			>
				{TABS.map((tab) => (
					<button
						key={tab}
						type="button"
						role="tab"
						id={`thread-tab-${tab}`}
						aria-selected={shown === tab}
						aria-controls="thread-shown"
						tabIndex={shown === tab ? 0 : -1}
						onClick={() => onShow(tab)}
					>
						{tab === 'desk' ? wazzup.deskTab : wazzup.windowTab}
					</button>
				))}
			</div>
			{shown === 'wazzup' ? <IconButton icon={RotateCw} size={16} name={wazzup.again} onClick={onAgain} /> : null}
		</div>
	);
}
