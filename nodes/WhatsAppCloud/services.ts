import type { IExecuteFunctions, ILoadOptionsFunctions } from 'n8n-workflow';

import { createWhatsAppClient, type WhatsAppClient } from '../shared/clients/whatsapp/client';
import { readWhatsAppCredential } from '../shared/clients/whatsapp/credential';
import type { Identity } from '../shared/domain/messages/events';
import { receivesByHand } from '../shared/n8n/manualMode';
import type { BatchOperation, Operation, Resource } from '../shared/n8n/operation';
import { withStoreIfAny } from '../shared/n8n/storeIfAny';
import { withStoreOfNode } from '../shared/n8n/storeCredential';
import type { StoreContext } from '../shared/n8n/storeOfNode';
import type { Store } from '../shared/store/store';
import { profileInForce } from '../shared/usecases/profile/businessProfile';
import { clientOfChannel } from '../shared/usecases/linkedNumbers/clientOfChannel';
import { serviceWindow } from '../shared/usecases/send/serviceWindow';

/** What an operation of this node works with. */
export interface WhatsAppCloudServices {
	readonly client: WhatsAppClient;
	/** Who sends from a number: an advisor's own number that is linked has a token of its own. */
	clientFor(phoneNumberId: string): Promise<WhatsAppClient>;
	/** Whether this person may get what is sent by hand: a test number of the business profile. */
	isTestRecipient(to: Identity): Promise<boolean>;
	/** Whether the store knows that this person may not be written to freely any more; asked only where there is one. */
	isWindowClosed(phoneNumberId: string, to: Identity): Promise<boolean>;
	/** Does `work` with the store of the workspace. */
	withStore<Result>(work: (store: Store) => Promise<Result>): Promise<Result>;
}

export type WhatsAppCloudOperation = Operation<WhatsAppCloudServices>;
export type WhatsAppCloudBatchOperation = BatchOperation<WhatsAppCloudServices>;
export type WhatsAppCloudResource = Resource<WhatsAppCloudServices>;

/** The client of the node's credential, the same for the panel's lists and for the execution. */
export async function clientOf(node: IExecuteFunctions | ILoadOptionsFunctions): Promise<WhatsAppClient> {
	return createWhatsAppClient(readWhatsAppCredential(await node.getCredentials('whatsAppCloudApi')));
}

export async function openWhatsAppCloud(node: IExecuteFunctions): Promise<WhatsAppCloudServices> {
	let testNumbers: Promise<TestNumbers> | undefined;
	const client = await clientOf(node);
	return {
		client,
		clientFor: async (phoneNumberId) =>
			await withStoreIfAny(node, client, async (store) => await clientOfChannel(store, client, phoneNumberId)),
		isTestRecipient: async (to) => {
			testNumbers ??= readTestNumbers(node);
			const { numbers, country } = await testNumbers;
			return receivesByHand(to, numbers, country);
		},
		isWindowClosed: async (phoneNumberId, to) =>
			await withStoreIfAny(node, false, async (store) => (await serviceWindow(store, phoneNumberId, to)) === 'closed'),
		withStore: async (work) => await withStoreOfNode(node, work),
	};
}

interface TestNumbers {
	readonly numbers: readonly string[];
	readonly country: string;
}

async function readTestNumbers(node: StoreContext): Promise<TestNumbers> {
	return await withStoreIfAny<TestNumbers>(node, { numbers: [], country: '' }, async (store) => {
		const { profile } = await profileInForce(store);
		return { numbers: profile.testNumbers, country: profile.country };
	});
}
