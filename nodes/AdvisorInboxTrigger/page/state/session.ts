import { batch, computed, signal } from '@preact/signals';

import type { QueryAnswers } from '../../../shared/domain/inbox/requests';
import type { Permission } from '../../../shared/domain/inbox/permissions';
import type { SessionView } from '../../../shared/domain/inbox/views';
import { ask, carryToken, onLoggedOut, Refusal } from '../server/ask';
import type { Connection } from '../server/updates';

/** Who is logged in; kept when the session expires, so that the page behind the login stays as it is. */
export const session = signal<SessionView | undefined>(undefined);
/** `expired`: the login lies over the page. */
export const phase = signal<'loading' | 'login' | 'setPassword' | 'ready' | 'expired' | 'unreachable'>('loading');
export const connection = signal<Connection>('connecting');
export const counts = signal<QueryAnswers['counts'] | undefined>(undefined);
/** Grows whenever what is on the screen may be old: after a cut, after a login. */
export const freshness = signal(0);

export const myId = computed(() => session.value?.advisor.id ?? '');
export const may = (permission: Permission): boolean => session.value?.permissions.includes(permission) ?? false;

/** The session, from code that runs only when somebody is logged in. */
export function me(): SessionView {
	if (session.value === undefined) throw new Error('Nobody is logged in.');
	return session.value;
}

/** Asks who is logged in; the login shows when nobody is. */
export async function loadSession(): Promise<void> {
	try {
		const before = session.value?.advisor.id;
		const answer = await ask('session', {});
		// Somebody else logged in over the page: nothing of the one before may stay.
		if (before !== undefined && before !== answer.advisor.id) {
			sessionStorage.clear();
			location.reload();
			return;
		}
		carryToken(answer.csrfToken);
		batch(() => {
			session.value = answer;
			phase.value = 'ready';
			freshness.value += 1;
		});
	} catch (reason) {
		if (reason instanceof Refusal && reason.status === 401) return;
		if (session.value === undefined) phase.value = 'unreachable';
	}
}

onLoggedOut(() => {
	phase.value = session.value === undefined ? 'login' : 'expired';
});
