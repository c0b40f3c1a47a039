import { claimLinkedNumber, dueLinkedNumbers } from '../../store/repositories/linkedNumbers';
import type { Store } from '../../store/store';
import type { ItemJson } from '../emit/items';

const BATCH = 20;

/** How long an execution has to go on with a number before it is brought again, ms. */
const LEASE = 60_000;

/**
 * The numbers whose next step or hourly check is due, as items of the inbox's Onboarding output: Number: Complete Signup
 * goes on with them.
 */
export async function dueNumberItems(store: Store, webhookId: string, emissionId: string): Promise<ItemJson[]> {
	const items: ItemJson[] = [];
	for (const row of await dueLinkedNumbers(store.db, store, webhookId, BATCH)) {
		if (!(await claimLinkedNumber(store.db, row, store.now() + LEASE))) continue;
		items.push({
			event: 'continue',
			linkedNumberId: row.id,
			crm: { workspaceId: store.workspaceId, webhookId, requestId: row.id, emissionId },
		});
	}
	return items;
}
