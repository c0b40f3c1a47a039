import type { IDataObject } from 'n8n-workflow';

import { getPaymentLink } from '../../shared/clients/stripe/paymentLinks';
import { isSimplified, simplifyField } from '../../shared/n8n/getMany';
import type { StripePaymentLinkOperation } from '../services';
import { paymentLinkCard } from './paymentLinkCard';
import { paymentLinkCustomer, paymentLinkField, paymentLinkIdOf } from './paymentLinkField';

export const getLink: StripePaymentLinkOperation = {
	value: 'get',
	name: 'Get',
	action: 'Get payment link',
	description: 'Retrieve one payment link from Stripe',
	properties: [paymentLinkField, simplifyField],
	customerOf: paymentLinkCustomer,
	async execute(context, { stripe }) {
		const link = await getPaymentLink(stripe, paymentLinkIdOf(context));
		return isSimplified(context) ? paymentLinkCard(link) : (link as unknown as IDataObject);
	},
};
