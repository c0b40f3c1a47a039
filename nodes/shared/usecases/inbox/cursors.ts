import { Refusal } from './refusal';

/** Where a page goes on: a number (a time) and an id. To the page it is an opaque word. */
export function cursorOf(at: number, id: string): string {
	return Buffer.from(JSON.stringify([at, id])).toString('base64url');
}

/** @throws Refusal for a cursor that no page gave out */
export function readCursor(cursor: string | undefined): { readonly at: number; readonly id: string } | undefined {
	if (cursor === undefined || cursor === '') return undefined;
	try {
		const read: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
		if (Array.isArray(read) && typeof read[0] === 'number' && typeof read[1] === 'string') {
			return { at: read[0], id: read[1] };
		}
	} catch (error) {
		if (!(error instanceof SyntaxError)) throw error;
	}
	throw new Refusal(400, {
		message: 'The list cannot go on from there',
		description: 'Load the page again.',
		code: 'listMoved',
	});
}

/** Of one row more than asked for a page and where it goes on. */
export function pageOf<Row, View>(
	rows: readonly Row[],
	limit: number,
	keyOf: (row: Row) => { readonly at: number; readonly id: string },
	viewOf: (row: Row) => View,
): { readonly rows: View[]; readonly nextCursor?: string } {
	const shown = rows.slice(0, limit);
	const last = shown.at(-1);
	return {
		rows: shown.map(viewOf),
		...(rows.length > limit && last !== undefined ? { nextCursor: cursorOf(keyOf(last).at, keyOf(last).id) } : {}),
	};
}
