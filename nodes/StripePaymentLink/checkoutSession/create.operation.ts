import { z } from 'zod';

import { InvalidInput } from '../../shared/domain/invalidInput';
import { optionalFlag, optionsOf, parameter, words } from '../../shared/n8n/parameters';
import { orderFields, orderOptions } from '../orderFields';
import { collect } from '../orderOfItem';
import type { StripePaymentLinkOperation } from '../services';

/** What Stripe takes; a minute less than its day, because ours began earlier. */
const SHORTEST_MINUTES = 31;
const LONGEST_MINUTES = 24 * 60 - 1;

export const createSession: StripePaymentLinkOperation = {
	value: 'create',
	name: 'Create',
	action: 'Create checkout session',
	description: 'Make a page to pay on that expires, and queue its message. The same request makes one.',
	properties: [
		...orderFields,
		{
			displayName: 'Success URL',
			name: 'successUrl',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. https://wa.me/573001234567',
			description: 'Where the customer goes once it was paid: best back to the chat',
		},
		{
			displayName: 'Expires After (Minutes)',
			name: 'expiresAfterMinutes',
			type: 'number',
			typeOptions: { minValue: SHORTEST_MINUTES, maxValue: LONGEST_MINUTES },
			default: 60,
			description: 'From half an hour to a day',
		},
		{
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			placeholder: 'Add option',
			default: {},
			options: [
				...orderOptions.slice(0, -2),
				{
					displayName: 'Recovery',
					name: 'recovery',
					type: 'boolean' as const,
					default: true,
					description: 'Whether Stripe makes a link to start over once the page has expired',
				},
				...orderOptions.slice(-2),
			],
		},
	],
	needsApproval: true,
	async execute(context, services) {
		const { recovery } = parameter(context, 'options', 'Options', optionsOf({ recovery: optionalFlag }));
		const successUrl = parameter(context, 'successUrl', 'Success URL', words).trim();
		if (!URL.canParse(successUrl)) {
			throw new InvalidInput({
				message: "'Success URL' is no address",
				description: 'Write it whole, for example https://wa.me/573001234567.',
				parameter: 'Success URL',
			});
		}
		const expiresAfterMinutes = parameter(
			context,
			'expiresAfterMinutes',
			'Expires After (Minutes)',
			z.coerce.number().int().min(SHORTEST_MINUTES).max(LONGEST_MINUTES),
		);
		return await collect(context, services, {
			kind: 'session',
			successUrl,
			expiresAfterMinutes,
			recovery: recovery === true,
		});
	},
};
