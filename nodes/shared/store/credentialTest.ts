import { isNativeError } from 'node:util/types';

import { openStore } from './open';
import { settingsFromCredential } from './settings';
import type { Store } from './store';
import { StoreUnavailable } from './unavailable';

/** What the credential's Test button says. */
export interface StoreCredentialTest {
	readonly ok: boolean;
	readonly message: string;
}

/**
 * Opens the store of a credential, brings its tables up to date and says what it found, or why it cannot be used and how
 * to put that right. Never throws.
 */
export async function testStoreCredential(data: Readonly<Record<string, unknown>>): Promise<StoreCredentialTest> {
	let store: Store | undefined;
	try {
		store = await openStore(settingsFromCredential(data));
		const found = await counted(store);
		return { ok: true, message: `Connected to ${store.product}: ${found}.${speedWarning()}` };
	} catch (error) {
		if (error instanceof StoreUnavailable) return { ok: false, message: `${error.message}. ${error.description}` };
		return {
			ok: false,
			message: `The store cannot be opened: ${isNativeError(error) ? error.message : String(error)}`,
		};
	} finally {
		await store?.close();
	}
}

async function counted(store: Store): Promise<string> {
	const contacts = await store.db
		.selectFrom('contacts')
		.select((row) => row.fn.countAll<number>().as('count'))
		.where('workspace_id', '=', store.workspaceId)
		.where('merged_into', 'is', null)
		.executeTakeFirstOrThrow();
	const cases = await store.db
		.selectFrom('cases')
		.select((row) => row.fn.countAll<number>().as('count'))
		.where('workspace_id', '=', store.workspaceId)
		.where('status', 'in', ['open', 'in_progress', 'waiting'])
		.executeTakeFirstOrThrow();
	return `${amount(contacts.count, 'contact')}, ${amount(cases.count, 'open case')} in workspace '${store.workspaceId}'`;
}

function amount(count: number, thing: string): string {
	return `${count} ${thing}${count === 1 ? '' : 's'}`;
}

/** Measured on n8n 2.41.1: a webhook costs ten times as much without it, whatever the node does. */
function speedWarning(): string {
	if (process.env.N8N_EXPRESSION_ENGINE_LAZY_ACQUIRE === 'true') return '';
	return ' Start n8n with N8N_EXPRESSION_ENGINE_LAZY_ACQUIRE=true to receive ten times as many messages a second.';
}
