/**
 * Syncs a store with Wazzup in a process of its own, so that it can be killed and its memory measured, and makes what
 * Wazzup asks for. Told by its parent when to run; with `dieAt` it dies at that point of its work as by `kill -9`, before or
 * after a request, in or after a transaction.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';

import { createWazzupClient, type WazzupClient } from '../../nodes/shared/clients/wazzup/client';
import { accountFingerprint, readWazzupCredential } from '../../nodes/shared/clients/wazzup/credential';
import { DEFAULT_MAPPING } from '../../nodes/shared/domain/sync/mapping';
import { openStore } from '../../nodes/shared/store/open';
import type { Store, StoreSettings, StoreTransaction } from '../../nodes/shared/store/store';
import { countRequests } from '../../nodes/shared/usecases/send/countRequests';
import { createContactForWazzup } from '../../nodes/shared/usecases/wazzup/createContact';
import { createDealForWazzup } from '../../nodes/shared/usecases/wazzup/createDeal';
import { syncWazzup, type SyncClient, type SyncReport } from '../../nodes/shared/usecases/wazzup/sync';
import { parseWazzupWebhook } from '../../nodes/shared/webhooks/wazzup';

export interface SyncProcessOptions {
	readonly settings: StoreSettings;
	readonly apiKey: string;
	readonly baseUrl: string;
	/** How far this process' clock runs ahead of the machine's, ms. */
	readonly skewMs?: number;
	/** The point of its work at which it dies, counted from 1. */
	readonly dieAt?: number;
	readonly sendTimeoutMs?: number;
	readonly rateResetMs?: number;
}

/** What it tells its parent. */
export type SyncProcessNews =
	| { readonly ready: true; readonly megabytes: number; readonly webhooksUri: string }
	| { readonly ended: SyncReport; readonly milliseconds: number; readonly points: number }
	| { readonly problem: string };

const options = JSON.parse(process.argv[2] ?? '{}') as SyncProcessOptions;
let points = 0;

function point(): void {
	points += 1;
	if (points === options.dieAt) process.kill(process.pid, 'SIGKILL');
}

const tell = (news: SyncProcessNews): void => void process.send?.(news);

function watchedStore(store: Store): Store {
	const inside =
		<T>(work: (tx: StoreTransaction) => Promise<T>) =>
		async (tx: StoreTransaction) => {
			const value = await work(tx);
			point();
			return value;
		};
	return Object.assign(Object.create(store) as Store, {
		transaction: async <T>(work: (tx: StoreTransaction) => Promise<T>) => {
			const value = await store.transaction(inside(work));
			point();
			return value;
		},
		eachLocked: async <T>(keys: readonly string[], work: (tx: StoreTransaction, key: string) => Promise<T>) => {
			const results = await store.eachLocked(
				keys,
				async (tx, key) => await inside(async () => await work(tx, key))(tx),
			);
			point();
			return results;
		},
	});
}

const watchedCall =
	<Argument, Result>(call: (argument: Argument) => Promise<Result>) =>
	async (argument: Argument): Promise<Result> => {
		point();
		const result = await call(argument);
		point();
		return result;
	};

const watchedClient = ({ credential, users, contacts, deals, pipelines }: WazzupClient): SyncClient => ({
	credential,
	users: { ...users, saveAll: watchedCall(users.saveAll), deleteAll: watchedCall(users.deleteAll) },
	contacts: { ...contacts, saveAll: watchedCall(contacts.saveAll), deleteAll: watchedCall(contacts.deleteAll) },
	deals: { ...deals, saveAll: watchedCall(deals.saveAll), deleteAll: watchedCall(deals.deleteAll) },
	pipelines: { ...pipelines, saveAll: watchedCall(pipelines.saveAll) },
});

const HOME = 'https://n8n.test/';

/** The address for Wazzup's webhooks: answers with the contact or deal that was asked for. */
async function listen(store: Store, account: string): Promise<string> {
	const answerTo = async (body: unknown): Promise<object | undefined> => {
		for (const event of parseWazzupWebhook(body)) {
			const given = { webhookId: 'wazzup', account, home: HOME, emit: true };
			if (event.kind === 'create_contact') return await createContactForWazzup(store, { ...given, event });
			if (event.kind === 'create_deal') return await createDealForWazzup(store, { ...given, event });
		}
		return undefined;
	};
	const server = createServer((request, response) => {
		json(request)
			.then(answerTo)
			.then(
				(answer) => response.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify(answer ?? {})),
				(error: unknown) => {
					tell({ problem: String(error) });
					response.writeHead(503).end();
				},
			);
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

async function main(): Promise<void> {
	const { settings, skewMs, apiKey, baseUrl, sendTimeoutMs, rateResetMs } = options;
	const store = await openStore(settings, skewMs === undefined ? {} : { clock: () => Date.now() + skewMs });
	const credential = readWazzupCredential({ apiKey, baseUrl });
	const account = accountFingerprint(credential);
	const counter = countRequests(store, account);
	const client = createWazzupClient(credential, { counter, sendTimeoutMs, rateResetMs });
	const [ours, theirs] = [watchedStore(store), watchedClient(client)];
	const run = async (): Promise<void> => {
		const began = performance.now();
		const ended = await syncWazzup(ours, theirs, {
			mapping: DEFAULT_MAPPING,
			home: HOME,
			dryRun: false,
			everything: false,
		});
		tell({ ended, milliseconds: performance.now() - began, points });
	};
	process.on('message', () => {
		run().catch((error: unknown) => tell({ problem: error instanceof Error ? (error.stack ?? error.message) : '' }));
	});
	process.on('disconnect', () => {
		void store.close().finally(() => process.exit());
	});
	const webhooksUri = await listen(ours, account);
	tell({ ready: true, megabytes: Math.round(process.memoryUsage().rss / 2 ** 20), webhooksUri });
}

void main();
