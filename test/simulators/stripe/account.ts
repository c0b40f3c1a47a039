import { randomBytes } from 'node:crypto';

import { missing } from './stripeError';
import type { Order, StripeObject } from './types';

/** What Stripe knows: every object that was made, and what is bought behind it. */
export class Account {
	/** What is bought behind a link, a session or a subscription, by id. */
	readonly orders = new Map<string, Order>();
	private readonly objects = new Map<string, StripeObject>();

	constructor(
		readonly secretKey: string,
		private readonly now: () => number,
	) {}

	/** Now, as Stripe counts. */
	get seconds(): number {
		return Math.floor(this.now() / 1000);
	}

	get livemode(): boolean {
		return /^.._live_/.test(this.secretKey);
	}

	keep(object: string, prefix: string, fields: Record<string, unknown>): StripeObject {
		const mode = prefix === 'cs' ? (this.livemode ? 'live_' : 'test_') : '';
		const id = `${prefix}_${mode}${randomBytes(12).toString('hex')}`;
		const made: StripeObject = { id, object, created: this.seconds, ...fields };
		this.objects.set(id, made);
		return made;
	}

	find(id: unknown): StripeObject | undefined {
		return this.objects.get(String(id));
	}

	/** @throws StripeError when there is none */
	get(id: string): StripeObject {
		const found = this.find(id);
		if (found === undefined) throw missing(id);
		return found;
	}

	/** All of a kind, oldest first. */
	all(object: string): StripeObject[] {
		return [...this.objects.values()].filter((found) => found.object === object);
	}

	forget(id: string): void {
		this.objects.delete(id);
	}

	/** As the API and the webhooks show it: a payment link has no time. */
	face({ created, ...rest }: StripeObject): Record<string, unknown> {
		return structuredClone(rest.object === 'payment_link' ? rest : { ...rest, created });
	}
}
