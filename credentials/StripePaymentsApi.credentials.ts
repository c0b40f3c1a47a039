import type { IAuthenticateGeneric, ICredentialType, INodeProperties } from 'n8n-workflow';

/** The Stripe account that collects. Tested by the nodes that use it. */
export class StripePaymentsApi implements ICredentialType {
	name = 'stripePaymentsApi';

	displayName = 'Stripe Payments API';

	icon = { light: 'file:stripePayments.svg', dark: 'file:stripePayments.dark.svg' } as const;

	documentationUrl = 'https://github.com/n8n-nodes-whatsapp-crm/n8n-nodes-whatsapp-crm#collect-with-stripe';

	properties: INodeProperties[] = [
		{
			displayName: 'Secret Key',
			name: 'secretKey',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			placeholder: 'e.g. rk_test_…',
			description:
				'In the Stripe Dashboard under Developers, API keys. Best a restricted key (rk_…) with Write for Checkout Sessions, Payment Links, Refunds and Webhook Endpoints and Read for Charges, Disputes, Events, Invoices, PaymentIntents, Prices and Subscriptions. A test key makes test payments, a live key real ones.',
		},
		{
			displayName: 'Webhook Signing Secrets',
			name: 'webhookSecrets',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			placeholder: 'e.g. whsec_…',
			description:
				'Only for a webhook endpoint that you made by hand in the Dashboard; the trigger makes and keeps its own. Several, separated by commas, while you change one for another.',
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			default: 'https://api.stripe.com',
			description: 'Change it only for a proxy or a simulator. Encrypted (https) unless it is this machine.',
		},
		{
			displayName: 'API Version',
			name: 'apiVersion',
			type: 'string',
			default: '2026-10-28.endive',
			placeholder: 'e.g. 2026-10-28.endive',
			description: 'The version of the Stripe API that requests are made in, whatever the account is set to',
		},
	];

	/** For the HTTP Request node; our own nodes send the same header. */
	authenticate: IAuthenticateGeneric = {
		type: 'generic',
		properties: { headers: { Authorization: '=Bearer {{$credentials.secretKey}}' } },
	};
}
