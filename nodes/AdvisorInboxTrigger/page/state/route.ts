import { signal } from '@preact/signals';

export const VIEWS = [
	'conversations',
	'wazzup',
	'contacts',
	'followUps',
	'approvals',
	'metrics',
	'problems',
	'audit',
	'numbers',
	'settings',
] as const;
export type ViewName = (typeof VIEWS)[number];
/** A place of its own; a contact's address only leads to their conversation. */
export type PlaceName = Exclude<ViewName, 'contacts'>;

export interface Route {
	readonly view: ViewName;
	/** The open conversation, the contact, or the part of the settings. */
	readonly id?: string;
}

function read(): Route {
	const [view, id] = location.hash.replace(/^#\/?/, '').split('/');
	const known = VIEWS.find((name) => name === view) ?? 'conversations';
	return { view: known, ...(id ? { id: decodeURIComponent(id) } : {}) };
}

export const route = signal<Route>(read());

window.addEventListener('hashchange', () => {
	route.value = read();
});

export const addressOf = (view: ViewName, id?: string): string =>
	`#/${view}${id === undefined ? '' : `/${encodeURIComponent(id)}`}`;

export function go(view: ViewName, id?: string): void {
	location.hash = addressOf(view, id);
	route.value = read();
}

/** The token of a login link, taken out of the address at once so that it stays in no history. */
export function takeLoginToken(): string | undefined {
	const found = /^#enlace=(.+)$/.exec(location.hash);
	if (!found) return undefined;
	history.replaceState(null, '', location.pathname);
	route.value = read();
	return decodeURIComponent(found[1]);
}
