import { createServer } from 'node:net';

function listenOnce(port: number): Promise<number> {
	return new Promise((resolve, reject) => {
		const server = createServer();
		server.once('error', reject);
		server.listen(port, '127.0.0.1', () => {
			const address = server.address();
			const given = typeof address === 'object' && address !== null ? address.port : port;
			server.close(() => resolve(given));
		});
	});
}

/** A TCP port of the loopback interface that nothing listens on at this moment. */
export const freePort = (): Promise<number> => listenOnce(0);

/** `wanted` when nothing listens there, so that addresses stay the same from start to start; else a free one. */
export const portOrFree = (wanted: number): Promise<number> => listenOnce(wanted).catch(freePort);
