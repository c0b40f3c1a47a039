import type { IHookFunctions } from 'n8n-workflow';

import { readStripeCredential } from '../shared/clients/stripe/credential';
import { openStripe, type Stripe } from '../shared/clients/stripe/stripe';
import { toNodeError } from '../shared/n8n/errors';
import { openStoreOfNode } from '../shared/n8n/storeOfNode';
import { webhookIdOf } from '../shared/n8n/webhookId';
import type { Store } from '../shared/store/store';
import {
	disableEndpoint,
	isEndpointRegistered,
	registerEndpoint,
	releaseEndpoint,
	type EndpointRequest,
} from '../shared/usecases/stripe/registerEndpoint';

const isAutomatic = (context: IHookFunctions): boolean =>
	context.getNodeParameter('endpoint', 'automatic') !== 'manual';

/** Listening in the editor takes one of the account's 16 endpoints from nobody. */
const isListening = (context: IHookFunctions): boolean => context.getMode() === 'manual';

/** @throws NodeApiError or NodeOperationError in words */
async function withAccount<Result>(
	context: IHookFunctions,
	work: (store: Store, stripe: Stripe, request: EndpointRequest) => Promise<Result>,
): Promise<Result> {
	try {
		const stripe = openStripe(readStripeCredential(await context.getCredentials('stripePaymentsApi')));
		const store = await openStoreOfNode(context);
		try {
			const url = context.getNodeWebhookUrl('default') ?? '';
			return await work(store, stripe, { webhookId: webhookIdOf(context), url });
		} finally {
			await store.close();
		}
	} catch (error) {
		throw toNodeError(context.getNode(), error);
	}
}

export async function checkEndpoint(context: IHookFunctions): Promise<boolean> {
	if (isListening(context)) return true;
	if (!isAutomatic(context)) return false;
	return await withAccount(context, isEndpointRegistered);
}

export async function createEndpoint(context: IHookFunctions): Promise<boolean> {
	if (isListening(context)) return true;
	await withAccount(context, async (store, stripe, request) => {
		if (isAutomatic(context)) await registerEndpoint(store, stripe, request);
		// Made before somebody chose otherwise.
		else await releaseEndpoint(store, stripe, request.webhookId);
	});
	return true;
}

export async function deleteEndpoint(context: IHookFunctions): Promise<boolean> {
	if (isListening(context) || !isAutomatic(context)) return true;
	await withAccount(context, async (store, stripe, { webhookId }) => {
		await disableEndpoint(store, stripe, webhookId);
	});
	return true;
}
