import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Customer, CustomerOptions } from '../types';
import type { World } from '../world';

/** Placeholder until the page is served. */
export function phonePage(_world: World, _customer: (options: CustomerOptions) => Customer) {
	return async (_message: IncomingMessage, _response: ServerResponse): Promise<boolean> => false;
}
