import type { Account } from './account';
import type { FaultBoard } from './faultBoard';
import type { DeliveryReport, Json } from './types';

/** Posts webhooks to the one address of the account. Nothing is signed, and what is not answered 200 is told again. */
export class WebhookCourier {
	private readonly underWay = new Set<Promise<unknown>>();
	private kept: Array<() => Promise<DeliveryReport>> = [];
	private readonly live = new AbortController();

	constructor(
		private readonly account: Account,
		private readonly faults: FaultBoard,
	) {}

	/** News: told up to three times until somebody answers 200. */
	tell(body: Json): Promise<DeliveryReport> {
		const { copies = 1, reorder = false } = this.faults.ofWebhooks;
		const carry = async (): Promise<DeliveryReport> => {
			const reports = await Promise.all(Array.from({ length: copies }, async () => await this.carry(body, 3)));
			return reports[0] ?? { delivered: false };
		};
		if (!reorder) return this.track(carry());
		return this.track(
			new Promise<DeliveryReport>((resolve, reject) => {
				const go = async (): Promise<DeliveryReport> => {
					const report = await carry();
					resolve(report);
					return report;
				};
				this.kept.push(go);
				if (this.kept.length < 2) return;
				const pair = this.kept.splice(0);
				void (async () => {
					for (const later of pair.reverse()) await later();
				})().catch(reject);
			}),
		);
	}

	/** A request that waits for its answer and is never sent again. */
	ask(body: Json): Promise<DeliveryReport> {
		return this.track(this.carry(body, 1));
	}

	/** `{"test":true}` to an address that is about to be set. Answers its HTTP status; 0 when there was none. */
	async probe(url: string): Promise<number> {
		const { status } = await this.post(url, { test: true });
		return status ?? 0;
	}

	/** Until nothing is under way any more. What waits to change places with another goes now. */
	async settled(): Promise<void> {
		for (const go of this.kept.splice(0)) await go();
		while (this.underWay.size > 0) await Promise.allSettled([...this.underWay]);
	}

	close(): void {
		this.live.abort();
	}

	private track(work: Promise<DeliveryReport>): Promise<DeliveryReport> {
		this.underWay.add(work);
		void work.finally(() => this.underWay.delete(work)).catch(() => undefined);
		return work;
	}

	private async carry(body: Json, tries: number): Promise<DeliveryReport> {
		for (let attempt = 1; ; attempt += 1) {
			const url = this.account.webhooksUri;
			if (url === undefined) return { delivered: false };
			const { status, answer } = await this.post(url, body);
			if (status === 200) return { delivered: true, status, answer };
			if (attempt >= tries) return { delivered: false, status, answer };
		}
	}

	private async post(url: string, body: Json): Promise<{ readonly status?: number; readonly answer?: unknown }> {
		const started = performance.now();
		const note = (outcome: number | string, answer?: unknown): void => {
			this.account.webhookAttempts.push({ url, body, outcome, answer, durationMs: performance.now() - started });
		};
		try {
			const response = await fetch(url, {
				method: 'POST',
				headers: { 'Content-Type': 'application/json; charset=utf-8' },
				body: JSON.stringify(body),
				redirect: 'manual',
				signal: AbortSignal.any([
					this.live.signal,
					AbortSignal.timeout(this.account.options.webhookTimeoutMs ?? 30_000),
				]),
			});
			const text = await response.text();
			const answer = readJson(text);
			note(response.status, answer);
			return { status: response.status, answer };
		} catch (error) {
			note(error instanceof Error ? error.message : String(error));
			return {};
		}
	}
}

function readJson(text: string): unknown {
	try {
		return JSON.parse(text) as unknown;
	} catch {
		return text;
	}
}
