import type { IDataObject, ILoadOptionsFunctions, INodeListSearchResult, INodeProperties } from 'n8n-workflow';

import { InvalidInput } from '../../shared/domain/invalidInput';
import { decimalOf, writeMoney } from '../../shared/domain/payments/money';
import type { OperationContext } from '../../shared/n8n/operation';
import { chooseFromList, parameter, words } from '../../shared/n8n/parameters';
import { listOf } from '../../shared/n8n/storeLists';
import { getPayment, listPayments, type PaymentRow } from '../../shared/store/repositories/payments';
import type { Store } from '../../shared/store/store';
import type { StripePaymentLinkServices } from '../services';

const PAGE = 50;

export const paymentField: INodeProperties = {
	displayName: 'Payment',
	name: 'payment',
	type: 'resourceLocator',
	default: chooseFromList,
	required: true,
	description: 'The payment that was asked for',
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			placeholder: 'Select a payment…',
			typeOptions: { searchListMethod: 'searchPayments', searchable: true },
		},
		{ displayName: 'By ID', name: 'id', type: 'string', placeholder: 'e.g. 0198c1f2-…' },
	],
};

/** @throws InvalidInput when the workspace has no such payment. */
export async function existingPayment(context: OperationContext, store: Store): Promise<PaymentRow> {
	const id = parameter(context, 'payment', 'Payment', words).trim();
	const payment = id === '' ? undefined : await getPayment(store.db, store.workspaceId, id);
	if (payment !== undefined) return payment;
	throw new InvalidInput({
		message: id === '' ? "'Payment' is empty" : `There is no payment '${id}' in workspace '${store.workspaceId}'`,
		description: "Choose one from the list in 'Payment', or check the store credential.",
		parameter: 'Payment',
	});
}

/** Whose payment it is. */
export const paymentCustomer = async (
	context: OperationContext,
	{ store }: StripePaymentLinkServices,
): Promise<string | undefined> => (await existingPayment(context, store)).contact_id ?? undefined;

const at = (milliseconds: number | null): string | null =>
	milliseconds === null ? null : new Date(milliseconds).toISOString();

/** The fields of a payment that people ask for, amounts with their point. */
export function paymentCard(payment: PaymentRow): IDataObject {
	const { currency } = payment;
	return {
		paymentId: payment.id,
		state: payment.state,
		kind: payment.kind,
		mode: payment.mode,
		amount: decimalOf({ minor: payment.amount, currency }),
		amountPaid: decimalOf({ minor: payment.amount_paid, currency }),
		amountRefunded: decimalOf({ minor: payment.amount_refunded, currency }),
		currency,
		description: payment.description,
		provider: payment.provider,
		providerId: payment.provider_id,
		url: payment.url,
		requestId: payment.request_id,
		contactId: payment.contact_id,
		conversationId: payment.conversation_id,
		caseId: payment.case_id,
		leadId: payment.lead_id,
		error: payment.error,
		createdAt: at(payment.created_at),
		paidAt: at(payment.paid_at),
		expiresAt: at(payment.expires_at),
	};
}

export async function searchPayments(
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	return await listOf(this, filter, async (store) => {
		const rows = await listPayments(store.db, store.workspaceId, { before: paginationToken, limit: PAGE });
		return {
			results: rows.map(({ id, amount, currency, state, description }) => ({
				name: [writeMoney({ minor: amount, currency }, 'en-US'), state, description].filter(Boolean).join(' · '),
				value: id,
			})),
			next: rows.length < PAGE ? undefined : rows.at(-1)?.id,
		};
	});
}
