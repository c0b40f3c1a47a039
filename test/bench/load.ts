/**
 * The other side of `customers.ts`: a process with a simulated Meta and its customers, told what to do by its parent and
 * ending with it.
 */
import { setTimeout as sleep } from 'node:timers/promises';

import { startGraphSimulator } from '../simulators/graph';
import type { GraphSimulator, GraphSimulatorOptions } from '../simulators/graph/types';
import type { Crowd, CrowdReport, LoadReply, LoadRequest, Waits } from './customers';

interface Written {
	readonly at: number;
	acknowledgedAfter?: number;
	redelivered: boolean;
	answers: number;
	answeredAfter?: number;
}

const round = (milliseconds: number): number => Math.round(milliseconds * 10) / 10;

function waitsOf(unordered: readonly number[]): Waits {
	const ordered = [...unordered].sort((one, other) => one - other);
	const at = (part: number): number =>
		round(ordered[Math.min(ordered.length - 1, Math.floor(ordered.length * part))] ?? 0);
	return { p50: at(0.5), p99: at(0.99), worst: at(1) };
}

/** One simulated Meta; every customer writes once and is new. */
class Load {
	private people = 0;
	private readonly written = new Map<string, Written>();
	private accountedSends = 0;
	private lastAnswerAt = 0;

	constructor(
		private readonly meta: GraphSimulator,
		private readonly numbers: GraphSimulatorOptions['numbers'],
	) {}

	async point(url: string, verify: boolean): Promise<void> {
		await this.meta.setCallback(url, { verify });
	}

	async crowd(crowd: Crowd, patienceSeconds: number): Promise<CrowdReport> {
		this.written.clear();
		this.meta.ledger.clear();
		this.accountedSends = 0;
		const began = performance.now();
		this.lastAnswerAt = began;
		await ('connections' in crowd ? this.closedLoop(crowd) : this.openLoop(crowd));
		await this.drain(patienceSeconds);
		return this.report(began);
	}

	/** A new customer says "hola"; resolves with Meta's report of the delivery. */
	private async write(): Promise<void> {
		this.people += 1;
		const waId = `57300${String(this.people).padStart(7, '0')}`;
		const number = this.numbers[this.people % this.numbers.length];
		const customer = this.meta.customer({
			waId,
			profileName: `Cliente ${this.people}`,
			phoneNumberId: number?.phoneNumberId,
		});
		const entry: Written = { at: performance.now(), redelivered: false, answers: 0 };
		this.written.set(waId, entry);
		const { acknowledged, attempts } = await customer.text('hola').delivered;
		if (acknowledged) entry.acknowledgedAfter = performance.now() - entry.at;
		entry.redelivered = attempts > 1;
	}

	private async closedLoop({ connections, seconds }: { connections: number; seconds: number }): Promise<void> {
		const end = performance.now() + seconds * 1_000;
		const watch = setInterval(() => this.accountSends(), 20);
		await Promise.all(
			Array.from({ length: connections }, async () => {
				while (performance.now() < end) await this.write();
			}),
		);
		clearInterval(watch);
	}

	private async openLoop({ perSecond, seconds }: { perSecond: number; seconds: number }): Promise<void> {
		const began = performance.now();
		const total = Math.round(perSecond * seconds);
		const deliveries: Array<Promise<void>> = [];
		while (deliveries.length < total) {
			const due = Math.min(total, Math.floor(((performance.now() - began) / 1_000) * perSecond));
			while (deliveries.length < due) deliveries.push(this.write());
			this.accountSends();
			await sleep(5);
		}
		await Promise.all(deliveries);
	}

	/** Counts what was accepted since the last look. The times are those of the looks, at most 20 ms late. */
	private accountSends(): void {
		const { sends } = this.meta.ledger;
		const now = performance.now();
		for (; this.accountedSends < sends.length; this.accountedSends += 1) {
			const entry = this.written.get((sends[this.accountedSends]?.to ?? '').replace(/^\+/, ''));
			// An answer to somebody of an earlier crowd.
			if (entry === undefined) continue;
			entry.answers += 1;
			entry.answeredAfter ??= now - entry.at;
			this.lastAnswerAt = now;
		}
	}

	private async drain(patienceSeconds: number): Promise<void> {
		const everybodyAnswered = (): boolean => [...this.written.values()].every(({ answers }) => answers > 0);
		const began = performance.now();
		for (;;) {
			this.accountSends();
			if (everybodyAnswered()) break;
			if (performance.now() - Math.max(began, this.lastAnswerAt) > patienceSeconds * 1_000) return;
			await sleep(20);
		}
		// A second answer would come late: after the statuses, or by a retry a second later.
		await this.meta.settled(30_000);
		await sleep(1_500);
		this.accountSends();
	}

	private report(began: number): CrowdReport {
		const entries = [...this.written.values()];
		const acknowledged = entries.flatMap(({ acknowledgedAfter }) => acknowledgedAfter ?? []);
		const answered = entries.flatMap(({ answeredAfter }) => answeredAfter ?? []);
		const lastAnswer = Math.max(began, ...entries.map(({ at, answeredAfter }) => at + (answeredAfter ?? 0)));
		return {
			wrote: entries.length,
			acknowledged: acknowledged.length,
			redelivered: entries.filter(({ redelivered }) => redelivered).length,
			answered: answered.length,
			answeredTwice: entries.filter(({ answers }) => answers > 1).length,
			webhooks: this.meta.ledger.counters.webhooksPosted,
			seconds: (lastAnswer - began) / 1_000,
			acknowledgement: waitsOf(acknowledged),
			answer: waitsOf(answered),
		};
	}
}

let load: Load | undefined;

async function answer(request: LoadRequest): Promise<unknown> {
	if (request.ask === 'open') {
		const meta = await startGraphSimulator(request.meta);
		load = new Load(meta, request.meta.numbers);
		return { baseUrl: meta.baseUrl };
	}
	if (load === undefined) throw new Error('The first request opens the simulated Meta');
	if (request.ask === 'point') return await load.point(request.url, request.verify);
	return await load.crowd(request.crowd, request.patienceSeconds);
}

process.on('message', ({ id, request }: { readonly id: number; readonly request: LoadRequest }) => {
	answer(request)
		.then(
			(result): LoadReply => ({ id, result }),
			(error: unknown): LoadReply => ({ id, error: error instanceof Error ? error.message : String(error) }),
		)
		.then((reply) => process.send?.(reply));
});
// The parent is gone, or done with us.
process.once('disconnect', () => process.exit(0));
