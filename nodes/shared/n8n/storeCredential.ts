import type {
	ICredentialsDecrypted,
	ICredentialTestFunctions,
	INodeCredentialDescription,
	INodeCredentialTestResult,
} from 'n8n-workflow';

import { testStoreCredential } from '../store/credentialTest';
import type { Store } from '../store/store';
import { openStoreOfNode, STORE_CREDENTIAL, type StoreContext } from './storeOfNode';

/** How a node declares the store: without a credential the default SQLite file is used. */
export const storeCredential: INodeCredentialDescription = {
	displayName: 'CRM Store',
	name: STORE_CREDENTIAL,
	required: false,
	testedBy: 'testStore',
};

/** The Test button of the store's credential, for `methods.credentialTest` of a node. */
export async function testStore(
	this: ICredentialTestFunctions,
	credential: ICredentialsDecrypted,
): Promise<INodeCredentialTestResult> {
	const { ok, message } = await testStoreCredential({ ...credential.data });
	return { status: ok ? 'OK' : 'Error', message };
}

/** Does `work` with the store of the node and gives the store back, whatever happens. */
export async function withStoreOfNode<Result>(
	context: StoreContext,
	work: (store: Store) => Promise<Result>,
): Promise<Result> {
	const store = await openStoreOfNode(context);
	try {
		return await work(store);
	} finally {
		await store.close();
	}
}
