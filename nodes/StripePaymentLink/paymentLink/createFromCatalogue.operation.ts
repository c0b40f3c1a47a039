import { z } from 'zod';

import { InvalidInput } from '../../shared/domain/invalidInput';
import { crmItemOf } from '../../shared/n8n/crmItem';
import { optionalWords, optionsOf, parameter, words } from '../../shared/n8n/parameters';
import { crmItemIfAny, requestIdField, requestIdOf } from '../../shared/n8n/requestId';
import { catalogueOrder } from '../../shared/usecases/stripe/catalogueOrder';
import { collectFor } from '../orderOfItem';
import type { StripePaymentLinkOperation } from '../services';

export const createLinkFromCatalogue: StripePaymentLinkOperation = {
	value: 'createFromCatalogue',
	name: 'Create From Catalogue',
	action: 'Create payment link from catalogue',
	description:
		"Make a link for pieces of the catalogue at today's price, and queue its message. A model may use it: it chooses what and how many, never the price.",
	properties: [
		{
			displayName: 'Product Code',
			name: 'sku',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. HP-107W',
			description: 'Code (SKU) of an item of the catalogue',
		},
		{
			displayName: 'Quantity',
			name: 'quantity',
			type: 'number',
			typeOptions: { minValue: 1 },
			default: 1,
			description: 'How many pieces',
		},
		{
			displayName: 'Most Pieces',
			name: 'mostPieces',
			type: 'number',
			typeOptions: { minValue: 1, maxValue: 999_999 },
			default: 10,
			description: 'For more than these an advisor makes the link',
		},
		{
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			placeholder: 'Add option',
			default: {},
			options: [requestIdField],
		},
	],
	// The customer is the item's, or the agent's: nothing here names one.
	customerOf: async ({ node, itemIndex }) => await Promise.resolve(crmItemOf(node, itemIndex).contactId),
	async execute(context, services) {
		const sku = parameter(context, 'sku', 'Product Code', words).trim();
		const quantity = parameter(context, 'quantity', 'Quantity', z.coerce.number().int().min(1).max(999_999));
		const most = parameter(context, 'mostPieces', 'Most Pieces', z.coerce.number().int().min(1).default(10));
		if (quantity > most) {
			throw new InvalidInput({
				message: `'Quantity' is more than 'Most Pieces': ${quantity} of ${most}`,
				description: 'Let an advisor make the link, or raise the limit in this node.',
				parameter: 'Quantity',
			});
		}
		const { requestId } = parameter(context, 'options', 'Options', optionsOf({ requestId: optionalWords }));
		const crm = crmItemIfAny(context);
		return await collectFor(context, services, {
			...(await catalogueOrder(services.store, sku, quantity)),
			kind: 'full',
			requestId: requestIdOf(context, requestId, crm?.requestId),
			page: { kind: 'link', uses: 1 },
			collectPhone: false,
			metadata: { sku },
			customer: crm === undefined ? undefined : { contactId: crm.contactId, conversationId: crm.conversationId },
			emissionId: crm?.emissionId,
		});
	},
};
