import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

/**
 * Below the ports that systems give to outgoing connections (Linux: from 32768, macOS: from 49152): one of those could be
 * taken by a connection between the moment it was found free and the moment its server starts.
 */
const LOWEST = 20_000;
const HIGHEST = 32_000;
const given = new Set<number>();

function isFree(port: number): Promise<boolean> {
	return new Promise((resolve) => {
		const server = createServer();
		server.once('error', () => resolve(false));
		server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
	});
}

/** A TCP port of the loopback interface that nothing listens on, and that this process was not given before. */
export async function freePort(): Promise<number> {
	for (let tries = 0; tries < 1_000; tries += 1) {
		const port = randomInt(LOWEST, HIGHEST);
		if (given.has(port) || !(await isFree(port))) continue;
		given.add(port);
		return port;
	}
	throw new Error(`No port between ${LOWEST} and ${HIGHEST} is free`);
}

/** `wanted` when nothing listens there, so that addresses stay the same from start to start; else a free one. */
export const portOrFree = async (wanted: number): Promise<number> =>
	(await isFree(wanted)) ? wanted : await freePort();
