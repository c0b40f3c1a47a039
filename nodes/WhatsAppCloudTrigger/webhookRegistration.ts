import type { IDataObject, IHookFunctions } from 'n8n-workflow';

import { createWhatsAppClient } from '../shared/clients/whatsapp/client';
import { readWhatsAppCredential } from '../shared/clients/whatsapp/credential';
import { isLoopback } from '../shared/http/address';
import { toNodeError } from '../shared/n8n/errors';
import {
	isWebhookRegistered,
	registerWebhook,
	registrationToUndo,
	unregisterWebhook,
	type SubscriptionClient,
} from '../shared/usecases/receive/registerWebhook';
import {
	registrationSchema,
	type Registration,
	type SubscriptionRequest,
} from '../shared/usecases/receive/subscription';
import { phoneNumberIds, subscriptionChoice } from './parameters';

/** Where a node remembers what it registered. Static data is readable in exports: addresses and ids only. */
const RECORD = 'registration';

function readRecord(context: IHookFunctions): Registration | undefined {
	const parsed = registrationSchema.safeParse(context.getWorkflowStaticData('node')[RECORD]);
	return parsed.success ? parsed.data : undefined;
}

async function clientOf(context: IHookFunctions): Promise<SubscriptionClient> {
	return createWhatsAppClient(readWhatsAppCredential(await context.getCredentials('whatsAppCloudApi')));
}

function requestOf(context: IHookFunctions, client: SubscriptionClient): SubscriptionRequest | undefined {
	const { level, replaceExisting, useTestUrl } = subscriptionChoice(context);
	if (level === 'manual') return undefined;
	const callbackUrl = context.getNodeWebhookUrl('default') ?? '';
	const { businessAccountId, baseUrl } = client.credential;
	return {
		level,
		purpose: context.getMode() === 'manual' ? 'test' : 'production',
		callbackUrl,
		nodePath: callbackUrl.split('?')[0].split('/').slice(-2).join('/'),
		businessAccountId,
		phoneNumberIds: phoneNumberIds(context),
		replaceExisting,
		useTestUrl,
		vendorIsLocal: isLoopback(new URL(baseUrl).hostname),
	};
}

/** @throws NodeApiError or NodeOperationError in words */
async function inWords<Result>(context: IHookFunctions, work: () => Promise<Result>): Promise<Result> {
	try {
		return await work();
	} catch (error) {
		throw toNodeError(context.getNode(), error);
	}
}

export async function checkWebhook(context: IHookFunctions): Promise<boolean> {
	return await inWords(context, async () => {
		const recorded = readRecord(context);
		// Entered by hand in Meta's dashboard: there is nothing to create, unless something is left to undo.
		if (subscriptionChoice(context).level === 'manual') return recorded === undefined;
		const client = await clientOf(context);
		const request = requestOf(context, client);
		return request === undefined || (await isWebhookRegistered(client, request, recorded));
	});
}

export async function createWebhook(context: IHookFunctions): Promise<boolean> {
	return await inWords(context, async () => {
		const client = await clientOf(context);
		const request = requestOf(context, client);
		const recorded = readRecord(context);
		const staticData = context.getWorkflowStaticData('node');
		if (request === undefined) {
			if (recorded !== undefined) await unregisterWebhook(client, recorded);
			delete staticData[RECORD];
			return true;
		}
		staticData[RECORD] = (await registerWebhook(client, request, recorded)) as unknown as IDataObject;
		return true;
	});
}

export async function deleteWebhook(context: IHookFunctions): Promise<boolean> {
	return await inWords(context, async () => {
		const recorded = readRecord(context);
		if (recorded === undefined && subscriptionChoice(context).level === 'manual') return true;
		const client = await clientOf(context);
		const registration = registrationToUndo(client, requestOf(context, client), recorded);
		if (registration !== undefined) await unregisterWebhook(client, registration);
		delete context.getWorkflowStaticData('node')[RECORD];
		return true;
	});
}
