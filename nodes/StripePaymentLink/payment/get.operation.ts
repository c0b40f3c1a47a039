import { flag, parameter } from '../../shared/n8n/parameters';
import { sessionsOfPayment } from '../../shared/usecases/stripe/refundPayment';
import { sessionCard } from '../checkoutSession/sessionField';
import type { StripePaymentLinkOperation } from '../services';
import { existingPayment, paymentCard, paymentCustomer, paymentField } from './paymentField';

export const getPaymentOperation: StripePaymentLinkOperation = {
	value: 'get',
	name: 'Get',
	action: 'Get payment',
	description: 'Retrieve one payment: what the desk knows, and what Stripe says now',
	properties: [
		paymentField,
		{
			displayName: 'Ask Stripe',
			name: 'askStripe',
			type: 'boolean',
			default: true,
			description: 'Whether to add the attempts to pay as Stripe has them now',
		},
	],
	customerOf: paymentCustomer,
	async execute(context, { store, stripe }) {
		const payment = await existingPayment(context, store);
		const asks = parameter(context, 'askStripe', 'Ask Stripe', flag.default(true)) && payment.provider === 'stripe';
		if (!asks) return paymentCard(payment);
		return { ...paymentCard(payment), attempts: (await sessionsOfPayment(stripe, payment)).map(sessionCard) };
	},
};
