import { existsSync } from 'node:fs';

import { defaultSqlitePath } from '../store/settings';
import type { Store } from '../store/store';
import { withStoreOfNode } from './storeCredential';
import { STORE_CREDENTIAL, type StoreContext } from './storeOfNode';

/**
 * Does `work` with the store of a node that can also be used without one; answers `otherwise` when there is none: no
 * database is made for a question.
 */
export async function withStoreIfAny<Result>(
	context: StoreContext,
	otherwise: Result,
	work: (store: Store) => Promise<Result>,
): Promise<Result> {
	const chosen = context.getNode().credentials?.[STORE_CREDENTIAL] !== undefined;
	if (!chosen && !existsSync(defaultSqlitePath())) return otherwise;
	return await withStoreOfNode(context, work);
}
