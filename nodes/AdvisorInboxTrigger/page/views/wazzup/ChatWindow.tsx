import { MessageCircleOff } from 'lucide';
import { useEffect, useRef, useState } from 'preact/hooks';

import { CHAT_TYPES } from '../../../../shared/domain/wazzup/chatTypes';
import { useCommand } from '../../pieces/commanded';
import { Empty, Failed, Skeleton } from '../../pieces/states';
import { useWindowEvent } from '../../pieces/windowEvent';
import { ask, Refusal } from '../../server/ask';
import { inWords, notify, notifyTrouble, type Said } from '../../state/notices';
import { panelShown } from '../../state/panes';
import { go } from '../../state/route';
import { phase } from '../../state/session';
import { words } from '../../words/words';
import { readWindowMessage, type WindowMessage } from './windowMessage';

type Shown =
	| { readonly state: 'loading' }
	| { readonly state: 'empty' }
	| { readonly state: 'failed'; readonly said: Said }
	| { readonly state: 'ready'; readonly url: string; readonly origin: string };

/** No wider than Wazzup's window needs; its scripts stay in its own origin. */
const SANDBOX =
	'allow-scripts allow-same-origin allow-forms allow-popups allow-popups-to-escape-sandbox allow-downloads allow-modals';

function troubleOf(reason: unknown): Shown {
	const { wazzup } = words.value;
	if (reason instanceof Refusal && reason.status === 409) return { state: 'empty' };
	if (reason instanceof Refusal && reason.status === 503) {
		return { state: 'failed', said: { text: wazzup.away, detail: wazzup.awayHint } };
	}
	return { state: 'failed', said: inWords(reason) };
}

/** The lead of a chat, or the conversation of a deal, once the desk knows it. */
function showConversation(conversationId: string): void {
	go('conversations', conversationId);
	panelShown.value = true;
}

/**
 * Wazzup's chats in a frame: all of them, or those of one customer. The address is asked for when the window opens and kept
 * by nobody; what the window says counts only when this very frame says it from the origin that the desk named.
 */
export function ChatWindow({
	conversationId,
	onOpened,
}: {
	conversationId?: string;
	/** Something of this window is shown elsewhere on the page now. */
	onOpened?: () => void;
}) {
	const { wazzup } = words.value;
	const frame = useRef<HTMLIFrameElement>(null);
	const [shown, setShown] = useState<Shown>({ state: 'loading' });
	const [isThere, setThere] = useState(false);
	const [round, setRound] = useState(0);
	const { give } = useCommand();
	const busy = useRef(false);
	const isLoggedIn = phase.value === 'ready';

	useEffect(() => {
		setShown({ state: 'loading' });
		// Behind the login nothing of a customer stays open.
		if (!isLoggedIn) return undefined;
		const asking = new AbortController();
		setThere(false);
		ask('chatWindow', { conversationId }, asking.signal).then(
			({ url, origin }) => {
				// A window of our own origin would be the page itself.
				setShown(origin === location.origin ? troubleOf(undefined) : { state: 'ready', url, origin });
			},
			(reason: unknown) => {
				if (!asking.signal.aborted) setShown(troubleOf(reason));
			},
		);
		return () => asking.abort();
	}, [conversationId, round, isLoggedIn]);

	async function createLead(chatType: string, chatId: string): Promise<void> {
		const known = CHAT_TYPES.find((name) => name === chatType);
		if (known === undefined) return;
		const done = await give('createLeadOfChat', { chatType: known, chatId });
		if (done === undefined) return;
		const { action, conversationId: place } = done.answer as { action: string; conversationId?: string };
		notify('done', action === 'created' ? wazzup.created : wazzup.opened, place === undefined ? wazzup.noThread : '');
		if (place === undefined) return;
		showConversation(place);
		onOpened?.();
	}

	async function openDeal(dealId: string): Promise<void> {
		try {
			showConversation((await ask('dealConversation', { dealId })).conversationId);
			onOpened?.();
		} catch (reason) {
			notifyTrouble(reason);
		}
	}

	/** One thing after the other: who presses twice means once. */
	async function follow(message: WindowMessage): Promise<void> {
		if (busy.current) return;
		busy.current = true;
		try {
			await (message.kind === 'create' ? createLead(message.chatType, message.chatId) : openDeal(message.dealId));
		} finally {
			busy.current = false;
		}
	}

	const origin = shown.state === 'ready' ? shown.origin : undefined;
	useWindowEvent(
		'message',
		(event: MessageEvent<unknown>) => {
			if (event.origin !== origin || event.source === null || event.source !== frame.current?.contentWindow) return;
			const message = readWindowMessage(event.data);
			if (message !== undefined) void follow(message);
		},
		[origin],
	);

	const again = (): void => setRound((before) => before + 1);
	if (shown.state === 'empty') {
		return (
			<Empty icon={MessageCircleOff} title={wazzup.noChat}>
				{wazzup.noChatHint}
			</Empty>
		);
	}
	if (shown.state === 'failed') return <Failed said={shown.said} onRetry={again} />;
	return (
		<div class="chatWindow" aria-busy={!isThere}>
			{isThere ? null : (
				<div class="chatWindowWait" role="status">
					<Skeleton look="bubble" rows={6} />
					<span class="unseen">{wazzup.loading}</span>
				</div>
			)}
			{shown.state === 'ready' ? (
				<iframe
					key={shown.url}
					ref={frame}
					src={shown.url}
					title={wazzup.title}
					sandbox={SANDBOX}
					allow="microphone *; clipboard-write *"
					referrerpolicy="no-referrer"
					onLoad={() => setThere(true)}
				/>
			) : null}
		</div>
	);
}
