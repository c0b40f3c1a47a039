import type { Operation, Resource } from '../shared/n8n/operation';
import type { Store } from '../shared/store/store';

/** What an operation of this node works with. */
export interface CaseServices {
	readonly store: Store;
}

export type CaseOperation = Operation<CaseServices>;
export type CaseResource = Resource<CaseServices>;
