import { MessagesSquare } from 'lucide';
import { useEffect } from 'preact/hooks';

import { Empty } from '../pieces/states';
import { useWindowEvent } from '../pieces/windowEvent';
import { rows } from '../state/conversations';
import { keepDraft } from '../state/drafts';
import { hasRoomForPanel, panelShown, wish } from '../state/panes';
import { go, route } from '../state/route';
import { words } from '../words/words';
import { ConversationList } from './ConversationList';
import { SidePanel } from './SidePanel';
import { ThreadView } from './thread/ThreadView';

const isTyping = (target: EventTarget | null): boolean =>
	target instanceof HTMLElement && /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName);

function step(by: 1 | -1): void {
	const ids = rows.value.map(({ id }) => id);
	const at = ids.indexOf(route.value.id ?? '');
	const next = at === -1 ? (by === 1 ? 0 : ids.length - 1) : Math.min(ids.length - 1, Math.max(0, at + by));
	const id = ids[next];
	if (id === undefined) return;
	go('conversations', id);
	document.getElementById(`row-${id}`)?.scrollIntoView({ block: 'nearest' });
}

function onKey(event: KeyboardEvent): void {
	if (isTyping(event.target) || event.ctrlKey || event.metaKey || event.altKey) return;
	if (document.querySelector('dialog[open]')) return;
	const does: Readonly<Record<string, () => void>> = {
		ArrowDown: () => step(1),
		ArrowUp: () => step(-1),
		'/': () => document.getElementById('search')?.focus(),
		i: () => {
			panelShown.value = !panelShown.value;
		},
	};
	const wishes = { r: 'reply', n: 'note', t: 'takeOver', l: 'lead' } as const;
	const wished = wishes[event.key as keyof typeof wishes];
	if (wished !== undefined && route.value.id !== undefined) {
		event.preventDefault();
		wish.value = { what: wished, at: event.timeStamp };
		// At once, for who types on without waiting for the page.
		if (wished === 'reply' || wished === 'note') {
			keepDraft(route.value.id, { note: wished === 'note' });
			document.getElementById('composer')?.focus();
		}
		return;
	}
	// The arrows scroll the thread when that is where somebody is.
	if (event.target instanceof HTMLElement && event.target.closest('.rows') && event.key.startsWith('Arrow')) return;
	const action = does[event.key];
	if (action === undefined) return;
	event.preventDefault();
	action();
}

/** The desk's main place: who writes, what was said, who they are. */
export function ConversationsView() {
	const { id } = route.value;
	useWindowEvent('keydown', onKey, []);
	useEffect(() => {
		// On a phone the facts cover the thread: a conversation opens with the thread.
		if (!hasRoomForPanel()) panelShown.value = false;
	}, [id]);
	return (
		<div class={`panes${id === undefined ? '' : ' opened'}${panelShown.value && id !== undefined ? ' withPanel' : ''}`}>
			<ConversationList />
			{id === undefined ? (
				<section class="thread none">
					<Empty icon={MessagesSquare} title={words.value.list.pick}>
						{words.value.list.pickHint}
					</Empty>
				</section>
			) : (
				<>
					<ThreadView key={id} conversationId={id} />
					{panelShown.value ? <SidePanel key={`panel-${id}`} conversationId={id} /> : null}
				</>
			)}
		</div>
	);
}
