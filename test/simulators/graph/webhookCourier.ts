import { createHmac } from 'node:crypto';
import * as http from 'node:http';
import * as https from 'node:https';
import type { FaultBoard } from './faults';
import type { LedgerBook } from './ledger';
import type { DeliveryReport, Json, RawAnswer } from './types';

/** One POST's worth of updates for one destination. */
export interface Parcel {
	/** Decided anew at each attempt: an override may have been set meanwhile. */
	readonly destination: () => string | undefined;
	readonly payload: Json;
}

interface Attempted {
	readonly status: number;
	readonly headers: http.IncomingHttpHeaders;
	readonly body: string;
}

/**
 * Meta writes its webhooks with everything outside ASCII as \u00xx in small hexadecimal digits and with `\/`, and signs
 * those bytes. A receiver that signs its own JSON.stringify of the parsed body gets another signature.
 */
export function writeAsMeta(payload: unknown): string {
	return JSON.stringify(payload)
		.replace(/\//g, '\\/')
		.replace(/[\u007f-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

export function sign(body: string | Uint8Array, appSecret: string): string {
	return `sha256=${createHmac('sha256', appSecret).update(body).digest('hex')}`;
}

/** Delivers webhooks until somebody answers 200. */
export class WebhookCourier {
	private readonly agents = {
		http: new http.Agent({ keepAlive: true, maxSockets: 256, maxFreeSockets: 64 }),
		https: new https.Agent({ keepAlive: true, maxSockets: 256, maxFreeSockets: 64 }),
	};
	private readonly queue: Array<() => void> = [];
	private readonly timers = new Set<NodeJS.Timeout>();
	private readonly abandoned = new Set<() => void>();
	private underWay = 0;
	private open = 0;
	private closed = false;
	private kept: Array<{ readonly parcel: Parcel; readonly resolve: (report: DeliveryReport) => void }> = [];

	constructor(
		private readonly settings: {
			readonly appSecret: string;
			readonly delaysMs: readonly number[];
			readonly timeoutMs: number;
			readonly concurrency: number;
			readonly now: () => number;
		},
		private readonly ledger: LedgerBook,
		private readonly faults: FaultBoard,
	) {}

	/** Parcels that have not been acknowledged, dropped or abandoned. */
	get pending(): number {
		return this.open;
	}

	deliver(parcel: Parcel): Promise<DeliveryReport> {
		const { reorder } = this.faults.ofWebhooks;
		if (!reorder) return this.begin(parcel);
		return new Promise((resolve) => {
			this.kept.push({ parcel, resolve });
			if (this.kept.length >= 2) this.flushReordered();
			else this.later(50, () => this.flushReordered());
		});
	}

	private flushReordered(): void {
		const kept = this.kept.reverse();
		this.kept = [];
		for (const { parcel, resolve } of kept) void this.begin(parcel).then(resolve);
	}

	private begin(parcel: Parcel): Promise<DeliveryReport> {
		const { copies = 1, concurrently = false } = this.faults.ofWebhooks;
		if (copies <= 1) return this.carry(parcel);
		if (concurrently)
			return Promise.all(Array.from({ length: copies }, () => this.carry(parcel))).then(([first]) => first);
		const oneAfterAnother = async (): Promise<DeliveryReport> => {
			let report = await this.carry(parcel);
			for (let copy = 1; copy < copies; copy += 1) report = await this.carry(parcel);
			return report;
		};
		return oneAfterAnother();
	}

	private carry(parcel: Parcel): Promise<DeliveryReport> {
		if (this.closed) return Promise.resolve({ acknowledged: false, attempts: 0, reason: 'closed' });
		const body = writeAsMeta(parcel.payload);
		this.open += 1;
		return new Promise((resolve) => {
			let attempts = 0;
			const finish = (report: DeliveryReport): void => {
				this.abandoned.delete(abandon);
				this.open -= 1;
				resolve(report);
			};
			const abandon = (): void => finish({ acknowledged: false, attempts, reason: 'closed' });
			this.abandoned.add(abandon);
			const attempt = (): void => {
				if (this.closed) return;
				const url = parcel.destination();
				if (url === undefined) {
					// Nobody is subscribed: Meta does not keep what it has nowhere to send.
					this.ledger.unheard();
					this.turnDone();
					finish({ acknowledged: false, attempts, reason: attempts === 0 ? 'no_subscriber' : 'dropped' });
					return;
				}
				attempts += 1;
				const at = this.settings.now();
				const started = performance.now();
				const secret = this.faults.ofWebhooks.badSignature ? 'another secret' : this.settings.appSecret;
				this.post(url, 'POST', body, { 'X-Hub-Signature-256': sign(body, secret) })
					.then(
						(answer): number | string => answer.status,
						(error: Error): number | string => error.message,
					)
					.then((outcome) => {
						this.ledger.webhook({ at, url, body, attempt: attempts, outcome, durationMs: performance.now() - started });
						this.turnDone();
						if (this.closed) return;
						if (outcome === 200) {
							finish({ acknowledged: true, attempts, url });
							return;
						}
						const { delaysMs } = this.settings;
						const wait = delaysMs[Math.min(attempts - 1, delaysMs.length - 1)] ?? 0;
						this.later(wait, () => this.enqueue(attempt));
					});
			};
			const { delayMs = 0 } = this.faults.ofWebhooks;
			if (delayMs > 0) this.later(delayMs, () => this.enqueue(attempt));
			else this.enqueue(attempt);
		});
	}

	private enqueue(attempt: () => void): void {
		if (this.underWay < this.settings.concurrency) {
			this.underWay += 1;
			attempt();
		} else {
			this.queue.push(attempt);
		}
	}

	private turnDone(): void {
		this.underWay -= 1;
		const next = this.queue.shift();
		if (next) {
			this.underWay += 1;
			next();
		}
	}

	private later(delayMs: number, action: () => void): void {
		const timer = setTimeout(() => {
			this.timers.delete(timer);
			action();
		}, delayMs);
		this.timers.add(timer);
	}

	private post(
		url: string,
		method: string,
		body: string | Uint8Array,
		headers: http.OutgoingHttpHeaders,
		contentType: string | null = 'application/json',
	): Promise<Attempted> {
		return new Promise((resolve, reject) => {
			const secure = url.startsWith('https:');
			const length = method === 'GET' ? {} : { 'Content-Length': Buffer.byteLength(body) };
			const request = (secure ? https : http).request(
				url,
				{
					method,
					agent: secure ? this.agents.https : this.agents.http,
					timeout: this.settings.timeoutMs,
					headers: {
						...(contentType === null ? {} : { 'Content-Type': contentType }),
						'User-Agent': 'facebookexternalua',
						Accept: '*/*',
						...length,
						...headers,
					},
				},
				(response) => {
					const chunks: Buffer[] = [];
					response.on('data', (chunk: Buffer) => chunks.push(chunk));
					response.on('error', reject);
					response.on('end', () => {
						clearTimeout(deadline);
						resolve({
							status: response.statusCode ?? 0,
							headers: response.headers,
							body: Buffer.concat(chunks).toString('utf8'),
						});
					});
				},
			);
			// The socket's own timeout counts silence only; a receiver that drips bytes must not hold a delivery for ever.
			const deadline = setTimeout(() => request.destroy(new Error('timeout')), this.settings.timeoutMs);
			request.on('timeout', () => request.destroy(new Error('timeout')));
			request.on('error', (error) => {
				clearTimeout(deadline);
				reject(error);
			});
			request.end(method === 'GET' ? undefined : body);
		});
	}

	/** Meta's handshake: GET with a challenge that must come back as the body. */
	async handshake(url: string, verifyToken: string, challenge: string): Promise<boolean> {
		const address = new URL(url);
		address.searchParams.set('hub.mode', 'subscribe');
		address.searchParams.set('hub.challenge', challenge);
		address.searchParams.set('hub.verify_token', verifyToken);
		return this.post(address.href, 'GET', '', {}, null).then(
			(answer) => answer.status === 200 && answer.body.trim() === challenge,
			() => false,
		);
	}

	/** One POST of anything, for hostile tests. */
	async raw(
		url: string,
		method: string,
		body: string | Uint8Array,
		headers: http.OutgoingHttpHeaders,
		contentType: string | null,
	): Promise<RawAnswer> {
		return this.post(url, method, body, headers, contentType);
	}

	close(): void {
		this.closed = true;
		for (const timer of this.timers) clearTimeout(timer);
		this.timers.clear();
		for (const abandon of [...this.abandoned]) abandon();
		this.agents.http.destroy();
		this.agents.https.destroy();
	}
}
