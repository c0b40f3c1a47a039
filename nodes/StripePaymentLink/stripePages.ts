import type { Page } from '../shared/clients/stripe/objects';
import { rowsAskedFor } from '../shared/n8n/getMany';
import type { OperationContext } from '../shared/n8n/operation';

/** The most that Stripe gives at once. */
const LARGEST_PAGE = 100;

/** As many rows as Return All and Limit ask for; a page of ours may be several of Stripe's. */
export async function stripePages<Row extends { readonly id: string }>(
	context: OperationContext,
	nextPage: (page: Page) => Promise<readonly Row[]>,
): Promise<Row[]> {
	return await rowsAskedFor<Row>(context, async ({ after, limit }) => {
		const rows: Row[] = [];
		while (rows.length < limit) {
			const size = Math.min(LARGEST_PAGE, limit - rows.length);
			const page = await nextPage({ after: rows.at(-1)?.id ?? after?.id, limit: size });
			rows.push(...page);
			if (page.length < size) break;
		}
		return rows;
	});
}
