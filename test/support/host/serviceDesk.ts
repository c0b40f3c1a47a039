import { randomBytes } from 'node:crypto';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

import type { InboxRole } from '../../../nodes/shared/domain/inbox/permissions';
import { openStore } from '../../../nodes/shared/store/open';
import { settingsFromCredential } from '../../../nodes/shared/store/settings';
import type { Store } from '../../../nodes/shared/store/store';
import { createLoginLink } from '../../../nodes/shared/usecases/inbox/loginLink';
import { saveAdvisor } from '../../../nodes/shared/usecases/team/saveAdvisor';
import { startGraphSimulator } from '../../simulators/graph';
import type { GraphSimulator, GraphSimulatorOptions } from '../../simulators/graph/types';
import { startStripeSimulator, type StripeSimulator } from '../../simulators/stripe';
import { startWazzupSimulator, type WazzupSimulator } from '../../simulators/wazzup';
import type { WazzupOptions } from '../../simulators/wazzup/types';
import { packAndInstall } from '../package';
import { clockSetTo, machineClock, type Clock } from './clock';
import { runFolder } from './folders';
import { keptSecret } from './keptSecret';
import { startN8n, type N8nOptions, type RunningN8n } from './n8n';
import type { SavedWorkflow, WorkflowFile } from './n8nApi';
import { freePort } from './ports';
import { startPostgres, type PostgresAddress, type PostgresServer } from './postgres';
import { startReadinessGate } from './readinessGate';
import { startRedis } from './redis';
import { postgresReader, sqliteReader, type StoreReader } from './storeEnding';
import {
	buttonOf,
	credentialsNamedIn,
	forClient,
	publishedTogether,
	shippedTemplates,
	worksForWazzup,
} from './templates';

/** One business on the desk: its workspace, its WhatsApp app at Meta, its copy of the templates. */
export interface DeskClient {
	readonly workspaceId: string;
	readonly phoneNumberId: string;
	/** Meta, for this client's app. */
	readonly simulator: GraphSimulator;
	/** Their account of Wazzup, with one channel of WhatsApp and nobody in it. */
	readonly wazzup: WazzupSimulator;
	readonly workflows: readonly SavedWorkflow[];
	/** Address that Meta posts to. */
	readonly callbackUrl: string;
	/** The number of an advisor's own telephone, which nobody has linked. */
	readonly advisorNumber: AdvisorNumber;
	/** Where the team attends; undefined where no imported template opens the inbox. */
	readonly inboxUrl?: string;
	/** A link with which a person of the team opens the inbox, once; they are added when they are not there. */
	inboxLink(person: { readonly name: string; readonly role: InboxRole }): Promise<string>;
	/** Does something in their store from outside of n8n, as another process on the same store. */
	inStore<Result>(work: (store: Store) => Promise<Result>): Promise<Result>;
}

/** An advisor's own WhatsApp Business number. */
export interface AdvisorNumber {
	readonly businessAccountId: string;
	readonly phoneNumberId: string;
	readonly phone: string;
}

export interface ServiceDesk {
	readonly n8n: RunningN8n;
	readonly postgres: PostgresServer;
	/** What time it is for everybody here. */
	readonly clock: Clock;
	/** Where all clients collect. */
	readonly stripe: StripeSimulator;
	/** The product's store, seen from outside. */
	readonly store: StoreReader;
	readonly clients: readonly [DeskClient, ...DeskClient[]];
	/** Runs `work`; when it fails, what n8n logged last is told with the reason. */
	explain<T>(work: () => Promise<T>): Promise<T>;
	stop(): Promise<void>;
}

export interface ServiceDeskOptions {
	readonly mode?: N8nOptions['mode'];
	/** Where the product keeps its data; SQLite unless told. Queue mode needs PostgreSQL. */
	readonly storeOn?: 'sqlite' | 'postgres';
	/** Workspaces, one per client; each imports every template. */
	readonly workspaces?: readonly [string, ...string[]];
	/** The time at which it opens, e.g. `2026-10-09T16:30:00-05:00`; from then on a test may move it. The machine's own when absent. */
	readonly startsAt?: string;
	/** What each client imports; every shipped template when absent. */
	readonly templates?: readonly WorkflowFile[];
	readonly simulator?: Partial<GraphSimulatorOptions>;
	readonly wazzup?: Partial<WazzupOptions>;
	/** Where a chat model answers as OpenAI's does; nowhere unless told. */
	readonly modelUrl?: string;
	/** Whether Meta reaches n8n through a proxy that knows when n8n is ready: only so does a restart lose nothing. */
	readonly behindGate?: boolean;
	/** Keeps everything here and starts from what is there; a folder for this run alone when absent. */
	readonly folder?: string;
	readonly n8n?: Partial<Pick<N8nOptions, 'env' | 'port' | 'owner' | 'lazyAcquire'>>;
	/** Told what is being done, in words. */
	readonly narrate?: (line: string) => void;
}

