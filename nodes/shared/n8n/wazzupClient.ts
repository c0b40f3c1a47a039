import type { ICredentialsDecrypted, ICredentialTestFunctions, INodeCredentialTestResult } from 'n8n-workflow';

import { createWazzupClient, type WazzupClient } from '../clients/wazzup/client';
import { accountFingerprint, readWazzupCredential } from '../clients/wazzup/credential';
import { checkWazzupCredential } from '../clients/wazzup/credentialCheck';
import { countInProcess, type RequestCounter } from '../clients/wazzup/requestPace';
import { countRequests } from '../usecases/send/countRequests';
import { withStoreIfAny } from './storeIfAny';
import type { StoreContext } from './storeOfNode';

export const WAZZUP_CREDENTIAL = 'wazzupApi';

/** The client of a node's credential; its requests count together with those of every other process on the same store. */
export async function wazzupClientOf(context: StoreContext): Promise<WazzupClient> {
	const credential = readWazzupCredential(await context.getCredentials(WAZZUP_CREDENTIAL));
	return createWazzupClient(credential, { counter: counterOf(context, accountFingerprint(credential)) });
}

/** The store is opened for each claim and given back: a client may outlive the execution that made it. */
function counterOf(context: StoreContext, account: string): RequestCounter {
	const own = countInProcess(account);
	return {
		claim: async (wanted) =>
			(await withStoreIfAny(context, undefined, async (store) => await countRequests(store, account).claim(wanted))) ??
			(await own.claim(wanted)),
		pause: async () => {
			await own.pause();
			await withStoreIfAny(context, undefined, async (store) => {
				await countRequests(store, account).pause();
				return undefined;
			});
		},
	};
}

/** The Test button of the Wazzup credential, for `methods.credentialTest` of a node: it says which channels the key sees. */
export async function testWazzup(
	this: ICredentialTestFunctions,
	credential: ICredentialsDecrypted,
): Promise<INodeCredentialTestResult> {
	const { ok, message } = await checkWazzupCredential(credential.data);
	return { status: ok ? 'OK' : 'Error', message };
}
