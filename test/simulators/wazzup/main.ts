/**
 * The simulator in a process of its own:
 *
 *   node --import tsx test/simulators/wazzup/main.ts --port 4020 --api-key k --channel <uuid>:whatsapp:573001112233
 *
 * Prints one JSON line `{ "baseUrl": … }` when it listens and ends on SIGTERM or SIGINT. Drive it over `/simulator/`.
 */
import { parseArgs } from 'node:util';

import { startWazzupSimulator } from './index';

const { values } = parseArgs({
	options: {
		port: { type: 'string', default: '0' },
		'api-key': { type: 'string', default: 'simulated-api-key' },
		'sidecar-key': { type: 'string', multiple: true },
		channel: { type: 'string', multiple: true },
		'no-echo': { type: 'boolean', default: false },
	},
});

function channelOf(text: string) {
	const [channelId, transport, plainId, name] = text.split(':');
	if (!channelId || !transport || !plainId)
		throw new Error(`--channel wants <uuid>:<transport>:<number>, not '${text}'.`);
	return { channelId, transport, plainId, name };
}

async function main(): Promise<void> {
	const simulator = await startWazzupSimulator({
		port: Number(values.port),
		apiKey: values['api-key'],
		sidecarKeys: values['sidecar-key'],
		channels: (values.channel ?? ['7f3a0d54-3a4b-4c7e-9d3e-000000000001:whatsapp:573001112233:PROSUMINISTROS']).map(
			channelOf,
		),
		echoOwnSends: !values['no-echo'],
	});
	process.stdout.write(`${JSON.stringify({ baseUrl: simulator.baseUrl, port: simulator.port })}\n`);
	const stop = (): void => void simulator.close().then(() => process.exit(0));
	process.once('SIGTERM', stop);
	process.once('SIGINT', stop);
}

void main();