type CredentialData = Readonly<Record<string, unknown>>;

interface MetaApp {
	readonly simulator: GraphSimulator;
	readonly phoneNumberId: string;
	readonly advisorNumber: AdvisorNumber;
	readonly credential: CredentialData;
}

/** The app of one client at Meta, with one number, and the telephone of one advisor. The same from start to start in a kept folder. */
async function startMeta(
	folder: string,
	place: number,
	options: Partial<GraphSimulatorOptions> | undefined,
): Promise<MetaApp> {
	const phoneNumberId = `10654035224292${place}`;
	const businessAccountId = `10229012934039${place}`;
	const signupConfigurationId = `112233445566778${place}`;
	const advisorNumber: AdvisorNumber = {
		businessAccountId: `77700000000000${place}`,
		phoneNumberId: `88800000000000${place}`,
		phone: `+57 311 555 000${place + 1}`,
	};
	const app = {
		appId: `67041234567890${place}`,
		appSecret: keptSecret(folder, `app-secret-${place}.key`),
		accessToken: `EAA${keptSecret(folder, `access-token-${place}.key`)}`,
		verifyToken: keptSecret(folder, `verify-token-${place}.key`),
	};
	const simulator = await startGraphSimulator({
		...app,
		numbers: [
			{
				wabaId: businessAccountId,
				phoneNumberId,
				displayPhoneNumber: `+57 300 000 000${place + 1}`,
				verifiedName: 'PROSUMINISTROS',
				country: 'CO',
			},
			{
				wabaId: advisorNumber.businessAccountId,
				phoneNumberId: advisorNumber.phoneNumberId,
				displayPhoneNumber: advisorNumber.phone,
				verifiedName: 'Ventas PROSUMINISTROS',
				country: 'CO',
				onBusinessApp: true,
				ofAdvisor: true,
			},
		],
		signup: { configurationId: signupConfigurationId },
		redeliver: { delaysMs: [200, 500, 1_000] },
		statuses: { sent: true, delivered: true, read: true },
		...options,
	});
	simulator
		.advisorPhone(advisorNumber.phoneNumberId)
		.addressBook.push({ phoneNumber: '573209990001', fullName: 'Ferretería La 80', firstName: 'Ferretería' });
	return {
		simulator,
		phoneNumberId,
		advisorNumber,
		credential: { ...app, businessAccountId, signupConfigurationId, baseUrl: simulator.baseUrl },
	};
}

interface WazzupAccount {
	readonly simulator: WazzupSimulator;
	readonly credential: CredentialData;
}

/** One client's account of Wazzup. It forgets everything between two starts, so its key is new: a new account is filled anew. */
async function startWazzup(place: number, options: Partial<WazzupOptions> | undefined): Promise<WazzupAccount> {
	const apiKey = randomBytes(16).toString('hex');
	const simulator = await startWazzupSimulator({
		apiKey,
		channels: [
			{
				channelId: `7f3a0d54-3a4b-4c7e-9d3e-00000000000${place + 1}`,
				transport: 'whatsapp',
				plainId: `57300111220${place + 1}`,
				name: 'PROSUMINISTROS',
			},
		],
		...options,
	});
	return {
		simulator,
		credential: { apiKey: options?.apiKey ?? apiKey, baseUrl: simulator.baseUrl, webhookSecret: '' },
	};
}

interface StorePlace {
	readonly reader: StoreReader;
	credentialFor(workspaceId: string): CredentialData;
}

function sqliteStore(folder: string, encryptionKey: string): StorePlace {
	const storeFolder = join(folder, 'store');
	mkdirSync(storeFolder, { recursive: true, mode: 0o700 });
	const filePath = join(storeFolder, 'whatsapp-crm.sqlite');
	return {
		reader: sqliteReader(filePath),
		credentialFor: (workspace) => ({ database: 'sqlite', workspace, filePath, encryptionKey }),
	};
}

function postgresStore(server: PostgresServer, address: PostgresAddress, encryptionKey: string): StorePlace {
	const { database: databaseName, ...login } = address;
	return {
		reader: postgresReader(server, databaseName),
		credentialFor: (workspace) => ({
			database: 'postgres',
			workspace,
			databaseName,
			...login,
			ssl: false,
			encryptionKey,
		}),
	};
}

