import type { Page } from './objects';

/** As many as Stripe gives at once. */
const LARGEST_PAGE = 100;

/** All rows of a list, one page after the other. @throws what `read` throws */
export async function everyPage<Row extends { readonly id: string }>(
	read: (page: Page) => Promise<readonly Row[]>,
): Promise<readonly Row[]> {
	const all: Row[] = [];
	let after: string | undefined;
	for (;;) {
		const rows = await read({ limit: LARGEST_PAGE, ...(after === undefined ? {} : { after }) });
		all.push(...rows);
		if (rows.length < LARGEST_PAGE) return all;
		after = rows.at(-1)?.id;
	}
}
