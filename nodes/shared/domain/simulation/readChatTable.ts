import { DateTime } from 'luxon';
import { z } from 'zod';

import type { ChatMessage, PastChat } from './chatMessage';
import { readNotes } from './exportNotes';

/** Which column of a table holds what. */
export interface ChatColumns {
	readonly chat: string;
	readonly at: string;
	readonly from: string;
	readonly text: string;
	readonly direction: string;
}

const CHAT_COLUMNS: ChatColumns = {
	chat: 'chat',
	at: 'at',
	from: 'from',
	text: 'text',
	direction: 'direction',
};

/** A row that cannot be a message, and why. */
export interface RefusedRow {
	readonly row: number;
	readonly reason: 'no_time' | 'no_chat';
}

export interface ReadTable {
	/** Each with the places of its rows. */
	readonly chats: ReadonlyArray<PastChat & { readonly rows: readonly number[] }>;
	readonly refused: readonly RefusedRow[];
}

const cell = z
	.union([z.string(), z.number(), z.boolean(), z.date()])
	.nullish()
	.transform((value) => (value instanceof Date ? value.toISOString() : String(value ?? '').trim()));

const INBOUND = /^(?:in|inbound|incoming|entrante|entrada|recibido|cliente|customer|contact|contacto|user)$/iu;
const OUTBOUND = /^(?:out|outbound|outgoing|saliente|salida|enviado|negocio|business|agent|agente|asesor|bot)$/iu;
/** Seconds since 1970 have ten digits until the year 2286, milliseconds thirteen. */
const SECONDS = /^\d{9,10}$/;
const MILLISECONDS = /^\d{12,13}$/;
const WRITTEN = ['yyyy-MM-dd HH:mm:ss', 'yyyy-MM-dd HH:mm', 'd/M/yyyy H:mm:ss', 'd/M/yyyy H:mm', 'd/M/yyyy, H:mm'];

/** A moment as tables hold it; without a zone it is a clock on the business's wall. */
function readMoment(written: string, zone: string): Date | undefined {
	if (SECONDS.test(written)) return new Date(Number(written) * 1000);
	if (MILLISECONDS.test(written)) return new Date(Number(written));
	const iso = DateTime.fromISO(written, { zone });
	if (iso.isValid) return iso.toJSDate();
	for (const format of WRITTEN) {
		const found = DateTime.fromFormat(written, format, { zone });
		if (found.isValid) return found.toJSDate();
	}
	return undefined;
}

function directionOf(written: string): 'in' | 'out' | undefined {
	if (INBOUND.test(written)) return 'in';
	return OUTBOUND.test(written) ? 'out' : undefined;
}

/**
 * Reads messages from rows (a spreadsheet, a database, another system's export): one row a message, grouped by chat, in the
 * order of their times. Never throws: a row without a time or a chat is refused and counted.
 */
export function readChatTable(
	rows: ReadonlyArray<Readonly<Record<string, unknown>>>,
	timeZone: string,
	columns: ChatColumns = CHAT_COLUMNS,
): ReadTable {
	const chats = new Map<string, { readonly messages: ChatMessage[]; readonly rows: number[] }>();
	const refused: RefusedRow[] = [];
	rows.forEach((values, row) => {
		const read = (column: string): string => cell.safeParse(values[column]).data ?? '';
		const at = readMoment(read(columns.at), timeZone);
		const direction = directionOf(read(columns.direction));
		const from = read(columns.from);
		// Without a chat's name the customer is the chat.
		const chat = read(columns.chat) || (direction === 'in' ? from : '');
		if (at === undefined || chat === '') {
			refused.push({ row, reason: at === undefined ? 'no_time' : 'no_chat' });
			return;
		}
		const { deleted, ...said } = readNotes(read(columns.text));
		const kind = deleted === true ? 'deleted' : 'message';
		const found = chats.get(chat) ?? { messages: [], rows: [] };
		chats.set(chat, found);
		found.rows.push(row);
		found.messages.push({ kind, at, from, ...said, ...(direction === undefined ? {} : { direction }) });
	});
	return {
		chats: [...chats].map(([title, { messages, rows }]) => ({
			title,
			rows,
			messages: messages.sort((one, other) => one.at.getTime() - other.at.getTime()),
		})),
		refused,
	};
}
