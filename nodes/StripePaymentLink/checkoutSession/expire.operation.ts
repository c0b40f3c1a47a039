import { expireCheckoutSession } from '../../shared/clients/stripe/checkoutSessions';
import { simulated } from '../../shared/n8n/manualMode';
import type { StripePaymentLinkOperation } from '../services';
import { sessionCard, sessionField, sessionIdOf } from './sessionField';

export const expireSession: StripePaymentLinkOperation = {
	value: 'expire',
	name: 'Expire',
	action: 'Expire checkout session',
	description: 'Let nobody pay on a page any more',
	properties: [sessionField],
	needsApproval: true,
	async execute(context, { stripe }) {
		const id = sessionIdOf(context);
		if (context.manual) return simulated({ method: 'POST', url: `${stripe.root}/checkout/sessions/${id}/expire` });
		return sessionCard(await expireCheckoutSession(stripe, id, `expire:${id}`));
	},
};
