import { signal } from '@preact/signals';

import type { MessageView } from '../../../shared/domain/inbox/views';

/** What an advisor has begun to write in one conversation. */
export interface Draft {
	readonly text: string;
	readonly note: boolean;
	readonly quoted?: Pick<MessageView, 'id' | 'author' | 'text' | 'type'>;
}

const EMPTY: Draft = { text: '', note: false };
/** Kept for this tab only: a shared computer keeps nothing of it. */
const PLACE = 'inbox.drafts';

function stored(): Record<string, Draft> {
	try {
		return JSON.parse(sessionStorage.getItem(PLACE) ?? '{}') as Record<string, Draft>;
	} catch {
		// Nothing readable is no draft.
		return {};
	}
}

const drafts = signal<Readonly<Record<string, Draft>>>(stored());

export const draftOf = (conversationId: string): Draft => drafts.value[conversationId] ?? EMPTY;

export function keepDraft(conversationId: string, change: Partial<Draft>): void {
	const next = { ...draftOf(conversationId), ...change };
	const { [conversationId]: _before, ...others } = drafts.value;
	drafts.value =
		next.text === '' && next.quoted === undefined && !next.note ? others : { ...others, [conversationId]: next };
	sessionStorage.setItem(PLACE, JSON.stringify(drafts.value));
}
