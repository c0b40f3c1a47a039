import { createServer, get, request } from 'node:http';

/** The reverse proxy of a careful installation. */
export interface ReadinessGate {
	/** Public address, without a slash at the end. */
	readonly url: string;
	stop(): Promise<void>;
}

/**
 * Lets requests through to n8n only while `/healthz/readiness` answers 200, and answers 503 otherwise, so that Meta
 * delivers again. Needed because n8n 2.41.1 answers **200** "n8n is starting up. Please wait" to every request between the
 * opening of its port and the end of its migrations (cli/src/abstract-server.ts, `setupHealthCheck`): 13 to 23 ms at an
 * ordinary start, measured in November 2026, and as long as the migrations take at an upgrade. What Meta delivers in that
 * time is lost to everybody.
 */
export async function startReadinessGate(n8nUrl: string): Promise<ReadinessGate> {
	const isReady = (): Promise<boolean> =>
		new Promise((resolve) => {
			get(`${n8nUrl}/healthz/readiness`, (answer) => {
				answer.resume();
				resolve(answer.statusCode === 200);
			}).once('error', () => resolve(false));
		});
	const server = createServer((incoming, outgoing) => {
		void isReady().then((ready) => {
			if (!ready) {
				outgoing.writeHead(503, { 'retry-after': '1' }).end();
				return;
			}
			const { method, headers, url = '/' } = incoming;
			const forwarded = request(`${n8nUrl}${url}`, { method, headers }, (answer) => {
				outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
				answer.pipe(outgoing);
			});
			forwarded.once('error', () => {
				if (outgoing.headersSent) outgoing.destroy();
				else outgoing.writeHead(502).end();
			});
			incoming.pipe(forwarded);
		});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const address = server.address();
	const port = typeof address === 'object' && address !== null ? address.port : 0;
	return {
		url: `http://127.0.0.1:${port}`,
		stop: () =>
			new Promise((resolve) => {
				server.close(() => resolve());
				server.closeAllConnections();
			}),
	};
}
