import type { IHookFunctions, IWebhookFunctions } from 'n8n-workflow';

import { withStoreOfNode } from '../shared/n8n/storeCredential';
import type { StoreContext } from '../shared/n8n/storeOfNode';
import { inboxAddress, saveInboxAddress } from '../shared/store/repositories/inboxAddress';
import type { Store } from '../shared/store/store';
import { publicAddress } from './parameters';

type Context = IHookFunctions | IWebhookFunctions;

/** Writes down where people reach the page: login links and notifications are made where nobody knows it. */
export async function saveAddressOf(context: Context, store: Store): Promise<void> {
	const address = publicAddress(context);
	if (address === undefined) return;
	const known = await inboxAddress(store.db, store.workspaceId);
	const { url, webhookId, webhookUrl } = address;
	if (known?.url === url && known.webhookId === webhookId && known.webhookUrl === webhookUrl) return;
	await saveInboxAddress(store.db, store.workspaceId, address);
}

/** At activation. The test URL of somebody who builds is no address for people. */
export async function rememberAddress(context: IHookFunctions): Promise<boolean> {
	if (context.getMode() === 'manual') return true;
	const reader: StoreContext = {
		getNode: () => context.getNode(),
		getCredentials: async (type) => await context.getCredentials(type),
	};
	await withStoreOfNode(reader, async (store) => await saveAddressOf(context, store));
	return true;
}
