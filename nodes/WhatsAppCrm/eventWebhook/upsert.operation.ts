import type { IDataObject } from 'n8n-workflow';
import { z } from 'zod';

import { BUSINESS_EVENTS } from '../../shared/domain/businessEvents/businessEvent';
import { flag, optionsOf, parameter, words } from '../../shared/n8n/parameters';
import { checkEventWebhook, saveEventWebhook } from '../../shared/usecases/businessEvents/saveEventWebhook';
import { changesNow, saveByHandField, SETTINGS_ACTOR, type WhatsAppCrmOperation } from '../services';
import { eventWebhookCard } from './eventWebhookCard';
import { eventOptions } from './eventWebhookField';

export const createOrUpdateEventWebhook: WhatsAppCrmOperation = {
	value: 'upsert',
	name: 'Create or Update',
	action: 'Create or update event webhook',
	description: 'Create a new record, or update the current one if it already exists (upsert)',
	// Where a customer's data goes is for people to say.
	needsApproval: true,
	properties: [
		{
			displayName: 'Name',
			name: 'name',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. Make',
			description: 'What you call the receiving system; the same name changes the same webhook',
		},
		{
			displayName: 'URL',
			name: 'url',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. https://hook.eu1.make.com/…',
			description: 'Where the receiving system takes webhooks, with https',
		},
		{
			displayName: 'Events',
			name: 'events',
			type: 'multiOptions',
			options: eventOptions,
			default: [],
			description: 'What it is told of; none chosen is everything',
		},
		{
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			placeholder: 'Add option',
			default: {},
			options: [
				{
					displayName: 'Allow Private Address',
					name: 'allowsPrivate',
					type: 'boolean',
					default: false,
					description: 'Whether the address may lead into your own network, such as another container',
				},
				{
					displayName: 'Replace Secret',
					name: 'replacesSecret',
					type: 'boolean',
					default: false,
					description:
						'Whether a webhook that exists gets a new signing secret. The old one is worth nothing from then on.',
				},
			],
		},
		saveByHandField,
		{
			displayName:
				'The other system is told of what happens from now on; the signing secret is returned once, so copy it. Deliveries leave with <b>Business Event: Send Queued</b>. The receiver proves them with the signing secret: the header <b>WhatsApp-CRM-Signature</b> is in the form that Stripe uses.',
			name: 'eventWebhookNotice',
			type: 'notice',
			default: '',
		},
	],
	async execute(context, { store }) {
		const { allowsPrivate, replacesSecret } = parameter(
			context,
			'options',
			'Options',
			optionsOf({ allowsPrivate: flag.default(false), replacesSecret: flag.default(false) }),
		);
		const input = {
			name: parameter(context, 'name', 'Name', words).trim(),
			url: parameter(context, 'url', 'URL', words).trim(),
			events: parameter(context, 'events', 'Events', z.array(z.enum(BUSINESS_EVENTS)).default([])),
			allowsPrivate,
			replacesSecret,
			actor: SETTINGS_ACTOR,
		};
		if (!changesNow(context)) {
			checkEventWebhook(input);
			const { name, events } = input;
			return { simulated: true, name, host: new URL(input.url).host, events, allowsPrivateAddress: allowsPrivate };
		}
		const { webhook, created, secret } = await saveEventWebhook(store, input);
		return {
			...eventWebhookCard(webhook),
			created,
			...(secret === undefined ? {} : { signingSecret: secret }),
		} as IDataObject;
	},
};
