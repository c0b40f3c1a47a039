import { createSession } from './checkoutSession/create.operation';
import { expireSession } from './checkoutSession/expire.operation';
import { getSession } from './checkoutSession/get.operation';
import { getPaymentOperation } from './payment/get.operation';
import { getManyPayments } from './payment/getAll.operation';
import { reconcileOperation } from './payment/reconcile.operation';
import { remindOperation } from './payment/remind.operation';
import { createLink } from './paymentLink/create.operation';
import { createApprovedLink } from './paymentLink/createApproved.operation';
import { createLinkFromCatalogue } from './paymentLink/createFromCatalogue.operation';
import { deactivateLink } from './paymentLink/deactivate.operation';
import { getLink } from './paymentLink/get.operation';
import { getManyLinks } from './paymentLink/getAll.operation';
import { getManyPrices } from './price/getAll.operation';
import { createRefundOperation } from './refund/create.operation';
import { createApprovedRefund } from './refund/createApproved.operation';
import { getRefundOperation } from './refund/get.operation';
import type { StripePaymentLinkResource } from './services';

export const stripePaymentLinkResources: readonly StripePaymentLinkResource[] = [
	{
		value: 'paymentLink',
		name: 'Payment Link',
		description: 'An address to pay at, without an end',
		operations: [createLink, createApprovedLink, createLinkFromCatalogue, deactivateLink, getLink, getManyLinks],
	},
	{
		value: 'checkoutSession',
		name: 'Checkout Session',
		description: 'A page to pay on that expires',
		operations: [createSession, expireSession, getSession],
	},
	{
		value: 'payment',
		name: 'Payment',
		description: 'What was asked for, and what came of it',
		operations: [getPaymentOperation, getManyPayments, reconcileOperation, remindOperation],
	},
	{
		value: 'price',
		name: 'Price',
		description: 'A price of a product in Stripe',
		operations: [getManyPrices],
	},
	{
		value: 'refund',
		name: 'Refund',
		description: 'Money that goes back',
		operations: [createRefundOperation, createApprovedRefund, getRefundOperation],
	},
];
