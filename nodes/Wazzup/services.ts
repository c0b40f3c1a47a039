import type { IExecuteFunctions } from 'n8n-workflow';

import type { WazzupClient } from '../shared/clients/wazzup/client';
import type { BatchOperation, Operation, Resource } from '../shared/n8n/operation';
import { withStoreOfNode } from '../shared/n8n/storeCredential';
import { wazzupClientOf } from '../shared/n8n/wazzupClient';
import type { Store } from '../shared/store/store';

/** What an operation of this node works with. */
export interface WazzupServices {
	readonly client: WazzupClient;
	/** Does `work` with the store of the workspace. */
	withStore<Result>(work: (store: Store) => Promise<Result>): Promise<Result>;
}

export type WazzupOperation = Operation<WazzupServices>;
export type WazzupBatchOperation = BatchOperation<WazzupServices>;
export type WazzupResource = Resource<WazzupServices>;

export async function openWazzupServices(node: IExecuteFunctions): Promise<WazzupServices> {
	return {
		client: await wazzupClientOf(node),
		withStore: async (work) => await withStoreOfNode(node, work),
	};
}
