import { existsSync, rmSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { connect } from 'node:net';

import { runFolder } from './folders';
import { freePort } from './ports';
import { startProcess } from './processes';
import { eventually } from './waiting';

export interface RedisServer {
	readonly host: string;
	readonly port: number;
	stop(): Promise<void>;
}

/** The `redis-server` of this machine, when it has one. */
export function redisProgram(): string | undefined {
	return (process.env.PATH ?? '')
		.split(delimiter)
		.concat('/usr/bin', '/usr/local/bin')
		.map((folder) => join(folder, 'redis-server'))
		.find((file) => existsSync(file));
}

function answersPing(port: number): Promise<boolean> {
	return new Promise((resolve, reject) => {
		const socket = connect(port, '127.0.0.1', () => socket.write('PING\r\n'));
		socket.setTimeout(1_000, () => socket.destroy(new Error('no answer to PING')));
		socket.once('error', reject);
		socket.once('data', (answer) => {
			socket.destroy();
			resolve(answer.toString().startsWith('+PONG'));
		});
	});
}

/** Starts Debian's redis-server on a free loopback port; nothing is written to disk. */
export async function startRedis(): Promise<RedisServer> {
	const program = redisProgram();
	if (program === undefined)
		throw new Error("'redis-server' is not installed; on Debian: apt-get install redis-server");
	const folder = runFolder('redis');
	const port = await freePort();
	const server = startProcess({
		name: 'Redis',
		command: program,
		args: ['--bind', '127.0.0.1', '--port', String(port), '--save', '', '--appendonly', 'no', '--dir', folder],
		logFile: join(folder, 'redis.log'),
	});
	await eventually('Redis to answer', () => answersPing(port), {
		hopeless: () => (server.ending() === undefined ? undefined : `it ${server.ending()}\n${server.log()}`),
	});
	return {
		host: '127.0.0.1',
		port,
		stop: async () => {
			await server.stop();
			rmSync(folder, { recursive: true, force: true });
		},
	};
}
