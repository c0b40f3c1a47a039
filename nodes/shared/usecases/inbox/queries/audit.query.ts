import { listAudit, type AuditRow } from '../../../store/repositories/auditLog';
import { contactsById } from '../../../store/repositories/inboxLookups';
import type { Store } from '../../../store/store';
import { seenNow } from '../access';
import { auditLineView } from '../auditViews';
import { cursorOf, pageOf, readCursor } from '../cursors';
import { teamNames } from '../teamNames';
import { assertMay } from '../viewer';
import type { AnswerOf } from './query';

/** Lines that one search reads before it answers with what it has; the page goes on from there. */
const READ_AT_ONCE = 5_000;
const PAGE = 500;

type Asked = Parameters<typeof listAudit>[2];

const folded = (text: string): string => text.toLowerCase().normalize('NFD').replace(/\p{M}/gu, '');

interface Found {
	readonly rows: readonly AuditRow[];
	/** Where the search stopped, when it did before the end. */
	readonly stoppedAt?: AuditRow;
}

async function search(store: Store, asked: Asked, words: string): Promise<Found> {
	const wanted = folded(words).split(/\s+/);
	const found: AuditRow[] = [];
	let last = asked.before;
	for (let read = 0; read < READ_AT_ONCE; read += PAGE) {
		const rows = await listAudit(store.db, store.workspaceId, { ...asked, before: last, limit: PAGE });
		for (const row of rows) {
			const told = folded(`${row.actor} ${row.action} ${row.payload ?? ''}`);
			if (wanted.every((word) => told.includes(word))) found.push(row);
			if (found.length >= asked.limit) return { rows: found };
		}
		const end = rows.at(-1);
		if (end === undefined || rows.length < PAGE) return { rows: found };
		last = end;
		if (read + PAGE >= READ_AT_ONCE) return { rows: found, stoppedAt: end };
	}
	return { rows: found };
}

/** The bitácora: of one conversation for whoever sees it, of everything for those who may. */
export const audit: AnswerOf<'audit'> = async ({ store, viewer }, input) => {
	const conversation =
		input.conversationId === undefined ? undefined : await seenNow(store, viewer, input.conversationId);
	if (conversation === undefined) assertMay(viewer, 'seeAudit');
	const before = readCursor(input.cursor);
	const asked: Asked = {
		...(before === undefined ? {} : { before }),
		limit: input.limit + 1,
		chain: conversation?.contact_id,
		actor: input.actor,
		action: input.action,
		from: input.from === undefined ? undefined : Date.parse(input.from),
		to: input.to === undefined ? undefined : Date.parse(input.to),
	};
	const found: Found =
		input.search === undefined || input.search === ''
			? { rows: await listAudit(store.db, store.workspaceId, asked) }
			: await search(store, asked, input.search);
	const person = await teamNames(store.db, store.workspaceId);
	const contacts = await contactsById(
		store.db,
		store.workspaceId,
		found.rows.map(({ chain }) => chain),
	);
	const page = pageOf(
		found.rows,
		input.limit,
		({ at, id }) => ({ at, id }),
		(row) => auditLineView(row, person, contacts.get(row.chain)),
	);
	if (page.nextCursor !== undefined || found.stoppedAt === undefined) return page;
	return { ...page, nextCursor: cursorOf(found.stoppedAt.at, found.stoppedAt.id) };
};
