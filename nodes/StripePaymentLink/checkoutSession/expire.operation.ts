import { simulated } from '../../shared/n8n/manualMode';
import { forgetPage } from '../../shared/usecases/payments/forgetPage';
import { letSessionExpire } from '../../shared/usecases/stripe/letSessionExpire';
import type { StripePaymentLinkOperation } from '../services';
import { sessionCard, sessionField, sessionIdOf } from './sessionField';

export const expireSession: StripePaymentLinkOperation = {
	value: 'expire',
	name: 'Expire',
	action: 'Expire checkout session',
	description: 'Let nobody pay on a page any more',
	properties: [sessionField],
	needsApproval: true,
	async execute(context, { stripe, store }) {
		const id = sessionIdOf(context);
		if (context.manual) return simulated({ method: 'POST', url: `${stripe.root}/checkout/sessions/${id}/expire` });
		const session = await letSessionExpire(store, stripe, id);
		await forgetPage(store, 'stripe', id);
		return sessionCard(session);
	},
};
