/**
 * A desk without n8n in a process of its own, so that it can be killed: webhook, trigger pump and the branches of the
 * bot template over the real use cases. Told where to die by the parent, tells the parent where it has been.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import { createServer } from 'node:http';

import type { INodeExecutionData, IRun, ITriggerFunctions } from 'n8n-workflow';

import { createWhatsAppClient } from '../../nodes/shared/clients/whatsapp/client';
import type { WhatsAppCredential } from '../../nodes/shared/clients/whatsapp/credential';
import { startTriggerPump } from '../../nodes/shared/n8n/pump';
import { openStore } from '../../nodes/shared/store/open';
import type { Store, StoreTransaction } from '../../nodes/shared/store/store';
import type { ItemJson } from '../../nodes/shared/usecases/emit/items';
import { receiveEvents } from '../../nodes/shared/usecases/receive/receiveEvents';
import { parseMetaWebhook, verifyMetaSignature } from '../../nodes/shared/webhooks/meta';
import { outsideOf, walkBranches, type Named } from './branches';

export interface DeskProcessOptions {
	readonly storePath: string;
	readonly encryptionKey: string;
	readonly workspaceId: string;
	readonly webhookId: string;
	readonly port: number;
	readonly credential: WhatsAppCredential;
	/** `<use case>:<inside|committed|…>:<count>`: dies there as by `kill -9`. */
	readonly dieAt?: string;
}

const options = JSON.parse(process.argv[2] ?? '{}') as DeskProcessOptions;
const useCase = new AsyncLocalStorage<string>();
const counts = new Map<string, number>();
/** The parent moves the clock on where a rule waits for minutes. */
let skew = 0;

function point(name: string, phase: string): void {
	const place = `${name}:${phase}`;
	const count = (counts.get(place) ?? 0) + 1;
	counts.set(place, count);
	const reached = `${place}:${count}`;
	process.send?.({ reached });
	if (reached === options.dieAt) process.kill(process.pid, 'SIGKILL');
}

const named: Named = async (name, work) => await useCase.run(name, work);

/** What a transaction outside of the branches was for: the pump claims rows or writes the end of an execution. */
function purposeOf(value: unknown): string | undefined {
	const running = useCase.getStore();
	if (running !== undefined) return running;
	if (Array.isArray(value)) return value.length > 0 ? 'claim' : undefined;
	return 'finish';
}

function watched(store: Store): Store {
	const inside =
		<T>(work: (tx: StoreTransaction) => Promise<T>) =>
		async (tx: StoreTransaction) => {
			const value = await work(tx);
			const purpose = purposeOf(value);
			if (purpose !== undefined) point(purpose, 'inside');
			return value;
		};
	return Object.assign(Object.create(store) as Store, {
		transaction: async <T>(work: (tx: StoreTransaction) => Promise<T>) => {
			const value = await store.transaction(inside(work));
			const purpose = purposeOf(value);
			if (purpose !== undefined) point(purpose, 'committed');
			return value;
		},
		eachLocked: async <T>(keys: readonly string[], work: (tx: StoreTransaction, key: string) => Promise<T>) => {
			const results = await store.eachLocked(keys, async (tx, key) => {
				const value = await work(tx, key);
				point(useCase.getStore() ?? 'other', 'inside');
				return value;
			});
			point(useCase.getStore() ?? 'other', 'committed');
			return results;
		},
	});
}

function triggerContext(store: Store): ITriggerFunctions {
	const client = outsideOf(createWhatsAppClient(options.credential));
	const outside = {
		send: async (sendable: Parameters<typeof client.send>[0]) => {
			point('send', 'before');
			const sent = await client.send(sendable);
			point('send', 'answered');
			return sent;
		},
		fetchMedia: client.fetchMedia,
	};
	const execute = async (outputs: INodeExecutionData[][]): Promise<IRun> => {
		const items = outputs.flat().map((item) => item.json as ItemJson);
		await walkBranches(store, items, outside, named);
		return { status: 'success' } as IRun;
	};
	const context = {
		emit: (
			outputs: INodeExecutionData[][],
			_: undefined,
			done: { resolve(run: IRun): void; reject(error: Error): void },
		) => {
			execute(outputs).then(done.resolve, done.reject);
		},
		helpers: { createDeferredPromise: () => Promise.withResolvers<IRun>() },
		logger: {
			warn: (line: string) => process.send?.({ warning: line }),
			error: (line: string) => process.send?.({ warning: line }),
		},
		getNode: () => ({ name: 'WhatsApp' }),
	};
	return context as unknown as ITriggerFunctions;
}

async function main(): Promise<void> {
	const store = watched(
		await openStore(
			{
				database: 'sqlite',
				path: options.storePath,
				workspaceId: options.workspaceId,
				encryptionKey: options.encryptionKey,
			},
			{ clock: () => Date.now() + skew },
		),
	);
	process.on('message', (message: { skew: number }) => {
		skew = message.skew;
	});
	startTriggerPump(triggerContext(store), {
		store,
		webhookId: options.webhookId,
		outputs: ['messages', 'statuses', 'echoes', 'account', 'due'],
	});
	const server = createServer((request, response) => {
		const chunks: Buffer[] = [];
		request.on('data', (chunk: Buffer) => chunks.push(chunk));
		request.on('end', () => {
			const body = Buffer.concat(chunks);
			if (!verifyMetaSignature(body, request.headers['x-hub-signature-256'], options.credential.appSecret)) {
				response.writeHead(401).end();
				return;
			}
			const events = parseMetaWebhook(JSON.parse(body.toString('utf8')));
			named(
				'receiveEvents',
				async () =>
					await receiveEvents(store, {
						webhookId: options.webhookId,
						vendor: 'whatsapp',
						events,
						emit: { messages: true, statuses: false, echoes: false, account: false },
					}),
			).then(
				() => response.writeHead(200).end(),
				() => response.writeHead(503).end(),
			);
		});
	});
	server.listen(options.port, '127.0.0.1', () => process.send?.({ ready: true }));
	process.on('disconnect', () => process.exit());
}

void main();