/** The database of that name, made when there is none. */
async function databaseOf(postgres: PostgresServer, name: string): Promise<PostgresAddress> {
	const found = await postgres.query('postgres', 'select 1 from pg_database where datname = $1', [name]);
	const { host, port, user, password } = postgres;
	return found.length > 0 ? { host, port, user, password, database: name } : postgres.createDatabase(name);
}

/** What a consultant does for one client: credentials, import, publish, execute the setup once. */
async function openForBusiness(
	{ api }: RunningN8n,
	files: readonly WorkflowFile[],
	credentials: Readonly<Record<string, CredentialData>>,
): Promise<readonly SavedWorkflow[]> {
	for (const { type, name } of credentialsNamedIn(files)) {
		const data = credentials[type];
		if (data === undefined) throw new Error(`A template names a credential '${type}' that the desk cannot fill`);
		await api.saveCredential({ type, name, data });
	}
	const workflows: SavedWorkflow[] = [];
	const published = new Set(publishedTogether(files));
	for (const file of files) {
		// What a person changed on the canvas of a kept desk stays.
		const saved = (await api.workflowNamed(file.name)) ?? (await api.importWorkflow(file));
		// A kept n8n began with the account of the last start, which is gone.
		const isStale = saved.active && worksForWazzup(saved);
		if (isStale) await api.unpublish(saved.id);
		if (isStale || (!saved.active && published.has(file))) await api.publish(saved.id);
		workflows.push(await api.workflow(saved.id));
	}
	for (const workflow of workflows) {
		const button = buttonOf(workflow);
		if (button === undefined) continue;
		const { status } = await api.runByHand(workflow.id, button);
		if (status !== 'success') throw new Error(`«${workflow.name}» ended with '${status}' when it was executed by hand`);
	}
	return workflows;
}

/** Where Meta's webhooks for these workflows arrive; entered at Meta by hand when the trigger did not do it. */
async function connectMeta(
	n8n: RunningN8n,
	{ simulator, phoneNumberId }: MetaApp,
	workflows: readonly SavedWorkflow[],
): Promise<string> {
	const trigger = workflows.flatMap(({ nodes }) => nodes).find(({ type }) => type.endsWith('.whatsAppCloudTrigger'));
	if (trigger?.webhookId === undefined) throw new Error('No template has a WhatsApp Cloud Trigger with an address');
	const callbackUrl = n8n.webhookAddress(trigger.webhookId, 'whatsapp');
	if (simulator.callbackOf(phoneNumberId) === undefined) await simulator.setCallback(callbackUrl, { verify: true });
	return callbackUrl;
}

/** The production URL of the inbox, where one of the workflows opens it. */
function inboxOf(n8n: RunningN8n, workflows: readonly SavedWorkflow[]): string | undefined {
	const trigger = workflows.flatMap(({ nodes }) => nodes).find(({ type }) => type.endsWith('.advisorInboxTrigger'));
	return trigger?.webhookId === undefined ? undefined : n8n.webhookAddress(trigger.webhookId, 'inbox');
}

async function inStoreOf<Result>(
	credential: CredentialData,
	clock: Clock,
	work: (store: Store) => Promise<Result>,
): Promise<Result> {
	const store = await openStore(settingsFromCredential({ ...credential }), { machineClock: clock.now });
	try {
		return await work(store);
	} finally {
		await store.close();
	}
}

/** As WhatsApp CRM: Create Login Link does it. */
async function linkInto(
	store: Store,
	address: string | undefined,
	person: { readonly name: string; readonly role: InboxRole },
): Promise<string> {
	const { advisor } = await saveAdvisor(store, person, 'desk');
	return (await createLoginLink(store, { advisorId: advisor.id, actor: 'desk', address })).url;
}

