import type { INodeProperties } from 'n8n-workflow';

import type { OperationContext } from './operation';
import { amount, flag, parameter } from './parameters';

/** Return All and Limit, as every list of n8n has them. */
export const limitFields: readonly INodeProperties[] = [
	{
		displayName: 'Return All',
		name: 'returnAll',
		type: 'boolean',
		default: false,
		description: 'Whether to return all results or only up to a given limit',
	},
	{
		displayName: 'Limit',
		name: 'limit',
		type: 'number',
		typeOptions: { minValue: 1 },
		displayOptions: { show: { returnAll: [false] } },
		default: 50,
		description: 'Max number of results to return',
	},
];

export const simplifyField: INodeProperties = {
	displayName: 'Simplify',
	name: 'simplify',
	type: 'boolean',
	default: true,
	description: 'Whether to return a simplified version of the response instead of the raw data',
};

export function isSimplified(context: OperationContext): boolean {
	return parameter(context, 'simplify', 'Simplify', flag.default(true));
}

/** Rows of one page; a larger one would hold the database for long. */
const PAGE = 200;

/**
 * As many rows as the node's Return All and Limit ask for, page by page.
 * @param nextPage the rows after `last`, at most `limit`
 */
export async function rowsAskedFor<Row>(
	context: OperationContext,
	nextPage: (page: { readonly after?: Row; readonly limit: number }) => Promise<readonly Row[]>,
): Promise<Row[]> {
	const everything = parameter(context, 'returnAll', 'Return All', flag.default(false));
	const wanted = everything ? Infinity : Math.max(1, parameter(context, 'limit', 'Limit', amount.default(50)));
	const rows: Row[] = [];
	while (rows.length < wanted) {
		const limit = Math.min(PAGE, wanted - rows.length);
		const page = await nextPage({ after: rows.at(-1), limit });
		rows.push(...page);
		if (page.length < limit) break;
	}
	return rows;
}
