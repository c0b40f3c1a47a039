/** A place among the rows of a table in the order of their changes. */
export interface SyncCursor {
	readonly at: number;
	readonly id: string;
}

/** How far the changes of a table were carried, and when the looking for them began. */
export interface SyncMark extends SyncCursor {
	readonly lookedAt: number;
}

/** A row bears the time of its writing and is seen after its commit, which another process may be late with, ms. */
const LATEST_COMMIT = 10_000;

const BEGINNING: SyncCursor = { at: 0, id: '' };

/** Whether every row up to the mark was there to be seen when it was looked for. */
export const isSettled = ({ at, lookedAt }: SyncMark): boolean => at <= lookedAt - LATEST_COMMIT;

/** After which row the next look begins: only what may have been committed behind the mark is looked at again. */
export function nextLook(mark: SyncMark | undefined): SyncCursor {
	if (mark === undefined) return BEGINNING;
	return isSettled(mark) ? { at: mark.at, id: mark.id } : { at: mark.lookedAt - LATEST_COMMIT, id: '' };
}

/** Whether it is time to look once more although nothing was changed after the mark. */
export const mayHaveMissed = (mark: SyncMark, now: number): boolean =>
	!isSettled(mark) && now >= mark.at + LATEST_COMMIT;

export const isBehind = (one: SyncCursor, other: SyncCursor): boolean =>
	one.at < other.at || (one.at === other.at && one.id < other.id);
