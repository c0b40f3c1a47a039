import { deactivatePaymentLink } from '../../shared/clients/stripe/paymentLinks';
import { simulated } from '../../shared/n8n/manualMode';
import { forgetPage } from '../../shared/usecases/payments/forgetPage';
import type { StripePaymentLinkOperation } from '../services';
import { paymentLinkCard } from './paymentLinkCard';
import { paymentLinkField, paymentLinkIdOf } from './paymentLinkField';

export const deactivateLink: StripePaymentLinkOperation = {
	value: 'deactivate',
	name: 'Deactivate',
	action: 'Deactivate payment link',
	description: 'Let nobody pay with a link any more',
	properties: [paymentLinkField],
	needsApproval: true,
	async execute(context, { stripe, store }) {
		const id = paymentLinkIdOf(context);
		if (context.manual) {
			return simulated({ method: 'POST', url: `${stripe.root}/payment_links/${id}`, body: { active: false } });
		}
		// A link that was activated again by hand may be deactivated again: each call is its own.
		const link = await deactivatePaymentLink(stripe, id, `deactivate:${store.newId()}`);
		await forgetPage(store, 'stripe', id);
		return paymentLinkCard(link);
	},
};
