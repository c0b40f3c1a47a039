import type { Operation, Resource } from '../shared/n8n/operation';
import type { Store } from '../shared/store/store';

/** What an operation of this node works with. */
export interface CrearLeadServices {
	readonly store: Store;
}

export type CrearLeadOperation = Operation<CrearLeadServices>;
export type CrearLeadResource = Resource<CrearLeadServices>;
