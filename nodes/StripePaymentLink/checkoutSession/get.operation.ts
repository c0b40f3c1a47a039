import type { IDataObject } from 'n8n-workflow';

import { getCheckoutSession } from '../../shared/clients/stripe/checkoutSessions';
import { isSimplified, simplifyField } from '../../shared/n8n/getMany';
import { paymentOfProvider } from '../../shared/store/repositories/payments';
import type { StripePaymentLinkOperation } from '../services';
import { sessionCard, sessionField, sessionIdOf } from './sessionField';

export const getSession: StripePaymentLinkOperation = {
	value: 'get',
	name: 'Get',
	action: 'Get checkout session',
	description: 'Retrieve one checkout session from Stripe',
	properties: [sessionField, simplifyField],
	customerOf: async (context, { store }) =>
		(await paymentOfProvider(store.db, store.workspaceId, 'stripe', sessionIdOf(context)))?.contact_id ?? undefined,
	async execute(context, { stripe }) {
		const session = await getCheckoutSession(stripe, sessionIdOf(context));
		return isSimplified(context) ? sessionCard(session) : (session as unknown as IDataObject);
	},
};
