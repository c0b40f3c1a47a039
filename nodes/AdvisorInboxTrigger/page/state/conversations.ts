import { computed, effect, signal } from '@preact/signals';

import type { InboxUpdate } from '../../../shared/domain/inbox/requests';
import type { ConversationSummary } from '../../../shared/domain/inbox/views';
import { ask, type QueryRequest } from '../server/ask';
import { inWords, type Said } from './notices';
import { freshness, myId, phase } from './session';

export type ListName = NonNullable<QueryRequest<'conversations'>['list']>;
export type ListFilter = Pick<QueryRequest<'conversations'>, 'mode' | 'unread' | 'tag' | 'advisorId' | 'channelId'>;

interface LoadedList {
	readonly state: 'loading' | 'ready' | 'failed';
	readonly ids: readonly string[];
	readonly nextCursor?: string;
	readonly loadingMore: boolean;
	readonly said?: Said;
}

export const LISTS = ['mine', 'unassigned', 'all', 'incomplete', 'trouble'] as const satisfies readonly ListName[];

export const listName = signal<ListName>('mine');
export const listFilter = signal<ListFilter>({});
/** What is typed; asked for a moment after the last key. */
export const searchText = signal('');
const askedSearch = signal('');

const known = signal<ReadonlyMap<string, ConversationSummary>>(new Map());
export const list = signal<LoadedList>({ state: 'loading', ids: [], loadingMore: false });

export const rows = computed(() =>
	list.value.ids.flatMap((id) => {
		const found = known.value.get(id);
		return found ? [found] : [];
	}),
);
export const summaryOf = (id: string): ConversationSummary | undefined => known.value.get(id);
export const isFiltered = computed(
	() =>
		askedSearch.value !== '' || Object.values(listFilter.value).some((value) => value !== undefined && value !== false),
);
export const activeSearch = computed(() => askedSearch.value);

const SEARCH_PAUSE_MS = 220;
let searchTimer: number | undefined;

/** Searches as one types. */
export function search(text: string): void {
	searchText.value = text;
	window.clearTimeout(searchTimer);
	if (text.trim() === '') {
		askedSearch.value = '';
		return;
	}
	searchTimer = window.setTimeout(() => {
		askedSearch.value = text.trim();
	}, SEARCH_PAUSE_MS);
}

/** Keeps what is newer of each. */
export function remember(summaries: readonly ConversationSummary[]): void {
	const next = new Map(known.value);
	for (const summary of summaries) {
		const before = next.get(summary.id);
		if (before === undefined || before.revision <= summary.revision) next.set(summary.id, summary);
	}
	known.value = next;
}

type ListUpdate = Extract<InboxUpdate, { kind: 'conversation' | 'conversationGone' }>;

let asking: AbortController | undefined;
/** What is told while pages are on their way: a page may have been read before it happened. */
const toldMeanwhile = new Set<ListUpdate[]>();

const request = (cursor?: string): QueryRequest<'conversations'> => ({
	list: listName.value,
	...listFilter.value,
	...(askedSearch.value === '' ? {} : { search: askedSearch.value }),
	...(cursor === undefined ? {} : { cursor }),
});

/** Most rows that the desk gives at once. */
const LARGEST_PAGE = 200;
/** Rows that are read anew after a cut; further down one goes on from there. */
const MOST_KEPT = 1000;

type ListPage = Awaited<ReturnType<typeof ask<'conversations'>>>;

/** The list from its top down to where somebody had come. */
async function pagesDownTo(rows: number, signal: AbortSignal): Promise<ListPage> {
	let page = await ask('conversations', request(), signal);
	const found = [...page.rows];
	while (found.length < Math.min(rows, MOST_KEPT) && page.nextCursor !== undefined) {
		page = await ask('conversations', { ...request(page.nextCursor), limit: LARGEST_PAGE }, signal);
		found.push(...page.rows);
	}
	return { rows: found, nextCursor: page.nextCursor };
}

/** Puts what was told since the pages were asked for on the list that they made. */
function catchUpWith(told: ListUpdate[]): void {
	toldMeanwhile.delete(told);
	for (const update of told) apply(update);
}

