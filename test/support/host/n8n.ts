import { mkdirSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

import { hostFolder, runFolder } from './folders';
import { keptSecret } from './keptSecret';
import { signIn, type Login, type N8nApi } from './n8nApi';
import { freePort } from './ports';
import type { PostgresAddress } from './postgres';
import { startProcess, type RunningProcess } from './processes';
import type { RedisServer } from './redis';
import { eventually } from './waiting';

export interface N8nOptions {
	/** n8n's own database: an empty one of a PostgreSQL server, or the one of an earlier start. */
	readonly database: PostgresAddress;
	/** `regular`: one process. `queue`: main, webhook process and worker, with Redis between them. */
	readonly mode?: 'regular' | 'queue';
	/** Required in queue mode. */
	readonly redis?: RedisServer;
	/** Puts community packages into the folder of one process; called for each before the first start. */
	readonly install?: (userFolder: string) => Promise<unknown>;
	/** `N8N_EXPRESSION_ENGINE_LAZY_ACQUIRE`; true unless told: ten times the webhooks. */
	readonly lazyAcquire?: boolean;
	/** Whether Code nodes can run, which costs a task runner process. */
	readonly codeNodes?: boolean;
	/** Added to every process; wins over what the harness sets. */
	readonly env?: Readonly<Record<string, string>>;
	/** Keeps keys, files and logs here; a folder for this run alone when absent. */
	readonly folder?: string;
	/** Port of the editor and, in regular mode, of the webhooks; a free one when absent. */
	readonly port?: number;
	/** Where Meta reaches the webhooks when a proxy stands before n8n; without a slash at the end. */
	readonly publicUrl?: string;
	/** Who owns the instance; made up when absent. */
	readonly owner?: Login;
}

export interface RunningN8n {
	/** Editor and API, without a slash at the end. */
	readonly url: string;
	/** Where production webhooks arrive: the proxy, the webhook process in queue mode, else the same as `url`. */
	readonly webhookUrl: string;
	readonly owner: Login;
	/** Signed in as the owner; renewed by `restart()`. */
	readonly api: N8nApi;
	readonly processes: readonly RunningProcess[];
	/** Where n8n keeps its files; a store without a path of its own lies below it. */
	readonly folder: string;
	/** Ends every process in order (SIGTERM) and waits. */
	stop(): Promise<void>;
	/** The power cut: SIGKILL to every process at once. */
	kill9(): Promise<void>;
	/** Starts everything again on the same database, folder and ports, without n8n's ten seconds of penance after a crash. */
	restart(): Promise<void>;
	/** The last lines of every process's log. */
	logs(lines?: number): string;
	/** Address of a published webhook, e.g. `webhookAddress(node.webhookId, 'webhook')`. */
	webhookAddress(webhookId: string, path: string): string;
}

interface Role {
	readonly name: 'main' | 'webhook' | 'worker';
	readonly command: 'start' | 'webhook' | 'worker';
	readonly port: number;
	readonly brokerPort: number;
}

/** Nothing leaves the machine, nothing asks the user anything, and nothing is given up because the machine is busy. */
const quiet = {
	N8N_DIAGNOSTICS_ENABLED: 'false',
	N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
	N8N_VERSION_NOTIFICATIONS_WHATS_NEW_ENABLED: 'false',
	N8N_DYNAMIC_BANNERS_ENABLED: 'false',
	N8N_TEMPLATES_ENABLED: 'false',
	N8N_PERSONALIZATION_ENABLED: 'false',
	N8N_HIRING_BANNER_ENABLED: 'false',
	N8N_LICENSE_AUTO_RENEW_ENABLED: 'false',
	N8N_VERIFIED_PACKAGES_ENABLED: 'false',
	N8N_AI_ENABLED: 'false',
	N8N_MCP_ACCESS_ENABLED: 'false',
	// The one module that asks api.n8n.io at every start, with a stack trace in the log when it cannot.
	N8N_DISABLED_MODULES: 'mcp-registry',
	// Named, so that n8n does not announce at every start that their defaults will change.
	N8N_RUNNERS_TASK_TIMEOUT: '60',
	N8N_COMPRESSION_NODE_MAX_DECOMPRESSED_SIZE_BYTES: '268435456',
	N8N_COMPRESSION_NODE_MAX_ZIP_ENTRIES: '1000',
	// By the clock on the wall: five seconds, the default, are less than a busy machine may make an expression wait.
	N8N_EXPRESSION_ENGINE_TIMEOUT: '60000',
} as const;

function passwordHash(password: string): string {
	const bcrypt = createRequire(join(hostFolder, 'node_modules', 'n8n', 'package.json'))('bcryptjs') as {
		hashSync(plain: string, rounds: number): string;
	};
	return bcrypt.hashSync(password, 8);
}

/** Starts the pinned n8n and waits until it answers. Everything listens on the loopback interface only. */
export async function startN8n(options: N8nOptions): Promise<RunningN8n> {
	const { database, mode = 'regular', redis, install, lazyAcquire = true, codeNodes = false, env = {} } = options;
	if (mode === 'queue' && redis === undefined) throw new Error("Queue mode needs 'redis'");
	const folder = options.folder ?? runFolder('n8n');
	mkdirSync(folder, { recursive: true });
	const owner = options.owner ?? {
		email: 'owner@example.com',
		password: `Owner-${keptSecret(folder, 'owner.key').slice(0, 12)}`,
	};
	const port = options.port ?? (await freePort());
	const roles: Role[] = [{ name: 'main', command: 'start', port, brokerPort: await freePort() }];
	if (mode === 'queue') {
		roles.push({ name: 'webhook', command: 'webhook', port: await freePort(), brokerPort: await freePort() });
		roles.push({ name: 'worker', command: 'worker', port: await freePort(), brokerPort: await freePort() });
	}
	const url = `http://127.0.0.1:${port}`;
	const webhookPort = roles.find(({ name }) => name === 'webhook')?.port ?? port;
	const webhookUrl = options.publicUrl ?? `http://127.0.0.1:${webhookPort}`;
	const ownerHash = passwordHash(owner.password);

	const environment = ({ name, port: rolePort, brokerPort }: Role): NodeJS.ProcessEnv => ({
		PATH: `${dirname(process.execPath)}:${process.env.PATH ?? ''}`,
		HOME: process.env.HOME ?? folder,
		LANG: 'C.UTF-8',
		TZ: 'America/Bogota',
		NODE_ENV: 'production',
		NODE_OPTIONS: ['sqliteStandIn.cjs', 'movedDate.cjs']
			.map((file) => `--require=${JSON.stringify(join(__dirname, file))}`)
			.join(' '),
		NO_COLOR: '1',
		...quiet,
		GENERIC_TIMEZONE: 'America/Bogota',
		N8N_USER_FOLDER: join(folder, name),
		N8N_ENCRYPTION_KEY: keptSecret(folder, 'encryption.key'),
		N8N_USER_MANAGEMENT_JWT_SECRET: keptSecret(folder, 'session.key'),
		N8N_LISTEN_ADDRESS: '127.0.0.1',
		N8N_HOST: '127.0.0.1',
		N8N_PORT: String(rolePort),
		N8N_EDITOR_BASE_URL: url,
		N8N_WEBHOOK_URL: webhookUrl,
		...(options.publicUrl === undefined ? {} : { N8N_PROXY_HOPS: '1' }),
		N8N_SECURE_COOKIE: 'false',
		N8N_UNVERIFIED_PACKAGES_ENABLED: 'true',
		N8N_EXPRESSION_ENGINE_LAZY_ACQUIRE: String(lazyAcquire),
		N8N_INSTANCE_OWNER_MANAGED_BY_ENV: 'true',
		N8N_INSTANCE_OWNER_EMAIL: owner.email,
		N8N_INSTANCE_OWNER_FIRST_NAME: 'Demo',
		N8N_INSTANCE_OWNER_LAST_NAME: 'Owner',
		N8N_INSTANCE_OWNER_PASSWORD_HASH: ownerHash,
		// An external runner that never comes costs nothing; the internal one is a process of its own.
		N8N_RUNNERS_MODE: codeNodes ? 'internal' : 'external',
		N8N_RUNNERS_AUTH_TOKEN: keptSecret(folder, 'runners.key'),
		N8N_RUNNERS_BROKER_PORT: String(brokerPort),
		N8N_RUNNERS_BROKER_LISTEN_ADDRESS: '127.0.0.1',
		N8N_LOG_LEVEL: 'info',
		DB_TYPE: 'postgresdb',
		DB_POSTGRESDB_HOST: database.host,
		DB_POSTGRESDB_PORT: String(database.port),
		DB_POSTGRESDB_DATABASE: database.database,
		DB_POSTGRESDB_USER: database.user,
		DB_POSTGRESDB_PASSWORD: database.password,
		DB_POSTGRESDB_POOL_SIZE: '8',
		...(mode === 'queue' && redis !== undefined
			? {
					EXECUTIONS_MODE: 'queue',
					QUEUE_BULL_REDIS_HOST: redis.host,
					QUEUE_BULL_REDIS_PORT: String(redis.port),
					QUEUE_HEALTH_CHECK_ACTIVE: 'true',
					QUEUE_HEALTH_CHECK_PORT: String(rolePort),
					N8N_WORKER_SERVER_ADDRESS: '127.0.0.1',
				}
			: {}),
		...env,
	});

	let running: RunningProcess[] = [];
	let session: N8nApi | undefined;
	const logs = (lines = 60): string =>
		running
			.map((process) => `--- ${process.name} ${process.ending() ?? 'is running'}\n${process.log(lines)}`)
			.join('\n');

	const begin = async (role: Role): Promise<void> => {
		const process_ = startProcess({
			name: `n8n ${role.name}`,
			command: process.execPath,
			args: [join(hostFolder, 'node_modules', 'n8n', 'bin', 'n8n'), role.command],
			env: environment(role),
			cwd: folder,
			logFile: join(folder, `${role.name}.log`),
		});
		running.push(process_);
		await eventually(
			`n8n ${role.name} to be ready`,
			async () => (await fetch(`http://127.0.0.1:${role.port}/healthz/readiness`)).ok,
			{
				within: 180_000,
				every: 100,
				hopeless: () => (process_.ending() === undefined ? undefined : `it ${process_.ending()}\n${process_.log()}`),
			},
		);
	};

	const start = async (): Promise<void> => {
		running = [];
		// n8n sleeps ten seconds when its last session crashed (cli/src/crash-journal.ts): nothing that a test learns from.
		for (const { name } of roles) rmSync(join(folder, name, '.n8n', 'crash.journal'), { force: true });
		const [main, ...others] = roles;
		if (main === undefined) return;
		try {
			// Main first: it migrates the database, and the others refuse one that is not.
			await begin(main);
			await Promise.all(others.map(begin));
			session = await eventually('n8n to let its owner in', () => signIn(url, owner), { every: 200 });
		} catch (error) {
			const report = logs();
			await kill9();
			throw new Error(`${error instanceof Error ? error.message : String(error)}\n${report}`);
		}
	};
	const stop = async (): Promise<void> => {
		await Promise.all(running.map((process) => process.stop('SIGTERM', 40_000)));
	};
	const kill9 = async (): Promise<void> => {
		await Promise.all(running.map((process) => process.kill9()));
	};

	if (install !== undefined) for (const { name } of roles) await install(join(folder, name));
	await start();
	return {
		url,
		webhookUrl,
		owner,
		folder,
		stop,
		kill9,
		restart: start,
		logs,
		webhookAddress: (webhookId, path) => `${webhookUrl}/webhook/${webhookId}/${path}`,
		get processes() {
			return running;
		},
		get api() {
			if (session === undefined) throw new Error('n8n is not running');
			return session;
		},
	};
}
