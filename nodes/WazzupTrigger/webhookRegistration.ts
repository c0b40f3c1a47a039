import type { IHookFunctions } from 'n8n-workflow';

import type { WebhookSubscriptions } from '../shared/clients/wazzup/webhooks';
import { toNodeError } from '../shared/n8n/errors';
import { openStoreOfNode } from '../shared/n8n/storeOfNode';
import { wazzupClientOf } from '../shared/n8n/wazzupClient';
import { webhookIdOf } from '../shared/n8n/webhookId';
import type { Store } from '../shared/store/store';
import {
	isAddressRegistered,
	registerAddress,
	unregisterAddress,
	type AddressClient,
	type AddressRequest,
} from '../shared/usecases/wazzup/registerAddress';
import { addressChoice } from './parameters';
import { secretOfAddress, withSecret } from './secret';

/** Everything is stored whatever is emitted: the bot needs statuses, and an advisor's words silence it. */
const EVERYTHING: WebhookSubscriptions = {
	messagesAndStatuses: true,
	contactsAndDealsCreation: true,
	channelsUpdates: true,
	templateStatus: true,
};

const purposeOf = (context: IHookFunctions): AddressRequest['purpose'] =>
	context.getMode() === 'manual' ? 'test' : 'production';

/** @throws NodeApiError or NodeOperationError in words */
async function withAccount<Result>(
	context: IHookFunctions,
	work: (store: Store, client: AddressClient) => Promise<Result>,
): Promise<Result> {
	const store = await openStoreOfNode(context);
	try {
		return await work(store, await wazzupClientOf(context));
	} catch (error) {
		throw toNodeError(context.getNode(), error);
	} finally {
		await store.close();
	}
}

function requestOf(context: IHookFunctions, store: Store, client: AddressClient): AddressRequest {
	const { replaceExisting, useTestUrl } = addressChoice(context);
	const webhookId = webhookIdOf(context);
	const secret = secretOfAddress(store, client.credential, webhookId);
	return {
		webhookId,
		purpose: purposeOf(context),
		url: withSecret(context.getNodeWebhookUrl('default') ?? '', secret),
		subscriptions: EVERYTHING,
		replaceExisting,
		useTestUrl,
	};
}

export async function checkWebhook(context: IHookFunctions): Promise<boolean> {
	return await withAccount(context, async (store, client) =>
		addressChoice(context).automatic
			? await isAddressRegistered(store, client, requestOf(context, store, client))
			: false,
	);
}

export async function createWebhook(context: IHookFunctions): Promise<boolean> {
	return await withAccount(context, async (store, client) => {
		if (addressChoice(context).automatic) {
			await registerAddress(store, client, requestOf(context, store, client));
		} else {
			// Registered before somebody chose otherwise.
			await unregisterAddress(store, client, { webhookId: webhookIdOf(context), purpose: purposeOf(context) });
		}
		return true;
	});
}

export async function deleteWebhook(context: IHookFunctions): Promise<boolean> {
	return await withAccount(context, async (store, client) => {
		await unregisterAddress(store, client, { webhookId: webhookIdOf(context), purpose: purposeOf(context) });
		return true;
	});
}
