import { signal, type Signal } from '@preact/signals';

import type { ConversationDetail, MessageView } from '../../../shared/domain/inbox/views';
import { ask } from '../server/ask';
import { remember } from './conversations';
import { inWords, type Said } from './notices';

/** The rows of one conversation that are loaded, oldest first, and the facts beside them. */
export interface OpenThread {
	readonly state: 'loading' | 'ready' | 'failed';
	/** Rows of an earlier visit show at once; only what the desk answered since this one began is before somebody's eyes. */
	readonly isCurrent: boolean;
	readonly rows: readonly MessageView[];
	readonly olderCursor?: string;
	readonly loadingOlder: boolean;
	readonly said?: Said;
	readonly detail?: ConversationDetail;
	/** First row that was not read when this visit began. */
	readonly firstNew?: string;
	/** The latest question that was answered. */
	readonly answered: number;
	/** How many messages of the customer there were by then. */
	readonly inboundCount: number;
}

const EMPTY: OpenThread = {
	state: 'loading',
	isCurrent: false,
	rows: [],
	loadingOlder: false,
	answered: 0,
	inboundCount: 0,
};
/** Conversations whose rows are kept when one goes back and forth. */
const KEPT = 12;

const threads = new Map<string, Signal<OpenThread>>();

export function threadOf(conversationId: string): Signal<OpenThread> {
	const found = threads.get(conversationId) ?? signal(EMPTY);
	threads.delete(conversationId);
	threads.set(conversationId, found);
	const oldest = threads.keys().next().value;
	if (threads.size > KEPT && oldest !== undefined) threads.delete(oldest);
	return found;
}

const inOrder = (one: MessageView, other: MessageView): number =>
	one.at === other.at ? (one.id < other.id ? -1 : 1) : one.at < other.at ? -1 : 1;

function merged(rows: readonly MessageView[], news: readonly MessageView[]): MessageView[] {
	const byId = new Map(rows.map((row) => [row.id, row]));
	for (const row of news) byId.set(row.id, row);
	return [...byId.values()].sort(inOrder);
}

function firstUnread(rows: readonly MessageView[], unread: number): string | undefined {
	if (unread === 0) return undefined;
	const written = rows.filter(({ kind, direction }) => kind === 'message' && direction === 'in');
	return written[Math.max(0, written.length - unread)]?.id;
}

/** Most rows that the desk gives at once, and how many such pages are read to close a gap. */
const LARGEST_PAGE = 200;
const MOST_PAGES = 10;

type ThreadPage = Awaited<ReturnType<typeof ask<'thread'>>>;

/**
 * What was missed, from the newest page back to the rows that are there: whoever reads further up goes on where they were.
 * Answers only the newest page when so much was missed that nobody would read up to it.
 */
async function untilJoined(
	conversationId: string,
	newest: ThreadPage,
	known: readonly MessageView[],
): Promise<{ readonly rows: readonly MessageView[]; readonly joined: boolean }> {
	const have = new Set(known.map(({ id }) => id));
	const rows = [...newest.rows];
	let page = newest;
	for (let pages = 0; pages < MOST_PAGES; pages += 1) {
		if (page.rows.some(({ id }) => have.has(id))) return { rows, joined: true };
		if (page.nextCursor === undefined || have.size === 0) break;
		page = await ask('thread', { conversationId, before: page.nextCursor, limit: LARGEST_PAGE });
		rows.push(...page.rows);
	}
	return { rows: newest.rows, joined: false };
}

/**
 * Questions are numbered as they are asked. Whatever changes is asked for after it changed, so the answer to a later one is
 * newer: one that it overtook adds rows and takes nothing back.
 */
let asked = 0;

const nextQuestion = (): number => (asked += 1);

/** Somebody comes to a conversation: what is new since they left is marked, and read only once it is here. */
export function visit(conversationId: string): Promise<unknown> {
	const thread = threadOf(conversationId);
	thread.value = { ...thread.value, isCurrent: false, firstNew: undefined };
	return openThread(conversationId);
}

/**
 * Loads rows and facts of a conversation; what is loaded stays on the screen meanwhile.
 *
 * @returns why it could not be loaded
 */
