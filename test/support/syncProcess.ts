/**
 * Syncs a store with Wazzup in a process of its own, so that it can be killed and its memory measured. Told by its parent
 * when to run; with `dieAt` it dies at that point of its work as by `kill -9`, before or after a request, in or after a
 * transaction.
 */
import { createWazzupClient, type WazzupClient } from '../../nodes/shared/clients/wazzup/client';
import { accountFingerprint, readWazzupCredential } from '../../nodes/shared/clients/wazzup/credential';
import { DEFAULT_MAPPING } from '../../nodes/shared/domain/sync/mapping';
import { openStore } from '../../nodes/shared/store/open';
import type { Store, StoreSettings, StoreTransaction } from '../../nodes/shared/store/store';
import { countRequests } from '../../nodes/shared/usecases/countRequests';
import { syncWazzup, type SyncClient, type SyncReport } from '../../nodes/shared/usecases/wazzup/sync';

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
	| { readonly ready: true; readonly megabytes: number }
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

async function main(): Promise<void> {
	const { settings, skewMs, apiKey, baseUrl, sendTimeoutMs, rateResetMs } = options;
	const store = await openStore(settings, skewMs === undefined ? {} : { clock: () => Date.now() + skewMs });
	const credential = readWazzupCredential({ apiKey, baseUrl });
	const counter = countRequests(store, accountFingerprint(credential));
	const client = createWazzupClient(credential, { counter, sendTimeoutMs, rateResetMs });
	const [ours, theirs] = [watchedStore(store), watchedClient(client)];
	const run = async (): Promise<void> => {
		const began = performance.now();
		const ended = await syncWazzup(ours, theirs, {
			mapping: DEFAULT_MAPPING,
			home: 'https://n8n.test/',
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
	tell({ ready: true, megabytes: Math.round(process.memoryUsage().rss / 2 ** 20) });
}

void main();
