import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

import { startGraphSimulator } from '../../simulators/graph';
import type { GraphSimulator, GraphSimulatorOptions } from '../../simulators/graph/types';
import { packAndInstall } from '../package';
import { projectRoot, runFolder } from './folders';
import { keptSecret } from './keptSecret';
import { startN8n, type N8nOptions, type RunningN8n } from './n8n';
import type { SavedWorkflow, WorkflowFile, WorkflowNode } from './n8nApi';
import { freePort } from './ports';
import { startPostgres, type PostgresServer } from './postgres';
import { startReadinessGate } from './readinessGate';
import { startRedis, type RedisServer } from './redis';
import { postgresReader, sqliteReader, type StoreReader } from './storeEnding';

/** One business on the desk: its workspace, its WhatsApp app at Meta, its copy of the templates. */
export interface DeskClient {
	readonly workspaceId: string;
	readonly phoneNumberId: string;
	/** Meta, for this client's app. */
	readonly simulator: GraphSimulator;
	readonly workflows: readonly SavedWorkflow[];
	/** Address that Meta posts to. */
	readonly callbackUrl: string;
}

export interface ServiceDesk {
	readonly n8n: RunningN8n;
	readonly postgres: PostgresServer;
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
	/** What each client imports; every shipped template when absent. */
	readonly templates?: readonly WorkflowFile[];
	readonly simulator?: Partial<GraphSimulatorOptions>;
	/** Whether Meta reaches n8n through a proxy that knows when n8n is ready: only so does a restart lose nothing. */
	readonly behindGate?: boolean;
	/** Keeps everything here and starts from what is there; a folder for this run alone when absent. */
	readonly folder?: string;
	readonly n8n?: Partial<Pick<N8nOptions, 'env' | 'port' | 'owner' | 'lazyAcquire'>>;
	/** Told what is being done, in words. */
	readonly narrate?: (line: string) => void;
}

const templatesFolder = join(projectRoot, 'workflows');

/** Every workflow that the package ships, by file name. */
export function shippedTemplates(): ReadonlyMap<string, WorkflowFile> {
	if (!existsSync(templatesFolder)) return new Map();
	return new Map(
		readdirSync(templatesFolder)
			.filter((name) => name.endsWith('.json'))
			.sort()
			.map((name) => [name, JSON.parse(readFileSync(join(templatesFolder, name), 'utf8')) as WorkflowFile]),
	);
}

/** One template that the package ships, e.g. `customer-service-bot.json`. */
export function shippedTemplate(name: string): WorkflowFile {
	const template = shippedTemplates().get(name);
	if (template === undefined) throw new Error(`There is no 'workflows/${name}'`);
	return template;
}

/** The template as a consultant prepares it for one client: its own name, and credentials by the client's names. */
function forClient(template: WorkflowFile, client: string | undefined): WorkflowFile {
	if (client === undefined) return template;
	const renamed = ({ credentials, ...node }: WorkflowNode): WorkflowNode =>
		credentials === undefined
			? node
			: {
					...node,
					credentials: Object.fromEntries(
						Object.entries(credentials).map(([type, { id, name }]) => [type, { id, name: `${name} (${client})` }]),
					),
				};
	return { ...template, name: `${template.name} (${client})`, nodes: template.nodes.map(renamed) };
}

const manualTrigger = 'n8n-nodes-base.manualTrigger';

/** Whether the workflow is meant to be published; the others are executed by hand. */
export const startsByItself = ({ nodes }: WorkflowFile): boolean =>
	nodes.some(({ type, disabled }) => type.endsWith('Trigger') && type !== manualTrigger && disabled !== true);

interface CredentialNeed {
	readonly type: string;
	readonly name: string;
}

function credentialsNamedIn(workflows: readonly WorkflowFile[]): readonly CredentialNeed[] {
	const needs = workflows.flatMap(({ nodes }) =>
		nodes.flatMap(({ credentials = {} }) => Object.entries(credentials).map(([type, { name }]) => ({ type, name }))),
	);
	return [...new Map(needs.map((need) => [`${need.type} ${need.name}`, need])).values()];
}

