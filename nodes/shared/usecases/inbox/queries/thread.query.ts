import type { MessageView } from '../../../domain/inbox/views';
import type { NotesTable } from '../../../store/schema';
import type { AuditRow } from '../../../store/repositories/auditLog';
import type { InboxConversationRow } from '../../../store/repositories/inboxConversations';
import type { MessageRow } from '../../../store/repositories/messages';
import { threadEvents, threadMessages, threadNotes, type ThreadPage } from '../../../store/repositories/thread';
import type { Store } from '../../../store/store';
import { actorName, flatWords } from '../auditViews';
import { cursorOf, pageOf, readCursor } from '../cursors';
import { messageViews, NOT_IN_THREAD } from '../messageViews';
import { commandOf } from '../requestOf';
import { teamNames } from '../teamNames';
import { seenNow } from '../access';
import type { AnswerOf } from './query';

type Line =
	| { readonly kind: 'message'; readonly at: number; readonly id: string; readonly row: MessageRow }
	| { readonly kind: 'note'; readonly at: number; readonly id: string; readonly row: NotesTable }
	| { readonly kind: 'event'; readonly at: number; readonly id: string; readonly row: AuditRow };

const newestFirst = (one: Line, other: Line): number => other.at - one.at || (one.id < other.id ? 1 : -1);

async function linesOf(store: Store, conversation: InboxConversationRow, page: ThreadPage): Promise<Line[]> {
	const { db, workspaceId } = store;
	const messages = await threadMessages(db, workspaceId, conversation.id, NOT_IN_THREAD, page);
	const notes = await threadNotes(db, workspaceId, conversation.id, page);
	const events = await threadEvents(db, workspaceId, conversation, page);
	return [
		...messages.map((row): Line => ({ kind: 'message', at: row.at, id: row.id, row })),
		...notes.map((row): Line => ({ kind: 'note', at: row.at, id: row.id, row })),
		...events.map((row): Line => ({ kind: 'event', at: row.at, id: row.id, row })),
	]
		.sort(newestFirst)
		.slice(0, page.limit);
}

async function viewsOf(store: Store, lines: readonly Line[]): Promise<ReadonlyMap<string, MessageView>> {
	const person = await teamNames(store.db, store.workspaceId);
	const messages = await messageViews(
		store.db,
		store,
		lines.flatMap((line) => (line.kind === 'message' ? [line.row] : [])),
	);
	const views = new Map(messages.map((view) => [view.id, view]));
	for (const line of lines) {
		const at = new Date(line.at).toISOString();
		if (line.kind === 'note') {
			const advisor = person(line.row.advisor_id);
			const requestId = commandOf(line.row);
			views.set(line.id, {
				id: line.id,
				kind: 'note',
				author: 'advisor',
				...(advisor === undefined ? {} : { advisor }),
				...(requestId === undefined ? {} : { requestId }),
				type: 'text',
				text: line.row.text,
				at,
			});
		}
		if (line.kind === 'event') {
			views.set(line.id, {
				id: line.id,
				kind: 'event',
				author: 'system',
				type: 'event',
				at,
				event: {
					action: line.row.action,
					actor: actorName(line.row.actor, person),
					values: flatWords(line.row.payload),
				},
			});
		}
	}
	return views;
}

/** A change of a row that is older than this has long been seen by a page that is open. */
const RECENT_CHANGE = 15 * 60_000;

/** The thread, newest first: messages, the team's notes, and what happened between them. */
export const thread: AnswerOf<'thread'> = async ({ store, viewer }, input) => {
	// Counted before the rows are read: whatever is counted is among them.
	const conversation = await seenNow(store, viewer, input.conversationId);
	const { inbound_count: inboundCount } = conversation;
	const before = input.after === undefined ? readCursor(input.before) : undefined;
	const lines = await linesOf(store, conversation, { before, limit: input.limit + 1 });
	const views = await viewsOf(store, lines.slice(0, input.limit));
	const keyOf = ({ at, id }: Line) => ({ at, id });
	if (input.after === undefined) {
		const page = pageOf(lines, input.limit, keyOf, ({ id }) => views.get(id));
		return { ...page, rows: page.rows.flatMap((view) => view ?? []), inboundCount };
	}
	// `after` is the newest row that the page has; without it on the newest page there is a gap to be filled from here.
	const known = lines.slice(0, input.limit).findIndex(({ id }) => id === input.after);
	const since = store.now() - RECENT_CHANGE;
	const news = lines
		.slice(0, input.limit)
		.filter((line, place) => known < 0 || place < known || (line.kind === 'message' && line.row.changed_at >= since));
	const last = lines[input.limit - 1];
	return {
		rows: news.flatMap(({ id }) => views.get(id) ?? []),
		inboundCount,
		...(known < 0 && last !== undefined ? { nextCursor: cursorOf(last.at, last.id) } : {}),
	};
};
