import type { ChatMessage } from './chatMessage';
import {
	decideDateOrder,
	readDay,
	readLine,
	visible,
	type CalendarDay,
	type DateOrder,
	type ExportLine,
} from './exportLine';
import { isNamedNote, isUnnamedNote, readNotes } from './exportNotes';
import { WallClock } from '../conversation/wallClock';

export interface ExportHints {
	/** Of the phone that made the export: an export writes the clock on the wall and no zone. */
	readonly timeZone: string;
	/** Decides only where the file itself does not. */
	readonly dateOrder?: DateOrder;
}

export interface ParsedExport {
	readonly messages: readonly ChatMessage[];
	readonly dateOrder: DateOrder;
	/** Lines before the first entry: a file that is no export has nothing else. */
	readonly unreadLines: number;
}

interface Entry {
	readonly line: ExportLine;
	/** The line as it stands in the file. */
	readonly shown: string;
	/** WhatsApp marks what it says in somebody's name itself. */
	readonly marked: boolean;
	readonly more: string[];
}

const MARKED = /[\]:]\s?\u200e/;

/** Phones set to United States English alone write the month first; they also write AM and PM without dots. */
function usualOrder(lines: readonly ExportLine[]): DateOrder {
	const shortYears = lines.every(({ date }) => date[2].length === 2);
	const unpadded = lines.some(({ date }) => date[0].length === 1 || date[1].length === 1);
	return lines.length > 0 && shortYears && unpadded && lines.every(({ twelveHours }) => twelveHours)
		? 'month_first'
		: 'day_first';
}

/** Lines that begin an entry, each with the lines that go on with it. */
function entriesOf(text: string): { readonly entries: Entry[]; readonly unreadLines: number } {
	const entries: Entry[] = [];
	let unreadLines = 0;
	for (const written of text.split(/\r\n|\r|\n/)) {
		const shown = visible(written);
		const line = readLine(shown);
		if (line !== undefined) entries.push({ line, shown, marked: MARKED.test(written), more: [] });
		else if (entries.length > 0) entries.at(-1)?.more.push(shown);
		else if (shown.trim() !== '') unreadLines += 1;
	}
	return { entries, unreadLines };
}

/** An entry whose date does not exist is a line of the message before it that only looks like one. */
function withoutLookalikes(
	entries: readonly Entry[],
	order: DateOrder,
): { readonly dated: ReadonlyArray<Entry & { readonly day: CalendarDay }>; readonly unreadLines: number } {
	const dated: Array<Entry & { readonly day: CalendarDay }> = [];
	let unreadLines = 0;
	for (const entry of entries) {
		const day = readDay(entry.line.date, order);
		if (day !== undefined) dated.push({ ...entry, day });
		else if (dated.length > 0) dated.at(-1)?.more.push(entry.shown, ...entry.more);
		else unreadLines += 1 + entry.more.length;
	}
	return { dated, unreadLines };
}

/** "~ Carlos" is somebody who is not among the contacts of the phone. */
const authorName = (written: string): string =>
	written
		.replace(/^[~\s\u00a0\u202f]+/, '')
		.replace(/[\s\u00a0\u202f]+/g, ' ')
		.trim();

function messageOf({ line, more, marked }: Entry, at: Date): ChatMessage {
	const split = /^(.{1,120}?):(?:\s|$)/u.exec(line.rest);
	const author = split?.[1] ?? '';
	if (split === null || isUnnamedNote(line.rest, author))
		return { kind: 'system', at, from: '', text: [line.rest, ...more].join('\n').trimEnd() };
	const written = [line.rest.slice(split[0].length), ...more].join('\n').trimEnd();
	if (marked && isNamedNote(written)) return { kind: 'system', at, from: '', text: written };
	const { deleted, ...said } = readNotes(written);
	return { kind: deleted === true ? 'deleted' : 'message', at, from: authorName(author), ...said };
}

/**
 * Reads a chat that WhatsApp exported as text, from Android or iOS, in any of its usual languages. The order of the file is
 * kept and every line ends up in exactly one message. Never throws: what is no export gives no messages.
 */
export function parseChatExport(text: string, hints: ExportHints): ParsedExport {
	const { entries, unreadLines } = entriesOf(text);
	const lines = entries.map(({ line }) => line);
	const dateOrder = decideDateOrder(lines, hints.dateOrder ?? usualOrder(lines));
	const { dated, unreadLines: undated } = withoutLookalikes(entries, dateOrder);
	const clock = new WallClock(hints.timeZone);
	return {
		messages: dated.map((entry) => {
			const { hour, minute, second } = entry.line;
			return messageOf(entry, clock.at(entry.day, hour, minute, second));
		}),
		dateOrder,
		unreadLines: unreadLines + undated,
	};
}
