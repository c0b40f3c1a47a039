import { computed, effect } from '@preact/signals';

import type { InboxUpdate } from '../../../shared/domain/inbox/requests';
import { ask } from '../server/ask';
import { hearUpdates } from '../server/updates';
import { words } from '../words/words';
import { apply, followList, summaryOf } from './conversations';
import { notifyNews } from './news';
import { changedNumber } from './numbers';
import { notifyTrouble } from './notices';
import { followConnection } from './outgoing';
import { route } from './route';
import { connection, counts, freshness, loadSession, me, phase, session } from './session';
import { catchUp, openThread, visit } from './thread';
import { unanswered } from './wazzup';

const shownConversation = computed(() => (route.value.view === 'conversations' ? route.value.id : undefined));

function hear(update: InboxUpdate): void {
	switch (update.kind) {
		case 'conversation': {
			const before = summaryOf(update.conversation.id);
			apply(update);
			if (update.conversation.id === shownConversation.value) void catchUp(update.conversation.id);
			notifyNews(before, update.conversation);
			return;
		}
		case 'conversationGone':
			apply(update);
			return;
		case 'counts':
			countsTold += 1;
			counts.value = update.counts;
			return;
		case 'notification':
			countsTold += 1;
			if (counts.value) counts.value = { ...counts.value, notifications: counts.value.notifications + 1 };
			return;
		case 'linkedNumber':
			changedNumber(update.linkedNumber);
			return;
		case 'unanswered':
			unanswered.value = update.count;
			return;
		case 'session':
			void loadSession();
			return;
		case 'loggedOut':
			phase.value = 'expired';
	}
}

/** How often the desk told of counts: an answer that was on its way then may be older. */
let countsTold = 0;

async function loadCounts(): Promise<void> {
	const told = countsTold;
	try {
		const answer = await ask('counts', {});
		if (told === countsTold) counts.value = answer;
		else await loadCounts();
	} catch (reason) {
		notifyTrouble(reason);
	}
}

/** From the login on: hears what happens, and asks again for what is on the screen after a cut. */
export function followDesk(): () => void {
	let stopHearing: (() => void) | undefined;
	let visited: string | undefined;
	const stops = [
		followList(),
		followConnection(),
		effect(() => {
			const ready = phase.value === 'ready';
			stopHearing?.();
			stopHearing = ready
				? hearUpdates(session.peek()?.updatesFrom ?? 0, hear, (state, again) => {
						connection.value = state;
						if (state === 'live' && again) freshness.value += 1;
					})
				: undefined;
		}),
		effect(() => {
			void freshness.value;
			if (phase.value === 'ready') queueMicrotask(() => void loadCounts());
		}),
		effect(() => {
			void freshness.value;
			const conversationId = shownConversation.value;
			if (phase.value !== 'ready') return;
			const load = conversationId === visited ? openThread : visit;
			visited = conversationId;
			// The state that loading reads is no reason to load again.
			if (conversationId !== undefined) queueMicrotask(() => void load(conversationId));
		}),
		effect(() => {
			const waiting = counts.value?.mine ?? 0;
			const business = phase.value === 'ready' ? me().business.name : '';
			document.title = `${waiting > 0 ? `(${waiting}) ` : ''}${words.value.title}${business ? ` · ${business}` : ''}`;
		}),
	];
	return () => {
		stopHearing?.();
		for (const stop of stops) stop();
	};
}
