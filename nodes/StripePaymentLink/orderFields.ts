import type { INodeProperties } from 'n8n-workflow';

import { requestIdField } from '../shared/n8n/requestId';
import { priceField } from './price/priceField';

const OWN_PRICE = { priceSource: ['amount'] };

/** What the item asks for itself is not asked for again in the panel. */
const IN_ITEM = { priceSource: ['item'] };

/** What is paid for, in one order for links and sessions. */
export const orderFields: readonly INodeProperties[] = [
	{
		displayName: 'Price Source',
		name: 'priceSource',
		type: 'options',
		default: 'amount',
		description: 'Where the price comes from',
		options: [
			{ name: 'Amount', value: 'amount', description: 'Made for this customer' },
			{ name: 'Existing Price', value: 'existing', description: 'A price of a product in Stripe' },
			{
				name: 'Request in the Item',
				value: 'item',
				description: "The item's amount, currency, description and kind, as the inbox's payment dialog gives them",
			},
		],
	},
	{
		displayName: 'Kind',
		name: 'kind',
		type: 'options',
		default: 'full',
		displayOptions: { hide: IN_ITEM },
		description: 'What the customer pays',
		options: [
			{ name: 'Deposit', value: 'deposit', description: 'A part of a total' },
			{ name: 'One-Time', value: 'full', description: 'The whole, once' },
			{ name: 'Subscription', value: 'subscription', description: 'The same again and again' },
		],
	},
	priceField,
	{
		displayName: 'Amount',
		name: 'amount',
		type: 'string',
		default: '',
		required: true,
		displayOptions: { show: OWN_PRICE },
		placeholder: 'e.g. 250.000',
		description: 'Of one piece, as people write it. Of a deposit: the total.',
	},
	{
		displayName: 'Currency',
		name: 'currency',
		type: 'string',
		default: 'COP',
		required: true,
		displayOptions: { show: OWN_PRICE },
		placeholder: 'e.g. COP',
		description: 'Its three letters',
	},
	{
		displayName: 'Deposit By',
		name: 'depositBy',
		type: 'options',
		default: 'percentage',
		displayOptions: { show: { kind: ['deposit'] }, hide: IN_ITEM },
		description: 'How the part of the total is said',
		options: [
			{ name: 'Amount', value: 'amount' },
			{ name: 'Percentage', value: 'percentage' },
		],
	},
	{
		displayName: 'Deposit Percentage',
		name: 'depositPercentage',
		type: 'number',
		typeOptions: { minValue: 1, maxValue: 99 },
		default: 50,
		displayOptions: { show: { kind: ['deposit'], depositBy: ['percentage'] }, hide: IN_ITEM },
		description: 'Percent of the total that is paid now',
	},
	{
		displayName: 'Deposit Amount',
		name: 'depositAmount',
		type: 'string',
		default: '',
		required: true,
		displayOptions: { show: { kind: ['deposit'], depositBy: ['amount'] }, hide: IN_ITEM },
		placeholder: 'e.g. 100.000',
		description: 'What is paid now, as people write it',
	},
	{
		displayName: 'Interval',
		name: 'interval',
		type: 'options',
		default: 'month',
		displayOptions: { show: { kind: ['subscription'], ...OWN_PRICE } },
		description: 'How often it is paid',
		options: [
			{ name: 'Day', value: 'day' },
			{ name: 'Month', value: 'month' },
			{ name: 'Week', value: 'week' },
			{ name: 'Year', value: 'year' },
		],
	},
	{
		displayName: 'Description',
		name: 'description',
		type: 'string',
		default: '',
		required: true,
		displayOptions: { hide: IN_ITEM },
		placeholder: 'e.g. 3 impresoras térmicas',
		description: 'What it is for; the customer reads it in the chat and on the page',
	},
	{
		displayName: 'Quantity',
		name: 'quantity',
		type: 'number',
		typeOptions: { minValue: 1, maxValue: 999_999 },
		default: 1,
		displayOptions: { show: { kind: ['full', 'subscription'] }, hide: IN_ITEM },
		description: 'How many pieces',
	},
];

