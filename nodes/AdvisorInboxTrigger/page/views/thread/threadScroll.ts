import type { RefObject } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';

import type { MessageView } from '../../../../shared/domain/inbox/views';

/** What was not read yet, else the end. */
function showBeginning(box: HTMLElement): void {
	const mark = box.querySelector<HTMLElement>('.freshMark');
	box.scrollTop = mark === null ? box.scrollHeight : mark.offsetTop - box.clientHeight / 3;
}

/** Where a row stands in the thread. */
const topOf = (box: HTMLElement, rowId: string): number =>
	box.querySelector<HTMLElement>(`[data-row="${CSS.escape(rowId)}"]`)?.offsetTop ?? 0;

/** Until pictures of a thread that was just opened have their size. */
const SETTLED_MS = 1500;
/** Closer to the end than this, new rows pull the view with them. */
const AT_END_PX = 120;
/** Closer to the beginning than this, older rows are asked for. */
const AT_BEGINNING_PX = 300;

const isAtEnd = (box: HTMLElement): boolean => box.scrollHeight - box.scrollTop - box.clientHeight < AT_END_PX;

interface ScrolledThread {
	readonly rows: readonly MessageView[];
	/** Request ids of what this advisor wrote and the desk has not taken yet. */
	readonly waiting: readonly string[];
	readonly onBeginningNear: () => void;
}

interface ThreadScroll {
	readonly place: RefObject<HTMLDivElement | null>;
	/** For the place itself. */
	readonly handlers: {
		readonly onWheel: () => void;
		readonly onPointerDown: () => void;
		readonly onTouchMove: () => void;
		readonly onKeyDown: () => void;
		readonly onScroll: () => void;
	};
	readonly isAwayFromEnd: boolean;
	/** Messages that came while the reader was further up. */
	readonly unseen: number;
	readonly toEnd: () => void;
}

/**
 * Where a thread stands: it opens at what is new, follows its end, and whoever reads further up is never moved, neither by
 * older rows above nor by new ones below nor by pictures that arrive late.
 */
export function useThreadScroll({ rows, waiting, onBeginningNear }: ScrolledThread): ThreadScroll {
	const place = useRef<HTMLDivElement>(null);
	const [unseen, setUnseen] = useState(0);
	const [isAwayFromEnd, setAway] = useState(false);
	const before = useRef({ first: '', last: '', lastRow: '', lastRowTop: 0, top: 0, atEnd: true, started: false });
	/** Whether somebody has moved in the thread: from then on it is theirs. */
	const touched = useRef(false);
	const first = rows[0]?.id ?? '';
	const lastRow = rows.at(-1)?.id ?? '';
	const last = `${lastRow}${waiting.at(-1) ?? ''}`;

	useLayoutEffect(() => {
		const box = place.current;
		if (box === null || rows.length === 0) return;
		const past = before.current;
		if (!past.started) showBeginning(box);
		else if (past.last !== last && (past.atEnd || waiting.length > 0)) box.scrollTop = box.scrollHeight;
		else {
			// Older rows came above: what is being read stays where it is.
			if (past.first !== first) box.scrollTop = past.top + topOf(box, past.lastRow) - past.lastRowTop;
			if (past.lastRow !== lastRow) {
				const read = rows.findIndex(({ id }) => id === past.lastRow);
				const news = read === -1 ? [] : rows.slice(read + 1).filter(({ kind }) => kind !== 'event');
				setUnseen((count) => count + news.length);
			}
		}
		before.current = {
			first,
			last,
			lastRow,
			lastRowTop: topOf(box, lastRow),
			top: box.scrollTop,
			atEnd: isAtEnd(box),
			started: true,
		};
	}, [first, last, rows]);

	// Pictures that arrive later make the rows taller: the end stays the end, and so does what is new.
	useEffect(() => {
		const box = place.current;
		if (box === null) return undefined;
		const watcher = new ResizeObserver(() => {
			if (!touched.current && before.current.started) showBeginning(box);
			else if (before.current.atEnd) box.scrollTop = box.scrollHeight;
			before.current.lastRowTop = topOf(box, before.current.lastRow);
		});
		for (const child of box.children) watcher.observe(child);
		watcher.observe(box);
		return () => watcher.disconnect();
	}, []);

	const touch = (): void => {
		touched.current = true;
	};
	// What comes after the first moment comes to somebody who is reading.
	useEffect(() => {
		const timer = window.setTimeout(touch, SETTLED_MS);
		return () => window.clearTimeout(timer);
	}, []);

	const onScroll = (): void => {
		const box = place.current;
		if (box === null) return;
		const atEnd = isAtEnd(box);
		before.current.atEnd = atEnd;
		before.current.top = box.scrollTop;
		setAway(!atEnd);
		if (atEnd) setUnseen(0);
		if (box.scrollTop < AT_BEGINNING_PX) onBeginningNear();
	};
	const toEnd = (): void => {
		touch();
		place.current?.scrollTo({ top: place.current.scrollHeight });
		setUnseen(0);
	};
	return {
		place,
		handlers: { onWheel: touch, onPointerDown: touch, onTouchMove: touch, onKeyDown: touch, onScroll },
		isAwayFromEnd,
		unseen,
		toEnd,
	};
}