export async function openThread(conversationId: string): Promise<unknown> {
	const thread = threadOf(conversationId);
	const question = nextQuestion();
	try {
		const [page, detail] = await Promise.all([
			ask('thread', { conversationId }),
			ask('conversation', { conversationId }),
		]);
		remember([detail.conversation]);
		const missed = await untilJoined(conversationId, page, thread.value.rows);
		const fresh = [...missed.rows].sort(inOrder);
		const before = thread.value;
		const { joined } = missed;
		if (before.answered > question) {
			if (joined) thread.value = { ...before, rows: merged(fresh, before.rows) };
			return undefined;
		}
		thread.value = {
			state: 'ready',
			answered: question,
			inboundCount: page.inboundCount,
			isCurrent: true,
			rows: joined ? merged(before.rows, fresh) : fresh,
			olderCursor: joined ? before.olderCursor : page.nextCursor,
			loadingOlder: false,
			detail,
			// Asked again meanwhile, it was read by then: the mark stays where it was.
			firstNew: firstUnread(fresh, detail.conversation.unread) ?? before.firstNew,
		};
		return undefined;
	} catch (reason) {
		if (thread.value.state !== 'ready') thread.value = { ...EMPTY, state: 'failed', said: inWords(reason) };
		return reason;
	}
}

/** Rows before the oldest one. */
export async function loadOlder(conversationId: string): Promise<void> {
	const thread = threadOf(conversationId);
	const { olderCursor, loadingOlder } = thread.value;
	if (olderCursor === undefined || loadingOlder) return;
	thread.value = { ...thread.value, loadingOlder: true };
	try {
		const page = await ask('thread', { conversationId, before: olderCursor });
		// So much was missed meanwhile that the rows begin elsewhere: these would leave a gap.
		if (thread.value.olderCursor !== olderCursor) return;
		thread.value = {
			...thread.value,
			rows: merged(thread.value.rows, page.rows),
			olderCursor: page.nextCursor,
			loadingOlder: false,
		};
	} catch (reason) {
		thread.value = { ...thread.value, loadingOlder: false, said: inWords(reason) };
	}
}

interface CatchingUp {
	readonly now: Promise<unknown>;
	next?: Promise<unknown>;
}

const catchingUp = new Map<string, CatchingUp>();

/**
 * What is new or changed since the last row. Several wishes at once are one more question at most.
 *
 * @returns why it could not be asked; nothing once the thread has all that had happened when it was called
 */
export function catchUp(conversationId: string): Promise<unknown> {
	const running = catchingUp.get(conversationId);
	if (running) return (running.next ??= running.now.then(() => catchUp(conversationId)));
	const now = askWhatIsNew(conversationId).finally(() => catchingUp.delete(conversationId));
	catchingUp.set(conversationId, { now });
	return now;
}

async function askWhatIsNew(conversationId: string): Promise<unknown> {
	const thread = threadOf(conversationId);
	const newest = thread.value.rows.at(-1);
	if (thread.value.state !== 'ready' || newest === undefined) return await openThread(conversationId);
	const question = nextQuestion();
	try {
		const [page, detail] = await Promise.all([
			ask('thread', { conversationId, after: newest.id }),
			ask('conversation', { conversationId }),
		]);
		remember([detail.conversation]);
		const before = thread.value;
		if (before.answered > question) {
			thread.value = { ...before, rows: merged(page.rows, before.rows) };
			return undefined;
		}
		const rows = merged(before.rows, page.rows);
		const { firstNew, isCurrent } = before;
		thread.value = {
			...before,
			answered: question,
			inboundCount: page.inboundCount,
			said: undefined,
			rows,
			detail,
			// A visit's first answer may be this one.
			isCurrent: true,
			firstNew: isCurrent ? firstNew : firstUnread(rows, detail.conversation.unread),
		};
		// More than one page came in the meantime: the newest page tells.
		return page.nextCursor === undefined ? undefined : await openThread(conversationId);
	} catch (reason) {
		thread.value = { ...thread.value, said: inWords(reason) };
		return reason;
	}
}

/** The mark of what is new goes once the advisor answers. */
export function forgetNew(conversationId: string): void {
	const thread = threadOf(conversationId);
	if (thread.value.firstNew !== undefined) thread.value = { ...thread.value, firstNew: undefined };
}
