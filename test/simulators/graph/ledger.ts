import type { AcceptedSend, Ledger, RecordedRequest, WebhookAttempt } from './types';

/** Everything that happened, for tests to look at. */
export class LedgerBook implements Ledger {
	readonly sends: AcceptedSend[] = [];
	readonly requests: RecordedRequest[] = [];
	readonly webhooks: WebhookAttempt[] = [];
	readonly acknowledgementsMs: number[] = [];
	readonly counters = { requests: 0, sends: 0, webhooksPosted: 0, webhooksAcknowledged: 0, webhooksUnheard: 0 };
	/** Keys under which each send's person is found: phone digits, user id. */
	private readonly people = new Map<string, string[]>();

	constructor(private readonly keepAll: boolean) {}

	accept(send: AcceptedSend, personKeys: readonly string[]): void {
		this.sends.push(send);
		this.counters.sends += 1;
		for (const key of personKeys) {
			const texts = this.people.get(key);
			if (texts) texts.push(send.bubbleText);
			else this.people.set(key, [send.bubbleText]);
		}
	}

	request(entry: RecordedRequest): RecordedRequest {
		this.counters.requests += 1;
		if (this.keepAll) this.requests.push(entry);
		return entry;
	}

	webhook(entry: WebhookAttempt): void {
		this.counters.webhooksPosted += 1;
		if (entry.outcome === 200) {
			this.counters.webhooksAcknowledged += 1;
			this.acknowledgementsMs.push(entry.durationMs);
		}
		if (this.keepAll) this.webhooks.push(entry);
	}

	unheard(): void {
		this.counters.webhooksUnheard += 1;
	}

	textsTo(waIdOrUserId: string): string[] {
		return [...(this.people.get(waIdOrUserId.replace(/^\+/, '')) ?? [])];
	}

	clear(): void {
		this.sends.length = 0;
		this.requests.length = 0;
		this.webhooks.length = 0;
		this.acknowledgementsMs.length = 0;
		this.people.clear();
		for (const key of Object.keys(this.counters) as Array<keyof typeof this.counters>) this.counters[key] = 0;
	}
}