/** What both kinds of page can be told besides. */
export const orderOptions: readonly INodeProperties[] = [
	{
		displayName: 'Adjustable Quantity',
		name: 'adjustableQuantity',
		type: 'boolean',
		default: false,
		description: 'Whether the customer can change the quantity on the page',
	},
	{
		displayName: 'Button Label',
		name: 'buttonLabel',
		type: 'string',
		default: '',
		placeholder: 'e.g. Pagar ahora',
		description: 'Up to 20 characters. Empty for the amount.',
	},
	{
		displayName: 'Collect Phone',
		name: 'collectPhone',
		type: 'boolean',
		default: false,
		description: 'Whether the page asks for a phone number',
	},
	{
		displayName: 'Interval Count',
		name: 'intervalCount',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: 1,
		description: 'Of a subscription: every how many intervals it is paid',
	},
	{
		displayName: 'Invoice Data',
		name: 'invoice',
		type: 'fixedCollection',
		placeholder: 'Add invoice data',
		default: {},
		description:
			"What a formal invoice is made out to. Without this option it is taken from the item's 'invoice', else from the field 'invoice' of its case.",
		options: [
			{
				displayName: 'Data',
				name: 'data',
				values: [
					{
						displayName: 'City',
						name: 'city',
						type: 'string',
						default: '',
						placeholder: 'e.g. Medellín',
						description: 'Where it is addressed to',
					},
					{
						displayName: 'Email',
						name: 'email',
						type: 'string',
						default: '',
						placeholder: 'e.g. compras@example.com',
						description: 'Where it is sent; also filled in on the page of a checkout session',
					},
					{
						displayName: 'Legal Name',
						name: 'legalName',
						type: 'string',
						default: '',
						placeholder: 'e.g. Ferretería La 80 S.A.S.',
						description: 'Of the company or person',
					},
					{
						displayName: 'Tax ID',
						name: 'taxId',
						type: 'string',
						default: '',
						placeholder: 'e.g. 900123456-8',
						description: 'Checked with its check digit by the rules of the country of the business',
					},
					{
						displayName: 'Taxes',
						name: 'taxes',
						type: 'options',
						default: 'with',
						description: 'Whether the amount has its taxes in it',
						options: [
							{ name: 'With Taxes', value: 'with' },
							{ name: 'Without Taxes', value: 'without' },
						],
					},
				],
			},
		],
	},
	{
		displayName: 'Metadata',
		name: 'metadata',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true },
		placeholder: 'Add value',
		default: {},
		description: 'Kept by Stripe with the payment, up to 35 values. Never put card data or secrets here.',
		options: [
			{
				displayName: 'Value',
				name: 'pairs',
				values: [
					{
						displayName: 'Key',
						name: 'key',
						type: 'string',
						default: '',
						placeholder: 'e.g. order',
						description: 'Up to 40 characters',
					},
					{
						displayName: 'Value',
						name: 'value',
						type: 'string',
						default: '',
						placeholder: 'e.g. 1042',
						description: 'Up to 500 characters',
					},
				],
			},
		],
	},
	{
		displayName: 'Page Language',
		name: 'locale',
		type: 'options',
		default: 'es',
		description: "The language of the payment page. Without this option, that of the customer's browser.",
		options: [
			{ name: 'English', value: 'en' },
			{ name: 'Portuguese (Brazil)', value: 'pt-BR' },
			{ name: 'Spanish', value: 'es' },
			{ name: 'Spanish (Latin America)', value: 'es-419' },
		],
	},
	requestIdField,
	{
		displayName: 'Text',
		name: 'text',
		type: 'string',
		typeOptions: { rows: 3 },
		default: '',
		placeholder: 'e.g. Este es tu link de pago',
		description: 'What the customer reads above the button. Empty for a sentence with amount and description.',
	},
];
