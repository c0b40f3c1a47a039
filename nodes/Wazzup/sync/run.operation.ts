import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { z } from 'zod';

import { accountFingerprint } from '../../shared/clients/wazzup/credential';
import { followAskedAccount } from '../../shared/usecases/wazzup/dueSync';
import { syncWazzup } from '../../shared/usecases/wazzup/sync';
import type { WazzupBatchOperation } from '../services';
import { syncFields, syncRequestOf } from './mappingFields';

/** Whether the item asks for a run: those that Due brings for other work pass this node by. */
const asksForRun = ({ json }: INodeExecutionData): boolean => json.due === undefined || json.due === 'sync';

const sync = z.object({ due: z.literal('sync'), crm: z.object({ webhookId: z.string() }) });

/** The triggers whose Due asks. */
function askingTriggers(items: readonly INodeExecutionData[]): readonly string[] {
	return [...new Set(items.flatMap(({ json }) => sync.safeParse(json).data?.crm.webhookId ?? []))];
}

export const runSync: WazzupBatchOperation = {
	value: 'run',
	name: 'Run',
	action: 'Run sync',
	description: 'Send to Wazzup what has changed in the CRM since the last run, and delete there what is gone here',
	// Not a tool: it deletes.
	needsApproval: true,
	properties: syncFields,
	async executeAll(node, items, manual, { client, withStore }) {
		// One run for all items that ask alike: it carries everything that has changed, not what an item is about.
		const runs = new Map<string, { readonly request: ReturnType<typeof syncRequestOf>; readonly asking: number[] }>();
		for (const [itemIndex, item] of items.entries()) {
			if (!asksForRun(item)) continue;
			const request = syncRequestOf({ node, item, itemIndex, manual }, manual);
			const key = JSON.stringify(request);
			const run = runs.get(key) ?? { request, asking: [] };
			run.asking.push(itemIndex);
			runs.set(key, run);
		}
		const reports: INodeExecutionData[] = [];
		const triggers = manual ? [] : askingTriggers(items);
		for (const { request, asking } of runs.values()) {
			const report = await withStore(async (store) => {
				for (const webhookId of triggers) {
					await followAskedAccount(store, accountFingerprint(client.credential), webhookId);
				}
				return await syncWazzup(store, client, request);
			});
			reports.push({
				json: { ...(manual ? { simulated: true } : {}), ...report } as IDataObject,
				pairedItem: asking.map((item) => ({ item })),
			});
		}
		return reports;
	},
};
