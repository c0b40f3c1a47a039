import { signal } from '@preact/signals';

import { NoConnection, Refusal } from '../server/ask';
import { whyNot } from '../words/failures/words';
import { refusedInWords } from '../words/refusals/words';
import { language, words } from '../words/words';

export interface Notice {
	readonly id: number;
	readonly kind: 'done' | 'trouble';
	readonly text: string;
	readonly detail?: string;
}

export const notices = signal<readonly Notice[]>([]);
let last = 0;

const SHOWN_MS = { done: 4000, trouble: 9000 } as const;

export function dismiss(id: number): void {
	notices.value = notices.value.filter((notice) => notice.id !== id);
}

export function notify(kind: Notice['kind'], text: string, detail?: string): void {
	last += 1;
	const id = last;
	notices.value = [...notices.value.slice(-2), { id, kind, text, ...(detail ? { detail } : {}) }];
	window.setTimeout(() => dismiss(id), SHOWN_MS[kind]);
}

export interface Said {
	readonly text: string;
	readonly detail?: string;
	readonly field?: string;
}

/** What went wrong, in words. */
export function inWords(reason: unknown): Said {
	const { refusals } = words.value;
	if (reason instanceof NoConnection) return { text: refusals.noConnection, detail: refusals.noConnectionHint };
	if (!(reason instanceof Refusal)) return { text: refusals.unknown, detail: refusals.unknownHint };
	const standard: Readonly<Record<number, string>> = {
		401: refusals.loggedOut,
		403: refusals.notAllowed,
		404: refusals.notFound,
		409: refusals.changed,
		413: refusals.tooLarge,
		422: refusals.invalid,
		429: refusals.tooMany(reason.retryAfterSeconds ?? 60),
		503: refusals.busy,
	};
	const said = (reason.reason && refusedInWords(reason.reason)) ?? (reason.failure && whyNot(reason.failure));
	if (said) return { ...said, ...(reason.field ? { field: reason.field } : {}) };
	return {
		...inDeskWords(reason, standard[reason.status] ?? refusals.unknown),
		...(reason.field ? { field: reason.field } : {}),
	};
}

/** What the desk says in English, to whoever reads it; to others it is quoted behind what can be said of any refusal. */
function inDeskWords({ message, description }: Refusal, standard: string): Pick<Said, 'text' | 'detail'> {
	if (message === '') return { text: standard };
	if (language.value === 'en') return { text: message, ...(description ? { detail: description } : {}) };
	return { text: standard, detail: `«${[message.replace(/\.?$/, '.'), description].filter(Boolean).join(' ')}»` };
}

/** Says what went wrong. An expired session says so itself. */
export function notifyTrouble(reason: unknown): void {
	if (reason instanceof Refusal && reason.status === 401) return;
	const { text, detail } = inWords(reason);
	notify('trouble', text, detail);
}
