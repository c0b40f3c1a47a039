import { redact } from '../../shared/http/redaction';
import type { WazzupOperation } from '../services';

export const getWebhook: WazzupOperation = {
	value: 'get',
	name: 'Get',
	action: 'Get webhook',
	description: 'Get the one address that Wazzup tells what happens, and what it tells',
	properties: [],
	async execute(_context, { client }) {
		const { webhooksUri, subscriptions } = await client.getWebhooks();
		return {
			isSet: webhooksUri !== undefined,
			// What stands behind the question mark is the secret that webhooks are known by.
			...(webhooksUri === undefined ? {} : { address: redact(webhooksUri.replace(/\?.*$/s, '?…')) }),
			subscriptions: { ...subscriptions },
		};
	},
};
