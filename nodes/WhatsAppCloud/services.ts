import type { IExecuteFunctions, ILoadOptionsFunctions } from 'n8n-workflow';

import { createWhatsAppClient, type WhatsAppClient } from '../shared/clients/whatsapp/client';
import { readWhatsAppCredential } from '../shared/clients/whatsapp/credential';
import type { Operation, Resource } from '../shared/n8n/operation';

/** What an operation of this node works with. */
export interface WhatsAppCloudServices {
	readonly client: WhatsAppClient;
}

export type WhatsAppCloudOperation = Operation<WhatsAppCloudServices>;
export type WhatsAppCloudResource = Resource<WhatsAppCloudServices>;

export async function openWhatsAppCloud(
	node: IExecuteFunctions | ILoadOptionsFunctions,
): Promise<WhatsAppCloudServices> {
	const credential = await node.getCredentials('whatsAppCloudApi');
	return { client: createWhatsAppClient(readWhatsAppCredential(credential)) };
}
