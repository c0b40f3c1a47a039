import type { IDataObject } from 'n8n-workflow';

import { listPrices, type Price } from '../../shared/clients/stripe/prices';
import { decimalOf } from '../../shared/domain/payments/money';
import { isSimplified, limitFields, simplifyField } from '../../shared/n8n/getMany';
import { optionalFlag, optionsOf, parameter } from '../../shared/n8n/parameters';
import { stripePages } from '../stripePages';
import type { StripePaymentLinkOperation } from '../services';

const priceCard = (price: Price): IDataObject => ({
	priceId: price.id,
	productId: price.product.id,
	product: price.product.name ?? null,
	name: price.nickname ?? null,
	amount:
		typeof price.unit_amount === 'number'
			? decimalOf({ minor: price.unit_amount, currency: price.currency.toUpperCase() })
			: null,
	currency: price.currency.toUpperCase(),
	interval: price.recurring?.interval ?? null,
	intervalCount: price.recurring?.interval_count ?? null,
	active: price.active,
});

export const getManyPrices: StripePaymentLinkOperation = {
	value: 'getAll',
	name: 'Get Many',
	action: 'Get many prices',
	description: 'Retrieve a list of prices, newest first',
	properties: [
		...limitFields,
		{
			displayName: 'Filters',
			name: 'filters',
			type: 'collection',
			placeholder: 'Add filter',
			default: {},
			options: [
				{
					displayName: 'Active',
					name: 'active',
					type: 'boolean',
					default: true,
					description: 'Whether to list the prices that can be sold, or those that cannot any more',
				},
			],
		},
		simplifyField,
	],
	async execute(context, { stripe }) {
		const { active } = parameter(context, 'filters', 'Filters', optionsOf({ active: optionalFlag }));
		const prices = await stripePages(context, async (page) => await listPrices(stripe, { ...page, active }));
		return isSimplified(context) ? prices.map(priceCard) : (prices as unknown as IDataObject[]);
	},
};