/** Asks for the list. What is on the screen stays until the answer is there, unless another list is wanted. */
async function loadFirst(keep: boolean): Promise<void> {
	asking?.abort();
	const mine = new AbortController();
	asking = mine;
	const told: ListUpdate[] = [];
	toldMeanwhile.add(told);
	if (!keep) list.value = { state: 'loading', ids: [], loadingMore: false };
	try {
		const page = await pagesDownTo(list.value.ids.length, mine.signal);
		// Its answer was there already when another list was wanted: that one is on its way, with what is told meanwhile.
		if (mine.signal.aborted) return;
		remember(page.rows);
		list.value = {
			state: 'ready',
			ids: [...new Set(page.rows.map(({ id }) => id))],
			nextCursor: page.nextCursor,
			loadingMore: false,
		};
		catchUpWith(told);
	} catch (reason) {
		if (mine.signal.aborted) return;
		list.value =
			list.value.state === 'ready'
				? { ...list.value, loadingMore: false }
				: { state: 'failed', ids: [], loadingMore: false, said: inWords(reason) };
	} finally {
		toldMeanwhile.delete(told);
	}
}

export const reloadList = (): Promise<void> => loadFirst(false);

/** The next page, when the end comes near. */
export async function loadMore(): Promise<void> {
	const { nextCursor, loadingMore, state } = list.value;
	if (nextCursor === undefined || loadingMore || state !== 'ready') return;
	list.value = { ...list.value, loadingMore: true };
	const mine = asking;
	const told: ListUpdate[] = [];
	toldMeanwhile.add(told);
	try {
		const page = await ask('conversations', request(nextCursor), mine?.signal);
		// The list was read anew meanwhile and goes on from another place, or another list is wanted.
		if (mine?.signal.aborted || list.value.nextCursor !== nextCursor) return;
		remember(page.rows);
		list.value = {
			state: 'ready',
			ids: [...new Set([...list.value.ids, ...page.rows.map(({ id }) => id)])],
			nextCursor: page.nextCursor,
			loadingMore: false,
		};
		catchUpWith(told);
	} catch (reason) {
		if (mine?.signal.aborted) return;
		list.value = { ...list.value, loadingMore: false, said: inWords(reason) };
	} finally {
		toldMeanwhile.delete(told);
	}
}

let shown = '';

/** Loads the list that is asked for, and again when what is on the screen may be old. */
export function followList(): () => void {
	return effect(() => {
		const wanted = JSON.stringify(request());
		void freshness.value;
		if (phase.value !== 'ready') return;
		const keep = wanted === shown;
		shown = wanted;
		// The state that loading reads is no reason to load again.
		queueMicrotask(() => void loadFirst(keep));
	});
}

const listTests: Readonly<Record<ListName, (row: ConversationSummary) => boolean>> = {
	mine: (row) => row.owner?.id === myId.value && row.mode !== 'closed',
	unassigned: (row) => row.owner === undefined && (row.mode === 'waiting' || row.mode === 'human'),
	all: () => true,
	incomplete: (row) => row.incomplete,
	trouble: (row) => row.trouble,
};

function belongs(row: ConversationSummary): boolean {
	const { mode, unread, tag, advisorId, channelId } = listFilter.value;
	return (
		listTests[listName.value](row) &&
		(mode === undefined || row.mode === mode) &&
		(!unread || row.unread > 0) &&
		(tag === undefined || row.tags.includes(tag)) &&
		(advisorId === undefined || row.owner?.id === advisorId) &&
		(channelId === undefined || row.channel.id === channelId)
	);
}

const lastAt = (row: ConversationSummary): string => row.lastMessage?.at ?? '';

/** Puts a conversation that changed where it belongs now. */
export function apply(update: ListUpdate): void {
	for (const told of toldMeanwhile) told.push(update);
	if (update.kind === 'conversationGone') {
		const next = new Map(known.value);
		next.delete(update.conversationId);
		known.value = next;
		list.value = { ...list.value, ids: list.value.ids.filter((id) => id !== update.conversationId) };
		return;
	}
	const { conversation } = update;
	const before = known.value.get(conversation.id);
	if (before !== undefined && before.revision > conversation.revision) return;
	remember([conversation]);
	// What a search found is the desk's to say: a row changes where it is, none comes or goes.
	if (list.value.state !== 'ready' || askedSearch.value !== '') return;
	const others = list.value.ids.filter((id) => id !== conversation.id);
	if (!belongs(conversation)) {
		list.value = { ...list.value, ids: others };
		return;
	}
	const position = others.findIndex((id) => lastAt(known.value.get(id) ?? conversation) <= lastAt(conversation));
	// Older than what is loaded: it comes with its page.
	if (position === -1 && list.value.nextCursor !== undefined) {
		list.value = { ...list.value, ids: others };
		return;
	}
	const at = position === -1 ? others.length : position;
	list.value = { ...list.value, ids: [...others.slice(0, at), conversation.id, ...others.slice(at)] };
}
