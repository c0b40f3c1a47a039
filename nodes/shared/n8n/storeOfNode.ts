import { NodeOperationError, type ICredentialDataDecryptedObject, type INode } from 'n8n-workflow';

import { openStore } from '../store/open';
import { defaultStoreSettings, settingsFromCredential } from '../store/settings';
import type { Store, StoreSettings } from '../store/store';
import { StoreUnavailable } from '../store/unavailable';
import { toNodeError } from './errors';

export const STORE_CREDENTIAL = 'whatsAppCrmStoreApi';

/** Any of n8n's contexts of a node, or a stand-in that reads credentials elsewhere. */
export interface StoreContext {
	getNode(): INode;
	getCredentials(type: string): Promise<ICredentialDataDecryptedObject>;
}

/** How long a store that nobody uses stays open, ms: opening reads files and asks the database. */
const IDLE = 30_000;

interface KeptStore {
	readonly opening: Promise<Store>;
	users: number;
	idle?: NodeJS.Timeout;
}

const keptStores = new Map<string, KeptStore>();

/** Settings of the node's store credential, or those of the default store when the node has none. */
export async function storeSettingsOfNode(context: StoreContext): Promise<StoreSettings> {
	const chosen = context.getNode().credentials?.[STORE_CREDENTIAL];
	if (chosen === undefined) return defaultStoreSettings();
	return settingsFromCredential(await context.getCredentials(STORE_CREDENTIAL));
}

/**
 * The open store of a node, shared by all nodes of the process: a second opening is free. Close it once when done; it
 * stays open for a while after its last user.
 * @throws NodeOperationError in words, when the store cannot be used
 */
export async function openStoreOfNode(context: StoreContext): Promise<Store> {
	try {
		return await borrow(await storeSettingsOfNode(context));
	} catch (error) {
		throw inWords(context.getNode(), error);
	}
}

function inWords(node: INode, error: unknown): Error {
	return error instanceof StoreUnavailable
		? new NodeOperationError(node, error.message, { description: error.description })
		: toNodeError(node, error);
}

function keep(key: string, settings: StoreSettings): KeptStore {
	const kept: KeptStore = { opening: openStore(settings), users: 0 };
	keptStores.set(key, kept);
	// The next node tries again.
	kept.opening.catch(() => keptStores.delete(key));
	return kept;
}

async function borrow(settings: StoreSettings): Promise<Store> {
	const key = JSON.stringify(settings);
	const kept = keptStores.get(key) ?? keep(key, settings);
	clearTimeout(kept.idle);
	kept.users += 1;
	const store = await kept.opening;
	let returned = false;
	return {
		...store,
		close: async () => {
			if (returned) return;
			returned = true;
			giveBack(key, kept);
		},
	};
}

function giveBack(key: string, kept: KeptStore): void {
	kept.users -= 1;
	if (kept.users > 0) return;
	clearTimeout(kept.idle);
	kept.idle = setTimeout(() => {
		if (kept.users > 0) return;
		keptStores.delete(key);
		void kept.opening.then(async (store) => await store.close());
	}, IDLE);
	// n8n must be able to end: the process takes the connection with it.
	kept.idle.unref();
}

/** Closes at once what nobody uses. */
export async function closeIdleStores(): Promise<void> {
	for (const [key, kept] of keptStores) {
		if (kept.users > 0) continue;
		clearTimeout(kept.idle);
		keptStores.delete(key);
		await (await kept.opening).close();
	}
}
