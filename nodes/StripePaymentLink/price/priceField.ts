import type { ILoadOptionsFunctions, INodeListSearchResult, INodeProperties } from 'n8n-workflow';

import { listPrices, type Price } from '../../shared/clients/stripe/prices';
import { writeMoney } from '../../shared/domain/payments/money';
import { toNodeError } from '../../shared/n8n/errors';
import { chooseFromList } from '../../shared/n8n/parameters';
import { stripeOf } from '../services';

const PAGE = 50;

export const priceField: INodeProperties = {
	displayName: 'Price',
	name: 'price',
	type: 'resourceLocator',
	default: chooseFromList,
	required: true,
	displayOptions: { show: { priceSource: ['existing'] } },
	description: 'A price of a product in Stripe',
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			placeholder: 'Select a price…',
			typeOptions: { searchListMethod: 'searchPrices', searchable: true },
		},
		{
			displayName: 'By ID',
			name: 'id',
			type: 'string',
			placeholder: 'e.g. price_1PgafmB7WZ01zgkW6dKueIc5',
			validation: [
				{ type: 'regex', properties: { regex: '^price_\\w+$', errorMessage: 'A price ID begins with price_' } },
			],
		},
	],
};

/** What a person knows the price by. */
function priceInWords(price: Price): string {
	const amount =
		typeof price.unit_amount === 'number'
			? writeMoney({ minor: price.unit_amount, currency: price.currency.toUpperCase() }, 'en-US')
			: 'open amount';
	const every = price.recurring ? `every ${price.recurring.interval_count} ${price.recurring.interval}` : undefined;
	return [price.product.name ?? price.product.id, price.nickname, amount, every].filter(Boolean).join(' · ');
}

/** Active prices for the list; what Stripe refuses is shown, never an empty list. */
export async function searchPrices(
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	try {
		const prices = await listPrices(await stripeOf(this), { active: true, after: paginationToken, limit: PAGE });
		const wanted = (filter ?? '').toLowerCase();
		return {
			results: prices
				.map((price) => ({ name: priceInWords(price), value: price.id }))
				.filter(({ name, value }) => `${name} ${value}`.toLowerCase().includes(wanted)),
			...(prices.length < PAGE ? {} : { paginationToken: prices.at(-1)?.id }),
		};
	} catch (error) {
		throw toNodeError(this.getNode(), error);
	}
}
