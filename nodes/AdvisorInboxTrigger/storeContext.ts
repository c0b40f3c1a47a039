import type { ICredentialDataDecryptedObject, IWebhookFunctions } from 'n8n-workflow';

import { credentialOfWebhook } from '../shared/n8n/credentialOfWebhook';
import type { StoreContext } from '../shared/n8n/storeOfNode';

/** Reads a credential at most every few seconds, instead of for every request of every page. */
export function storeContextOf(context: IWebhookFunctions): StoreContext {
	return {
		getNode: () => context.getNode(),
		getCredentials: async (type: string): Promise<ICredentialDataDecryptedObject> =>
			await credentialOfWebhook(context, type),
	};
}
