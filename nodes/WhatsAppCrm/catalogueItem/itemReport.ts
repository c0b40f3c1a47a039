import type { IDataObject } from 'n8n-workflow';

import type { ImportedItem } from '../../shared/usecases/knowledge/importItems';

/** What became of a product, for people. `row` is its place in the list, from 1; absent for one the list does not name. */
export function itemReport(outcome: ImportedItem, row: number | null, simulated: boolean): IDataObject {
	return {
		...(simulated ? { simulated: true } : {}),
		row,
		action: outcome.action,
		sku: outcome.sku ?? null,
		name: outcome.name ?? null,
		leftOut: [...outcome.leftOut],
		sameAsRow: outcome.sameAsRow ?? null,
		why: outcome.why ?? null,
	};
}
