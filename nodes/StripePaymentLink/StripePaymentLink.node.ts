import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';

import { describeResources, runResources } from '../shared/n8n/runner';
import { storeCredential, testStore, withStoreOfNode } from '../shared/n8n/storeCredential';
import { testStripe } from '../shared/n8n/stripeCredentialTest';
import { searchContacts } from '../shared/n8n/storeLists';
import { searchPaymentLinks } from './paymentLink/paymentLinkField';
import { searchPayments } from './payment/paymentField';
import { searchPrices } from './price/priceField';
import { stripePaymentLinkResources } from './resources';
import { stripeOf } from './services';

/** Collects with Stripe: links and sessions to pay, payments, refunds and prices. */
export class StripePaymentLink implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Stripe Payment Link',
		name: 'stripePaymentLink',
		icon: { light: 'file:stripePaymentLink.svg', dark: 'file:stripePaymentLink.dark.svg' },
		group: ['output'],
		version: 1,
		subtitle: '={{$parameter["operation"] + ": " + $parameter["resource"]}}',
		description: 'Collect in the chat: payment links, checkout sessions and refunds with Stripe',
		defaults: { name: 'Stripe Payment Link' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [
			{ displayName: 'Stripe Account', name: 'stripePaymentsApi', required: true, testedBy: 'testStripe' },
			storeCredential,
		],
		properties: describeResources(stripePaymentLinkResources),
	};

	methods = {
		credentialTest: { testStore, testStripe },
		listSearch: { searchContacts, searchPaymentLinks, searchPayments, searchPrices },
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await withStoreOfNode(
			this,
			async (store) =>
				await runResources(this, stripePaymentLinkResources, async () => ({ store, stripe: await stripeOf(this) }), {
					approvals: () => store,
				}),
		);
	}
}