/** Starts the product whole: PostgreSQL, Meta, n8n with the packed package, credentials and published templates. */
export async function startServiceDesk(options: ServiceDeskOptions = {}): Promise<ServiceDesk> {
	const { mode = 'regular', workspaces = ['prosuministros'], narrate = () => undefined } = options;
	const storeOn = options.storeOn ?? (mode === 'queue' ? 'postgres' : 'sqlite');
	const kept = options.folder !== undefined;
	if (options.startsAt !== undefined && storeOn === 'postgres') throw new Error('PostgreSQL keeps its own time');
	const folder = options.folder ?? runFolder('desk');
	const clock = options.startsAt === undefined ? machineClock : clockSetTo(options.startsAt, folder);
	const stops: Array<() => Promise<void>> = [];
	const started = <Server extends { stop(): Promise<void> }>(server: Server): Server => {
		stops.push(() => server.stop());
		return server;
	};
	const stopServers = async (): Promise<void> => {
		for (const step of stops.splice(0).reverse()) await step();
	};
	let logs: RunningN8n['logs'] = () => '';
	try {
		narrate("Starting a simulated Meta, Wazzup and Stripe, and PostgreSQL for n8n's own data");
		const metas: MetaApp[] = [];
		const wazzups: WazzupAccount[] = [];
		for (const place of workspaces.keys()) {
			const wazzup = await startWazzup(place, { now: clock.now, ...options.wazzup });
			stops.push(() => wazzup.simulator.close());
			wazzups.push(wazzup);
			const pages = [{ title: 'Wazzup: los chats del equipo', url: `${wazzup.simulator.origin}/` }];
			const meta = await startMeta(folder, place, { pages, now: clock.now, ...options.simulator });
			stops.push(meta.simulator.close);
			metas.push(meta);
		}
		const postgres = started(await startPostgres(kept ? { dataFolder: join(folder, 'postgres'), durable: true } : {}));
		const redis = mode === 'queue' ? started(await startRedis()) : undefined;
		const stripe = started(await startStripeSimulator({ now: clock.now }));

		narrate('Installing the packed package as n8n does, and starting n8n (about 20 seconds)');
		const port = options.n8n?.port ?? (await freePort());
		const gate = options.behindGate ? started(await startReadinessGate(`http://127.0.0.1:${port}`)) : undefined;
		const n8n = started(
			await startN8n({
				mode,
				redis,
				database: await databaseOf(postgres, 'n8n'),
				install: packAndInstall,
				folder: join(folder, 'n8n'),
				...options.n8n,
				env: { ...clock.environment, ...options.n8n?.env },
				port,
				publicUrl: gate?.url,
			}),
		);
		logs = n8n.logs;

		const storeKey = keptSecret(folder, 'store.key', 32);
		const store =
			storeOn === 'postgres'
				? postgresStore(postgres, await databaseOf(postgres, 'crm'), storeKey)
				: sqliteStore(folder, storeKey);
		const templates = options.templates ?? [...shippedTemplates().values()];
		const clients: DeskClient[] = [];
		for (const [place, workspaceId] of workspaces.entries()) {
			const meta = metas[place];
			const wazzup = wazzups[place];
			if (meta === undefined || wazzup === undefined) throw new Error(`There are no accounts for '${workspaceId}'`);
			narrate(`Importing and publishing ${templates.length} workflows for ${workspaceId}`);
			const files = workspaces.length > 1 ? templates.map((one) => forClient(one, workspaceId)) : templates;
			const workflows = await openForBusiness(n8n, files, {
				whatsAppCloudApi: meta.credential,
				whatsAppCrmStoreApi: store.credentialFor(workspaceId),
				// Nobody transcribes or answers on the desk unless told: the templates are only there.
				openAiApi: { apiKey: 'of-the-desk', url: options.modelUrl ?? 'http://127.0.0.1:9/v1' },
				// Publishing the template makes its endpoint there.
				stripePaymentsApi: stripe.credential,
				wazzupApi: wazzup.credential,
			});
			const callbackUrl = await connectMeta(n8n, meta, workflows);
			clients.push({
				workspaceId,
				phoneNumberId: meta.phoneNumberId,
				simulator: meta.simulator,
				wazzup: wazzup.simulator,
				workflows,
				callbackUrl,
				advisorNumber: meta.advisorNumber,
				inboxUrl: inboxOf(n8n, workflows),
				inboxLink: async (person) =>
					await inStoreOf(
						store.credentialFor(workspaceId),
						clock,
						async (opened) => await linkInto(opened, inboxOf(n8n, workflows), person),
					),
				inStore: async (work) => await inStoreOf(store.credentialFor(workspaceId), clock, work),
			});
		}
		const [first, ...others] = clients;
		if (first === undefined) throw new Error('A desk has at least one workspace');
		return {
			n8n,
			postgres,
			clock,
			stripe,
			store: store.reader,
			clients: [first, ...others],
			stop: async () => {
				await stopServers();
				if (!kept) rmSync(folder, { recursive: true, force: true });
			},
			explain: async (work) => {
				try {
					return await work();
				} catch (error) {
					if (error instanceof Error) error.message = `${error.message}\n\n${logs(25)}`;
					throw error;
				}
			},
		};
	} catch (error) {
		const report = logs(25);
		await stopServers();
		throw new Error(`${error instanceof Error ? error.message : String(error)}\n\n${report}\nMore is in ${folder}`);
	}
}
