import type { INodeProperties } from 'n8n-workflow';

import { STRIPE_EVENTS } from '../shared/usecases/stripe/registerEndpoint';

const showFor = (...endpoint: string[]): INodeProperties['displayOptions'] => ({ show: { endpoint } });

export const fields: INodeProperties[] = [
	{
		displayName: 'Endpoint',
		name: 'endpoint',
		type: 'options',
		options: [
			{
				name: 'Automatic',
				value: 'automatic',
				description: 'Made in Stripe at the first activation, used again at every other, disabled at deactivation',
			},
			{
				name: 'Manual',
				value: 'manual',
				description: 'You add it in the Stripe Dashboard and copy its signing secret into the credential',
			},
		],
		default: 'automatic',
		description: 'How Stripe learns to send its events here',
	},
	{
		displayName:
			'The key needs the permission to write webhook endpoints. The signing secret stays encrypted in the CRM store; secrets in <b>Webhook Signing Secrets</b> of the credential are accepted too.',
		name: 'automaticNotice',
		type: 'notice',
		default: '',
		displayOptions: showFor('automatic'),
	},
	{
		displayName: `In the Stripe Dashboard open Developers, Webhooks, and add an endpoint with the production URL above and these events: <b>${STRIPE_EVENTS.join('</b>, <b>')}</b>. Copy its signing secret into <b>Webhook Signing Secrets</b> of the credential; without one nothing is accepted.`,
		name: 'manualNotice',
		type: 'notice',
		default: '',
		displayOptions: showFor('manual'),
	},
	{
		displayName:
			'Each event is read back from Stripe and held against what was asked for before it leaves here. Whatever differs leaves on <b>Mismatch</b> and confirms nothing. The receipt, the note of the case, the won lead and the advisor’s notice are written already: connect <b>WhatsApp Cloud: Send Queued</b> to send what the customer reads; payments of no conversation pass it as <b>skipped</b>. On <b>Due</b> come payments whose customers are to be reminded: connect <b>Stripe Payment Link: Payment, Remind</b> before it.',
		name: 'verificationNotice',
		type: 'notice',
		default: '',
	},
];
