import type { IExecuteFunctions, ILoadOptionsFunctions } from 'n8n-workflow';

import { readStripeCredential } from '../shared/clients/stripe/credential';
import { openStripe, type Stripe } from '../shared/clients/stripe/stripe';
import type { Operation, Resource } from '../shared/n8n/operation';
import type { Store } from '../shared/store/store';

/** What an operation of this node works with. */
export interface StripePaymentLinkServices {
	readonly stripe: Stripe;
	readonly store: Store;
}

export type StripePaymentLinkOperation = Operation<StripePaymentLinkServices>;
export type StripePaymentLinkResource = Resource<StripePaymentLinkServices>;

/** Stripe with the node's credential, the same for the panel's lists and for the execution. */
export async function stripeOf(node: IExecuteFunctions | ILoadOptionsFunctions): Promise<Stripe> {
	return openStripe(readStripeCredential(await node.getCredentials('stripePaymentsApi')));
}
