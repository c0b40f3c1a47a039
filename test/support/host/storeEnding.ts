import { DatabaseSync } from 'node:sqlite';

import { PATIENCE } from '../patience';
import type { PostgresServer } from './postgres';
import { eventually } from './waiting';

type Row = Readonly<Record<string, unknown>>;

/** Looks into the product's store from outside, while n8n works on it. */
export interface StoreReader {
	rows(statement: string): Promise<readonly Row[]>;
}

/** A store in a SQLite file. Each look opens the file anew, read only. */
export function sqliteReader(path: string): StoreReader {
	return {
		rows: async (statement) => {
			const database = new DatabaseSync(path, { readOnly: true });
			try {
				return database.prepare(statement).all() as Row[];
			} finally {
				database.close();
			}
		},
	};
}

/** A store in a database of a PostgreSQL server. */
export function postgresReader(server: PostgresServer, database: string): StoreReader {
	return { rows: (statement) => server.query(database, statement) };
}

/** What a person would call the state of the desk: without ids and times, so that two runs can be compared. */
export interface StoreEnding {
	readonly contacts: ReadonlyArray<{ name: unknown; identification: unknown; phone: unknown; registered: number }>;
	readonly conversations: ReadonlyArray<{
		mode: unknown;
		/** Oldest first. */
		received: ReadonlyArray<{ type: unknown; text: unknown; handled: unknown }>;
		/** In the order of queueing. */
		sent: ReadonlyArray<{ type: unknown; text: unknown; author: unknown; delivery: unknown }>;
	}>;
	readonly cases: ReadonlyArray<{
		number: unknown;
		type: unknown;
		area: unknown;
		status: unknown;
		attachments: readonly AttachmentEnding[];
	}>;
	readonly leads: ReadonlyArray<{
		name: unknown;
		phone: unknown;
		identification: unknown;
		requestType: unknown;
		caseNumber: unknown;
		attachments: readonly AttachmentEnding[];
	}>;
	/** Anything that is not finished, in words; empty when the desk is at rest. */
	readonly unfinished: readonly string[];
}

export interface AttachmentEnding {
	readonly type: unknown;
	readonly sha256: unknown;
	readonly state: unknown;
}

const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** Reads one workspace of the store. */
export async function readEnding(store: StoreReader, workspaceId: string): Promise<StoreEnding> {
	const ofWorkspace = `workspace_id = ${quoted(workspaceId)}`;
	const read = (columns: string, table: string, order: string): Promise<readonly Row[]> =>
		store.rows(`select ${columns} from ${table} where ${ofWorkspace} order by ${order}`);
	const [contacts, conversations, messages, cases, leads, links, ...queues] = await Promise.all([
		read('id, name, identification, phone, registered', 'contacts', 'phone, id'),
		read('id, mode', 'conversations', 'id'),
		read('id, conversation_id, direction, author, type, text, turn_state, delivery_status', 'messages', 'at, id'),
		read('id, number, type, area, status', 'cases', 'number'),
		read('id, name, phone, identification, request_type, case_id', 'leads', 'id'),
		store.rows(
			`select l.kind, l.target_id, a.type, a.sha256, a.state from attachment_links l
			join attachments a on a.id = l.attachment_id where a.${ofWorkspace} order by a.sha256, a.id`,
		),
		read("'journal' as queue, state, output as detail", 'journal', 'id'),
		read("'effects' as queue, state, output as detail", 'effects', 'id'),
		read("'outbox' as queue, state, message as detail", 'outbox', 'id'),
		read("'attachments' as queue, state, type as detail", 'attachments', 'id'),
	]);
	const resting: Record<string, readonly string[]> = {
		journal: ['done'],
		effects: ['done'],
		outbox: ['accepted', 'cancelled'],
		attachments: ['stored'],
	};
	const attachmentsOf = (id: unknown): AttachmentEnding[] =>
		links.filter((link) => link.target_id === id).map(({ type, sha256, state }) => ({ type, sha256, state }));
	return {
		contacts: contacts.map(({ name, identification, phone, registered }) => ({
			name,
			identification,
			phone,
			registered: Number(registered),
		})),
		conversations: conversations.map(({ id, mode }) => {
			const own = messages.filter((message) => message.conversation_id === id);
			return {
				mode,
				received: own
					.filter(({ direction }) => direction === 'in')
					.map(({ type, text, turn_state }) => ({ type, text, handled: turn_state })),
				sent: own
					.filter(({ direction }) => direction === 'out')
					.map(({ type, text, author, delivery_status }) => ({ type, text, author, delivery: delivery_status })),
			};
		}),
		cases: cases.map(({ id, number, type, area, status }) => ({
			number,
			type,
			area,
			status,
			attachments: attachmentsOf(id),
		})),
		leads: leads.map(({ id, name, phone, identification, request_type, case_id }) => ({
			name,
			phone,
			identification,
			requestType: request_type,
			caseNumber: cases.find((row) => row.id === case_id)?.number,
			attachments: attachmentsOf(id),
		})),
		unfinished: queues
			.flat()
			.filter(({ queue, state }) => !resting[String(queue)]?.includes(String(state)))
			.map(({ queue, state, detail }) => `${String(queue)} ${String(state)}: ${String(detail).slice(0, 80)}`),
	};
}

/** Waits until nothing is ready, claimed, queued or pending, and gives what the store then holds. */
export async function restingEnding(store: StoreReader, workspaceId: string, within = PATIENCE): Promise<StoreEnding> {
	return eventually(
		'the store to be at rest',
		async () => {
			const ending = await readEnding(store, workspaceId);
			if (ending.unfinished.length > 0) throw new Error(ending.unfinished.join('; '));
			return ending;
		},
		{ within, every: 250 },
	);
}
