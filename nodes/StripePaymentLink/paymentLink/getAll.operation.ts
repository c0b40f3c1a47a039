import type { IDataObject } from 'n8n-workflow';

import { listPaymentLinks } from '../../shared/clients/stripe/paymentLinks';
import { everybodysData } from '../../shared/n8n/everybodysData';
import { isSimplified, limitFields, simplifyField } from '../../shared/n8n/getMany';
import { optionalFlag, optionsOf, parameter } from '../../shared/n8n/parameters';
import { stripePages } from '../stripePages';
import type { StripePaymentLinkOperation } from '../services';
import { paymentLinkCard } from './paymentLinkCard';

export const getManyLinks: StripePaymentLinkOperation = {
	value: 'getAll',
	name: 'Get Many',
	action: 'Get many payment links',
	description: 'Retrieve a list of payment links from Stripe, newest first',
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
					description: 'Whether to list the links that can be paid, or those that cannot any more',
				},
			],
		},
		simplifyField,
	],
	customerOf: everybodysData,
	async execute(context, { stripe }) {
		const { active } = parameter(context, 'filters', 'Filters', optionsOf({ active: optionalFlag }));
		const links = await stripePages(context, async (page) => await listPaymentLinks(stripe, { ...page, active }));
		return isSimplified(context) ? links.map(paymentLinkCard) : (links as unknown as IDataObject[]);
	},
};
