import { z } from 'zod';

import { optionalWords, optionsOf, parameter } from '../../shared/n8n/parameters';
import { collectOrder } from '../../shared/usecases/stripe/collectOrder';
import { approvedLink, LINK_OPERATION } from '../../shared/usecases/stripe/linkApproval';
import { orderFields, orderOptions } from '../orderFields';
import { collect } from '../orderOfItem';
import type { StripePaymentLinkOperation } from '../services';
import { approvedLinkWish } from './approvedLinkWish';

const pageSchema = optionsOf({
	inactiveMessage: optionalWords,
	thanks: optionalWords,
	uses: z.coerce.number().int().min(0).optional(),
});

export const createLink: StripePaymentLinkOperation = {
	value: 'create',
	name: 'Create',
	action: 'Create payment link',
	description:
		'Make an address to pay at, and queue its message. The same request makes one. A model only asks a person for it.',
	properties: [
		...orderFields,
		{
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			placeholder: 'Add option',
			default: {},
			options: [
				...orderOptions.slice(0, 3),
				{
					displayName: 'Inactive Message',
					name: 'inactiveMessage',
					type: 'string' as const,
					default: '',
					placeholder: 'e.g. Este link ya fue usado',
					description: 'What the page says once the link is used up or deactivated',
				},
				...orderOptions.slice(3),
				{
					displayName: 'Thank-You Text',
					name: 'thanks',
					type: 'string' as const,
					default: '',
					placeholder: 'e.g. Gracias, te escribimos por WhatsApp',
					description: 'What the page says once it was paid',
				},
				{
					displayName: 'Uses',
					name: 'uses',
					type: 'number' as const,
					typeOptions: { minValue: 0 },
					default: 1,
					description: 'How many times the link may be paid; 0 for any number. Without this option: once.',
				},
			],
		},
	],
	needsApproval: true,
	approval: {
		operation: LINK_OPERATION,
		wish: approvedLinkWish,
		async run({ store, stripe }, approved) {
			const { payment, amountText } = await collectOrder(store, stripe, await approvedLink(store, approved));
			return { paymentId: payment.id, paymentLinkId: payment.provider_id, url: payment.url, amountText };
		},
	},
	async execute(context, services) {
		const { inactiveMessage, thanks, uses = 1 } = parameter(context, 'options', 'Options', pageSchema);
		return await collect(context, services, {
			kind: 'link',
			uses: uses === 0 ? undefined : uses,
			inactiveMessage,
			thanks,
		});
	},
};
