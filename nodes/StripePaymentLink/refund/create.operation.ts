import { z } from 'zod';

import { REFUND_REASONS, refundBody } from '../../shared/clients/stripe/refunds';
import { InvalidInput } from '../../shared/domain/invalidInput';
import { readPositiveMoney } from '../../shared/domain/payments/money';
import { simulated } from '../../shared/n8n/manualMode';
import type { OperationContext } from '../../shared/n8n/operation';
import { optionalWords, optionsOf, parameter, words } from '../../shared/n8n/parameters';
import { crmItemIfAny, requestIdField, requestIdOf } from '../../shared/n8n/requestId';
import { approvedRefund, REFUND_OPERATION, refundToApprove } from '../../shared/usecases/stripe/refundApproval';
import { refundOf, refundPayment } from '../../shared/usecases/stripe/refundPayment';
import { existingPayment, paymentField } from '../payment/paymentField';
import type { StripePaymentLinkOperation } from '../services';
import { refundCard } from './refundCard';

const refundOptions = optionsOf({
	amount: optionalWords,
	paymentIntent: optionalWords,
	reason: z.enum(REFUND_REASONS).optional(),
	requestId: optionalWords,
});

/** What is given back, as the node's fields say it. */
function refundAsked(context: OperationContext, currency: string) {
	const { amount, ...options } = parameter(context, 'options', 'Options', refundOptions);
	return { ...options, amount: amount === undefined ? undefined : readPositiveMoney(amount, currency).minor };
}

export const createRefundOperation: StripePaymentLinkOperation = {
	value: 'create',
	name: 'Create',
	action: 'Create refund',
	description: 'Give a payment back, in whole or in part. The same request gives it back once.',
	properties: [
		paymentField,
		{
			displayName: 'Approved By',
			name: 'approvedBy',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. Carolina Rojas',
			description: 'Who said that the money goes back; it stands in the audit log and in Stripe',
		},
		{
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			placeholder: 'Add option',
			default: {},
			options: [
				{
					displayName: 'Amount',
					name: 'amount',
					type: 'string',
					default: '',
					placeholder: 'e.g. 50.000',
					description: 'As people write it. Without this option: all that is left.',
				},
				{
					displayName: 'Payment Intent ID',
					name: 'paymentIntent',
					type: 'string',
					default: '',
					placeholder: 'e.g. pi_1PgafyB7WZ01zgkWSjxsAJo3',
					description:
						'Only for a payment that was collected more than once, such as the periods of a subscription: which of them',
				},
				{
					displayName: 'Reason',
					name: 'reason',
					type: 'options',
					default: 'requested_by_customer',
					description: 'What Stripe is told',
					options: [
						{ name: 'Duplicate', value: 'duplicate' },
						{ name: 'Fraudulent', value: 'fraudulent' },
						{ name: 'Requested by Customer', value: 'requested_by_customer' },
					],
				},
				requestIdField,
			],
		},
	],
	needsApproval: true,
	approval: {
		operation: REFUND_OPERATION,
		async wish(context, { store, stripe }) {
			const payment = await existingPayment(context, store);
			const wish = await refundToApprove(store, stripe, payment, refundAsked(context, payment.currency));
			return { ...wish, contactId: payment.contact_id ?? undefined };
		},
		async run({ store, stripe }, approved) {
			const { payment, request } = await approvedRefund(store, approved);
			return refundCard(await refundPayment(store, stripe, payment, request));
		},
	},
	async execute(context, { store, stripe }) {
		const payment = await existingPayment(context, store);
		const { requestId, ...asked } = refundAsked(context, payment.currency);
		const approvedBy = parameter(context, 'approvedBy', 'Approved By', words).trim();
		if (approvedBy === '') {
			throw new InvalidInput({
				message: "'Approved By' is empty",
				description: 'Money goes back only when a person said so: write who.',
				parameter: 'Approved By',
			});
		}
		const request = {
			...asked,
			requestId: requestIdOf(context, requestId, crmItemIfAny(context)?.requestId),
			approvedBy,
		};
		if (context.manual) {
			const body = refundBody(await refundOf(store, stripe, payment, request));
			return simulated({ method: 'POST', url: `${stripe.root}/refunds`, body });
		}
		return refundCard(await refundPayment(store, stripe, payment, request));
	},
};
