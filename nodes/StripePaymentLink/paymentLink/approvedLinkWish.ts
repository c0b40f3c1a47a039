import { z } from 'zod';

import { InvalidInput } from '../../shared/domain/invalidInput';
import { readCurrency, readPositiveMoney } from '../../shared/domain/payments/money';
import { crmItemOf } from '../../shared/n8n/crmItem';
import type { ApprovalWish, OperationContext } from '../../shared/n8n/operation';
import { optionsOf, parameter, words } from '../../shared/n8n/parameters';
import { linkToApprove } from '../../shared/usecases/stripe/linkApproval';
import { checkedDescription } from '../checkedDescription';
import type { StripePaymentLinkServices } from '../services';

const refuse = (parameterName: string, message: string, description: string): InvalidInput =>
	new InvalidInput({ message, description, parameter: parameterName });

/** What a person approves is seen at a glance: an amount, once, and what it is for. */
function assertSimple(context: OperationContext): void {
	if (parameter(context, 'priceSource', 'Price Source', words) !== 'amount') {
		throw refuse(
			'Price Source',
			"'Price Source' is not 'Amount', the only one that a model may ask a person for",
			"Choose 'Amount', or let the model use Create From Catalogue, which needs no approval.",
		);
	}
	if (parameter(context, 'kind', 'Kind', words) !== 'full') {
		throw refuse(
			'Kind',
			"'Kind' is not 'One-Time', the only one that a model may ask a person for",
			'Deposits and subscriptions are asked for by people, with the button of the inbox.',
		);
	}
	const options = Object.entries(parameter(context, 'options', 'Options', optionsOf({}).and(z.record(z.unknown()))));
	if (options.length === 0) return;
	throw refuse(
		'Options',
		"'Options' cannot be part of what a model asks a person for",
		'Remove them: the person sees amount, customer and description, and approves nothing else.',
	);
}

/** The link that a model wants, for the customer of its own conversation. @throws InvalidInput, NodeOperationError */
export async function approvedLinkWish(
	context: OperationContext,
	{ store }: StripePaymentLinkServices,
): Promise<ApprovalWish> {
	assertSimple(context);
	const { contactId } = crmItemOf(context.node, context.itemIndex);
	const currency = readCurrency(parameter(context, 'currency', 'Currency', words));
	const written = parameter(context, 'amount', 'Amount', z.union([z.string(), z.number()]));
	const wish = {
		price: readPositiveMoney(written, currency),
		quantity: parameter(context, 'quantity', 'Quantity', z.coerce.number().int().min(1).max(999_999)),
		description: checkedDescription(parameter(context, 'description', 'Description', words).trim()),
	};
	return { ...(await linkToApprove(store, contactId, wish)), contactId };
}
