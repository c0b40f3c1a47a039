import type { IDataObject, INodeProperties } from 'n8n-workflow';

import type { CheckoutSession } from '../../shared/clients/stripe/checkoutSessions';
import { InvalidInput } from '../../shared/domain/invalidInput';
import { decimalOf } from '../../shared/domain/payments/money';
import type { OperationContext } from '../../shared/n8n/operation';
import { parameter, words } from '../../shared/n8n/parameters';

export const sessionField: INodeProperties = {
	displayName: 'Session ID',
	name: 'sessionId',
	type: 'string',
	default: '',
	required: true,
	placeholder: 'e.g. cs_test_a1YS1URlnyQCN5fUUduORoQ7Pw41PJqDWkIVQCpJPqkfIhd6tVY8XB1OLY',
	description: 'As Checkout Session: Create returns it, or as it comes with a webhook',
};

/** @throws InvalidInput when it is no id of a session. */
export function sessionIdOf(context: OperationContext): string {
	const id = parameter(context, 'sessionId', 'Session ID', words).trim();
	if (/^cs_\w+$/.test(id)) return id;
	throw new InvalidInput({
		message: id === '' ? "'Session ID' is empty" : `'Session ID' is no ID of a session: '${id.slice(0, 40)}'`,
		description: 'It begins with cs_; Checkout Session: Create returns it.',
		parameter: 'Session ID',
	});
}

/** The fields of a session that people ask for. */
export function sessionCard(session: CheckoutSession): IDataObject {
	const currency = session.currency?.toUpperCase();
	return {
		sessionId: session.id,
		status: session.status ?? null,
		paymentStatus: session.payment_status,
		amount:
			typeof session.amount_total === 'number' && currency !== undefined
				? decimalOf({ minor: session.amount_total, currency })
				: null,
		currency: currency ?? null,
		url: session.url ?? null,
		recoveryUrl: session.after_expiration?.recovery?.url ?? null,
		expiresAt: new Date(session.expires_at * 1000).toISOString(),
		mode: session.livemode ? 'live' : 'test',
		paymentIntentId: session.payment_intent ?? null,
		subscriptionId: session.subscription ?? null,
		paymentLinkId: session.payment_link ?? null,
		paymentId: session.metadata.payment_id ?? session.client_reference_id ?? null,
	};
}
