import { randomBytes } from 'node:crypto';

import type { Account } from './account';
import { textAt, textsAt } from './form';
import { invalid } from './stripeError';
import type { Form, StripeObject } from './types';
import type { WebhookCourier } from './webhookCourier';

/** https://docs.stripe.com/webhooks: "You can register up to 16 webhook endpoints". */
const MOST_ENDPOINTS = 16;

/** The addresses that the account tells; the secret of one is shown once, when it is made. */
export class WebhookEndpoints {
	constructor(
		private readonly account: Account,
		private readonly courier: WebhookCourier,
	) {}

	create(form: Form): unknown {
		if (this.account.all('webhook_endpoint').length >= MOST_ENDPOINTS)
			throw invalid(`You have reached the maximum of ${MOST_ENDPOINTS} test webhook endpoints.`);
		const { enabled_events: events } = form;
		const endpoint = this.account.keep('webhook_endpoint', 'we', {
			api_version: textAt(form, 'api_version') ?? null,
			description: textAt(form, 'description') ?? null,
			enabled_events: Array.isArray(events) ? events : [],
			livemode: this.account.livemode,
			metadata: textsAt(form, 'metadata'),
			status: 'enabled',
			url: textAt(form, 'url') ?? '',
		});
		const secret = `whsec_${randomBytes(16).toString('hex')}`;
		this.courier.secrets.set(endpoint.id, secret);
		return { ...endpoint, secret };
	}

	update(id: string, { disabled, enabled_events: events, url }: Form): StripeObject {
		return Object.assign(this.account.get(id), {
			...(disabled === undefined ? {} : { status: disabled === 'true' ? 'disabled' : 'enabled' }),
			...(typeof url === 'string' ? { url } : {}),
			...(Array.isArray(events) ? { enabled_events: events } : {}),
		});
	}

	delete(id: string): unknown {
		const { object } = this.account.get(id);
		this.account.forget(id);
		this.courier.secrets.delete(id);
		return { id, object, deleted: true };
	}
}
