import { createHmac } from 'node:crypto';

import type { Account } from './account';
import type { StripeObject } from './types';

/** Signs a webhook as Stripe does. */
export function signatureOf(payload: string, secret: string, seconds: number): string {
	const digest = createHmac('sha256', secret).update(`${seconds}.${payload}`).digest('hex');
	return `t=${seconds},v1=${digest}`;
}

/** Tells every endpoint that wants it what happened, and again until it is taken. */
export class WebhookCourier {
	/** What Stripe would tell, oldest first. */
	readonly events: StripeObject[] = [];
	/** How many webhooks each event becomes; 0 loses them, as a broken network does. */
	copies = 1;
	/** Signing secrets of the endpoints, by id. */
	readonly secrets = new Map<string, string>();
	/** Webhooks that are held back, oldest first. */
	private held: Array<() => Promise<void>> | undefined;
	private readonly deliveries = new Set<Promise<void>>();

	constructor(
		private readonly account: Account,
		private readonly redeliverMs: readonly number[],
	) {}

	tell(type: string, object: StripeObject): void {
		const event = this.account.keep('event', 'evt', {
			api_version: null,
			type,
			livemode: this.account.livemode,
			pending_webhooks: 1,
			request: { id: null, idempotency_key: null },
			data: { object: this.account.face(object) },
		});
		this.events.push(event);
		for (const endpoint of this.account.all('webhook_endpoint')) {
			const wanted = endpoint.enabled_events as string[];
			if (endpoint.status !== 'enabled' || !(wanted.includes('*') || wanted.includes(type))) continue;
			for (let copy = 0; copy < this.copies; copy += 1) this.send(endpoint, event);
		}
	}

	/** Sends an event once more, as the Dashboard's Resend does. */
	resend(eventId: string): void {
		for (const endpoint of this.account.all('webhook_endpoint')) this.send(endpoint, this.account.get(eventId));
	}

	/** From now on webhooks wait until they are let go, as on a slow network. */
	hold(): void {
		this.held ??= [];
	}

	/** Lets the webhooks that were held arrive one after the other, in the order that is wanted. */
	async letGo(order: <Item>(held: readonly Item[]) => readonly Item[] = (held) => held): Promise<void> {
		const { held = [] } = this;
		this.held = undefined;
		for (const arrive of order(held)) await arrive();
	}

	/** All webhooks that were due have been taken or given up. */
	async settled(): Promise<void> {
		while (this.deliveries.size > 0) await Promise.all(this.deliveries);
	}

	private send(endpoint: StripeObject, event: StripeObject): void {
		const start = async (): Promise<void> => {
			const delivery = this.deliver(endpoint, event).finally(() => this.deliveries.delete(delivery));
			this.deliveries.add(delivery);
			await delivery;
		};
		if (this.held === undefined) void start();
		else this.held.push(start);
	}

	private async deliver(endpoint: StripeObject, event: StripeObject): Promise<void> {
		const payload = JSON.stringify(event, null, 2);
		for (const pause of [0, ...this.redeliverMs]) {
			await new Promise((waited) => setTimeout(waited, pause));
			const signature = signatureOf(payload, this.secrets.get(endpoint.id) ?? '', this.account.seconds);
			const status = await fetch(String(endpoint.url), {
				method: 'POST',
				headers: { 'content-type': 'application/json; charset=utf-8', 'stripe-signature': signature },
				body: payload,
			}).then(
				(answer) => answer.status,
				() => 0,
			);
			if (status < 200 || status >= 300) continue;
			event.pending_webhooks = 0;
			return;
		}
	}
}