/** Starts the product whole: PostgreSQL, Meta, n8n with the packed package, credentials and published templates. */
export async function startServiceDesk(options: ServiceDeskOptions = {}): Promise<ServiceDesk> {
	const { mode = 'regular', workspaces = ['prosuministros'], narrate = () => undefined } = options;
	const storeOn = options.storeOn ?? (mode === 'queue' ? 'postgres' : 'sqlite');
	const kept = options.folder !== undefined;
	const folder = options.folder ?? runFolder('desk');
	const stops: Array<() => Promise<void>> = [];
	const stopServers = async (): Promise<void> => {
		for (const step of stops.splice(0).reverse()) await step();
	};
	const stop = async (): Promise<void> => {
		await stopServers();
		if (!kept) rmSync(folder, { recursive: true, force: true });
	};
	let logs: RunningN8n['logs'] = () => '';
	try {
		narrate("Starting PostgreSQL for n8n's own data");
		const postgres = await startPostgres(kept ? { dataFolder: join(folder, 'postgres'), durable: true } : {});
		stops.push(postgres.stop);
		const redis: RedisServer | undefined = mode === 'queue' ? await startRedis() : undefined;
		if (redis !== undefined) stops.push(redis.stop);
		const databaseOf = async (name: string): ReturnType<PostgresServer['createDatabase']> => {
			const found = await postgres.query('postgres', 'select 1 from pg_database where datname = $1', [name]);
			const { host, port, user, password } = postgres;
			return found.length > 0 ? { host, port, user, password, database: name } : postgres.createDatabase(name);
		};

		narrate('Installing the packed package as n8n does, and starting n8n (about 20 seconds)');
		const database = await databaseOf('n8n');
		const port = options.n8n?.port ?? (await freePort());
		const gate = options.behindGate === true ? await startReadinessGate(`http://127.0.0.1:${port}`) : undefined;
		if (gate !== undefined) stops.push(gate.stop);
		const n8n = await startN8n({
			mode,
			redis,
			database,
			install: packAndInstall,
			folder: join(folder, 'n8n'),
			...options.n8n,
			port,
			publicUrl: gate?.url,
		});
		stops.push(n8n.stop);
		logs = n8n.logs;

		const storeFolder = join(folder, 'store');
		mkdirSync(storeFolder, { recursive: true, mode: 0o700 });
		const storePath = join(storeFolder, 'whatsapp-crm.sqlite');
		const storeDatabase = storeOn === 'postgres' ? await databaseOf('crm') : undefined;
		const storeKey = keptSecret(folder, 'store.key', 32);
		const store =
			storeDatabase === undefined ? sqliteReader(storePath) : postgresReader(postgres, storeDatabase.database);

		const templates = options.templates ?? [...shippedTemplates().values()];
		const clients: DeskClient[] = [];
		for (const [place, workspaceId] of workspaces.entries()) {
			narrate(`Importing and publishing ${templates.length} workflows for ${workspaceId}`);
			const phoneNumberId = `10654035224292${place}`;
			const wabaId = `10229012934039${place}`;
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
						wabaId,
						phoneNumberId,
						displayPhoneNumber: `+57 300 000 000${place + 1}`,
						verifiedName: 'PROSUMINISTROS',
						country: 'CO',
					},
				],
				redeliver: { delaysMs: [200, 500, 1_000] },
				statuses: { sent: true, delivered: true, read: true },
				...options.simulator,
			});
			stops.push(simulator.close);

			const typed: Record<string, Record<string, unknown>> = {
				whatsAppCloudApi: { ...app, businessAccountId: wabaId, baseUrl: simulator.baseUrl },
				whatsAppCrmStoreApi:
					storeDatabase === undefined
						? { database: 'sqlite', workspace: workspaceId, filePath: storePath, encryptionKey: storeKey }
						: {
								database: 'postgres',
								workspace: workspaceId,
								host: storeDatabase.host,
								port: storeDatabase.port,
								databaseName: storeDatabase.database,
								user: storeDatabase.user,
								password: storeDatabase.password,
								ssl: false,
								encryptionKey: storeKey,
							},
			};
			const files = templates.map((template) => forClient(template, workspaces.length > 1 ? workspaceId : undefined));
			for (const { type, name } of credentialsNamedIn(files)) {
				const data = typed[type];
				if (data === undefined) throw new Error(`A template names a credential '${type}' that the desk cannot fill`);
				await n8n.api.saveCredential({ type, name, data });
			}
			const workflows: SavedWorkflow[] = [];
			for (const file of files) {
				// What a person changed on the canvas of a kept desk stays.
				const saved = (await n8n.api.workflowNamed(file.name)) ?? (await n8n.api.importWorkflow(file));
				if (!saved.active && startsByItself(saved)) await n8n.api.publish(saved.id);
				workflows.push(await n8n.api.workflow(saved.id));
			}
			for (const { id, name, nodes } of workflows) {
				const button = nodes.find(({ type }) => type === manualTrigger);
				if (button === undefined) continue;
				narrate(`Executing «${name}» once`);
				const { status } = await n8n.api.runByHand(id, button.name);
				if (status !== 'success') throw new Error(`«${name}» ended with '${status}' when it was executed by hand`);
			}
			const trigger = workflows
				.flatMap(({ nodes }) => nodes)
				.find(({ type }) => type.endsWith('.whatsAppCloudTrigger'));
			if (trigger?.webhookId === undefined) throw new Error('No template has a WhatsApp Cloud Trigger with an address');
			const callbackUrl = n8n.webhookAddress(trigger.webhookId, 'whatsapp');
			if (simulator.callbackOf(phoneNumberId) === undefined) await simulator.setCallback(callbackUrl, { verify: true });
			clients.push({ workspaceId, phoneNumberId, simulator, workflows, callbackUrl });
		}
		const [first, ...others] = clients;
		if (first === undefined) throw new Error('A desk has at least one workspace');
		return {
			n8n,
			postgres,
			store,
			clients: [first, ...others],
			stop,
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
