import type { INodeProperties } from 'n8n-workflow';
import { z } from 'zod';

import { words } from '../../shared/n8n/parameters';
import { text } from './fieldParts';

const currency = text('Currency', 'currency', 'e.g. USD', 'Its three letters');

/** What Meta bills for a message. */
export const messageRatesField: INodeProperties = {
	displayName: 'Message Rates',
	name: 'messageRates',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true },
	placeholder: 'Add message rate',
	default: {},
	description:
		'What Meta bills for a message of each category, so that figures show what messages cost; those listed here replace the earlier ones',
	options: [
		{
			displayName: 'Message Rate',
			name: 'rate',
			values: [
				{
					displayName: 'Category',
					name: 'category',
					type: 'options',
					options: [
						{ name: 'Authentication', value: 'authentication' },
						{ name: 'Marketing', value: 'marketing' },
						{ name: 'Service', value: 'service' },
						{ name: 'Utility', value: 'utility' },
					],
					default: 'service',
					description: 'As Meta calls it',
				},
				text('Amount', 'amount', 'e.g. 0.0125', 'Of one message'),
				currency,
			],
		},
	],
};

/** What the provider of a connected model bills. */
export const modelPricesField: INodeProperties = {
	displayName: 'Model Prices',
	name: 'modelPrices',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true },
	placeholder: 'Add model price',
	default: {},
	description:
		'What connected models cost for a million tokens, so that figures show it; those listed here replace the earlier ones',
	options: [
		{
			displayName: 'Model Price',
			name: 'price',
			values: [
				text('Model', 'model', 'e.g. gpt-4o-mini', 'Name, or how it begins; empty for every other model'),
				text('Input (Million Tokens)', 'input', 'e.g. 0.15', 'For a million tokens that the model reads'),
				text('Output (Million Tokens)', 'output', 'e.g. 0.60', 'For a million tokens that the model writes'),
				currency,
			],
		},
	],
};

/** Decimals are kept with a point, however somebody types them. */
const decimal = words.transform((value) => value.trim().replace(',', '.'));
const currencyCode = words.transform((value) => value.trim().toUpperCase());

export const messageRateRow = z.object({
	category: z.enum(['authentication', 'marketing', 'service', 'utility']).default('service'),
	amount: decimal,
	currency: currencyCode,
});
export type MessageRateRow = z.infer<typeof messageRateRow>;

export const modelPriceRow = z.object({
	model: words.transform((value) => value.trim()),
	input: decimal,
	output: decimal,
	currency: currencyCode,
});
export type ModelPriceRow = z.infer<typeof modelPriceRow>;
