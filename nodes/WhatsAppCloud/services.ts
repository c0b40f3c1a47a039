import type { IExecuteFunctions, ILoadOptionsFunctions } from 'n8n-workflow';

import { createWhatsAppClient, type WhatsAppClient } from '../shared/clients/whatsapp/client';
import { readWhatsAppCredential } from '../shared/clients/whatsapp/credential';
import type { Identity } from '../shared/domain/messages/events';
import { receivesByHand } from '../shared/n8n/manualMode';
import type { BatchOperation, Operation, Resource } from '../shared/n8n/operation';
import { withStoreOfNode } from '../shared/n8n/storeCredential';
import { openStoreOfNode, type StoreContext } from '../shared/n8n/storeOfNode';
import type { Store } from '../shared/store/store';
import { profileInForce } from '../shared/usecases/businessProfile';

/** What an operation of this node works with. */
export interface WhatsAppCloudServices {
	readonly client: WhatsAppClient;
	/** Whether this person may get what is sent by hand: a test number of the business profile. */
	isTestRecipient(to: Identity): Promise<boolean>;
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
	return {
		client: await clientOf(node),
		isTestRecipient: async (to) => {
			testNumbers ??= readTestNumbers(node);
			const { numbers, country } = await testNumbers;
			return receivesByHand(to, numbers, country);
		},
		withStore: async (work) => await withStoreOfNode(node, work),
	};
}

interface TestNumbers {
	readonly numbers: readonly string[];
	readonly country: string;
}

/** This node also works without any store; then there is no profile, and nobody receives by hand. */
const NOBODY: TestNumbers = { numbers: [], country: '' };

async function readTestNumbers(node: StoreContext): Promise<TestNumbers> {
	const store = await openStoreOfNode(node).catch(() => undefined);
	if (store === undefined) return NOBODY;
	try {
		const { profile } = await profileInForce(store);
		return { numbers: profile.testNumbers, country: profile.country };
	} finally {
		await store.close();
	}
}
