import { startPostgres, type PostgresServer } from './host/postgres';

/** How suites learn of the server that serves the whole run. */
export const SERVER_OF_THE_RUN = 'WHATSAPP_CRM_TEST_POSTGRES';

const place = globalThis as { postgresOfTheRun?: PostgresServer };

/** Jest's global set-up: one real PostgreSQL for all suites of a run. */
export default async function startServer(): Promise<void> {
	if (process.env[SERVER_OF_THE_RUN] !== undefined) return;
	const server = await startPostgres();
	const { host, port, user, password } = server;
	place.postgresOfTheRun = server;
	process.env[SERVER_OF_THE_RUN] = JSON.stringify({ host, port, user, password });
}

/** Ends the server, if this run has started one. */
export async function stopServer(): Promise<void> {
	const server = place.postgresOfTheRun;
	place.postgresOfTheRun = undefined;
	await server?.stop();
}
