import type { IncomingMessage, ServerResponse } from 'node:http';
import { comesFromElsewhere, readBytes } from './requestReader';
import type { GraphSimulator, Json } from './types';
import type { World } from './world';

const isObject = (value: unknown): value is Json =>
	typeof value === 'object' && value !== null && !Array.isArray(value);
const words = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);

function percentile(sorted: readonly number[], share: number): number {
	return sorted.length === 0 ? 0 : sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
}

/** Figures of the webhooks that were acknowledged. */
export function acknowledgementFigures(durations: readonly number[]): Json {
	const sorted = Float64Array.from(durations).sort();
	const values = Array.from(sorted);
	return {
		count: values.length,
		p50: percentile(values, 0.5),
		p95: percentile(values, 0.95),
		p99: percentile(values, 0.99),
		max: values.at(-1) ?? 0,
	};
}

/**
 * Drives a simulator that runs in another process:
 * - `GET /simulator/counters`: counters, pending webhooks, acknowledgement times in ms.
 * - `GET /simulator/ledger?after=n`: accepted sends from the n-th on.
 * - `GET /simulator/chat?waId=…`: what that person sees.
 * - `POST /simulator/callback {url, verify?}`, `POST /simulator/clear`.
 * - `POST /simulator/say [{waId, text, profileName?, phoneNumberId?}, …]`: customers write, all at once.
 * - `POST /simulator/load {customers, messagesPerSecond, seconds, texts, phoneNumberIds?, firstWaId?}`: a steady load in
 *   the background; `customers` people take turns, each saying the next of `texts`.
 * - `POST /simulator/advisor-phone {phoneNumberId, do: 'write' | 'disconnect' | 'fallAsleep' | 'wakeUp' | 'shareHistory' |
 *   'keepHistory', waId?, text?}`: an advisor's own telephone; its page is `/advisor`.
 * - `POST /simulator/fault` and `/simulator/webhook-faults`: as `faults.inject` and `faults.webhooks`.
 */
export function remoteControl(world: World, simulator: GraphSimulator) {
	let loading: Json | undefined;

	const load = (order: Json): void => {
		const rate = Number(order.messagesPerSecond ?? 10);
		const total = Math.round(rate * Number(order.seconds ?? 1));
		const people = Number(order.customers ?? total);
		const texts = Array.isArray(order.texts) ? order.texts.map(String) : ['hola'];
		const numbers = Array.isArray(order.phoneNumberIds) ? order.phoneNumberIds.map(String) : [...world.numbers.keys()];
		const firstWaId = BigInt(words(order.firstWaId) ?? '573100000000');
		const spoken = new Map<number, number>();
		const state = { running: true, said: 0, total };
		loading = state;
		const started = performance.now();
		const tick = (): void => {
			const due = Math.min(total, Math.floor(((performance.now() - started) / 1000) * rate) + 1);
			while (state.said < due) {
				const index = state.said % people;
				const turn = spoken.get(index) ?? 0;
				spoken.set(index, turn + 1);
				simulator
					.customer({
						waId: String(firstWaId + BigInt(index)),
						profileName: `Cliente ${index + 1}`,
						phoneNumberId: numbers[index % numbers.length],
					})
					.text(texts[turn % texts.length]);
				state.said += 1;
			}
			if (state.said >= total) {
				state.running = false;
				clearInterval(timer);
			}
		};
		const timer = setInterval(tick, 5);
		world.live.once('close', () => clearInterval(timer));
		tick();
	};

	const actions: Readonly<Partial<Record<string, (body: unknown, query: URLSearchParams) => unknown>>> = {
		'GET counters': () => ({
			...world.ledger.counters,
			pendingWebhooks: world.courier.pending,
			waitingStatuses: world.statuses.waiting,
			acknowledgementMs: acknowledgementFigures(world.ledger.acknowledgementsMs),
			load: loading,
		}),
		'GET ledger': (_body, query) => world.ledger.sends.slice(Number(query.get('after') ?? 0)),
		'GET chat': (_body, query) =>
			world.people.all.filter((chat) => chat.waId === query.get('waId')).map((chat) => chat.chat),
		'POST callback': async (body) => {
			const order = isObject(body) ? body : {};
			await simulator.setCallback(words(order.url), { verify: order.verify === true });
			return { success: true };
		},
		'POST clear': () => {
			world.ledger.clear();
			return { success: true };
		},
		'POST say': (body) =>
			(Array.isArray(body) ? body : [body]).filter(isObject).map((entry) => {
				const { wamid } = simulator
					.customer({
						waId: words(entry.waId),
						userId: words(entry.userId),
						profileName: words(entry.profileName),
						phoneNumberId: words(entry.phoneNumberId),
					})
					.text(words(entry.text) ?? '');
				return { wamid };
			}),
		'POST advisor-phone': async (body) => {
			const order = isObject(body) ? body : {};
			const phoneNumberId = words(order.phoneNumberId) ?? '';
			const phone = simulator.advisorPhone(phoneNumberId);
			switch (order.do) {
				case 'write': {
					const customer = simulator.customer({ waId: words(order.waId), phoneNumberId });
					const { wamid, delivered } = phone.write(customer, words(order.text) ?? '');
					return { wamid, ...(await delivered) };
				}
				case 'disconnect':
				case 'fallAsleep':
				case 'wakeUp':
					return await phone[order.do]();
				case 'shareHistory':
				case 'keepHistory':
					phone.shareHistory(order.do === 'shareHistory');
					return { success: true };
				default:
					throw new Error('A telephone does write, disconnect, fallAsleep, wakeUp, shareHistory and keepHistory.');
			}
		},
		'POST load': (body) => {
			load(isObject(body) ? body : {});
			return { success: true };
		},
		'POST fault': (body) => {
			if (isObject(body)) simulator.faults.inject(body as unknown as Parameters<GraphSimulator['faults']['inject']>[0]);
			return { success: true };
		},
		'POST webhook-faults': (body) => {
			if (isObject(body)) simulator.faults.webhooks(body);
			return { success: true };
		},
	};

	return async (message: IncomingMessage, response: ServerResponse): Promise<boolean> => {
		if (!message.url?.startsWith('/simulator/')) return false;
		if (comesFromElsewhere(message)) {
			response.writeHead(403).end();
			return true;
		}
		const address = new URL(message.url, 'http://127.0.0.1');
		const action = actions[`${message.method ?? 'GET'} ${address.pathname.slice('/simulator/'.length)}`];
		const bytes = await readBytes(message);
		let status = action ? 200 : 404;
		let result: unknown = { error: 'There is no such command.' };
		if (action) {
			try {
				result = await action(
					bytes.byteLength > 0 ? (JSON.parse(bytes.toString('utf8')) as unknown) : undefined,
					address.searchParams,
				);
			} catch (error) {
				status = 400;
				result = { error: error instanceof Error ? error.message : String(error) };
			}
		}
		response.writeHead(status, { 'Content-Type': 'application/json; charset=utf-8' }).end(JSON.stringify(result));
		return true;
	};
}
