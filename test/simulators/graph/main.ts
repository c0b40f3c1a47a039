/**
 * The simulator in a process of its own:
 *
 *   node --import tsx test/simulators/graph/main.ts --port 4010 --app-secret s --access-token t --callback http://…
 *
 * Prints one JSON line `{ "baseUrl": … }` when it listens and ends on SIGTERM or SIGINT. Drive it over `/simulator/`
 * (see `remoteControl.ts`); `--signup-configuration <id>` opens Meta's signup dialog, `--advisor-number` adds numbers of
 * advisors that it offers. Several numbers are `--number <wabaId>:<phoneNumberId>:<display>:<name>[:<throughput>]`.
 */
import { parseArgs } from 'node:util';
import { startGraphSimulator, type SimulatedNumber } from './index';

const { values } = parseArgs({
	options: {
		port: { type: 'string', default: '0' },
		'app-id': { type: 'string', default: '100000000000001' },
		'app-secret': { type: 'string', default: 'simulated-app-secret' },
		'access-token': { type: 'string', default: 'simulated-access-token' },
		'verify-token': { type: 'string', default: 'simulated-verify-token' },
		number: { type: 'string', multiple: true },
		'advisor-number': { type: 'string', multiple: true },
		'signup-configuration': { type: 'string' },
		callback: { type: 'string' },
		'no-read': { type: 'boolean', default: false },
		'status-delay-ms': { type: 'string', default: '0' },
		'status-batch': { type: 'string', default: '1' },
		'no-pair-rate': { type: 'boolean', default: false },
		record: { type: 'string', default: 'everything' },
		seed: { type: 'string' },
	},
});

function numberOf(text: string): SimulatedNumber {
	const [wabaId, phoneNumberId, displayPhoneNumber, verifiedName, throughput] = text.split(':');
	if (!wabaId || !phoneNumberId || !displayPhoneNumber) {
		throw new Error(`--number wants <wabaId>:<phoneNumberId>:<display>:<name>[:<throughput>], not '${text}'.`);
	}
	return {
		wabaId,
		phoneNumberId,
		displayPhoneNumber,
		verifiedName: verifiedName || 'Empresa de prueba',
		country: 'CO',
		throughput: throughput ? Number(throughput) : undefined,
	};
}

async function main(): Promise<void> {
	const simulator = await startGraphSimulator({
		port: Number(values.port),
		appId: values['app-id'],
		appSecret: values['app-secret'],
		accessToken: values['access-token'],
		verifyToken: values['verify-token'],
		numbers: [
			...(values.number ?? ['200000000000001:300000000000001:+57 300 111 2233:PROSUMINISTROS']).map(numberOf),
			...(values['advisor-number'] ?? []).map((text) => ({ ...numberOf(text), onBusinessApp: true, ofAdvisor: true })),
		],
		signup:
			values['signup-configuration'] === undefined ? undefined : { configurationId: values['signup-configuration'] },
		callbackUrl: values.callback,
		statuses: {
			read: !values['no-read'],
			delayMs: Number(values['status-delay-ms']),
			batch: Number(values['status-batch']),
		},
		pairRate: !values['no-pair-rate'],
		record: values.record === 'sends' ? 'sends' : 'everything',
		seed: values.seed === undefined ? undefined : Number(values.seed),
	});
	process.stdout.write(`${JSON.stringify({ baseUrl: simulator.baseUrl, port: simulator.port })}\n`);
	const stop = (): void => void simulator.close().then(() => process.exit(0));
	process.once('SIGTERM', stop);
	process.once('SIGINT', stop);
}

void main();
