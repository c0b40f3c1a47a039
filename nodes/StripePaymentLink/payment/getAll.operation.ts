import { z } from 'zod';

import { PAYMENT_STATES } from '../../shared/domain/payments/payment';
import { limitFields, rowsAskedFor } from '../../shared/n8n/getMany';
import type { OperationContext } from '../../shared/n8n/operation';
import { optionsOf, parameter } from '../../shared/n8n/parameters';
import { chooseField, chosenOption } from '../../shared/n8n/storeLists';
import { listPayments, type PaymentRow } from '../../shared/store/repositories/payments';
import type { StripePaymentLinkOperation } from '../services';
import { paymentCard } from './paymentField';

const inWords = (state: string): string =>
	state
		.split('_')
		.map((word) => `${word.charAt(0).toUpperCase()}${word.slice(1)}`)
		.join(' ');

const filtersOf = (context: OperationContext) =>
	parameter(
		context,
		'filters',
		'Filters',
		optionsOf({ contact: chosenOption, state: z.enum(PAYMENT_STATES).optional() }),
	);

export const getManyPayments: StripePaymentLinkOperation = {
	value: 'getAll',
	name: 'Get Many',
	action: 'Get many payments',
	description: 'Retrieve a list of payments as the desk knows them, newest first',
	properties: [
		...limitFields,
		{
			displayName: 'Filters',
			name: 'filters',
			type: 'collection',
			placeholder: 'Add filter',
			default: {},
			options: [
				chooseField({
					displayName: 'Contact',
					name: 'contact',
					description: 'Only payments of this customer',
					search: 'searchContacts',
					by: { displayName: 'By ID', placeholder: 'e.g. 0198c1f2-…' },
				}),
				{
					displayName: 'State',
					name: 'state',
					type: 'options',
					default: 'paid',
					description: 'Only payments in this state',
					options: [...PAYMENT_STATES].sort().map((value) => ({ name: inWords(value), value })),
				},
			],
		},
	],
	customerOf: async (context) => await Promise.resolve(filtersOf(context).contact),
	async execute(context, { store }) {
		const { contact, state } = filtersOf(context);
		const rows = await rowsAskedFor<PaymentRow>(
			context,
			async ({ after, limit }) =>
				await listPayments(store.db, store.workspaceId, { contactId: contact, state, before: after?.id, limit }),
		);
		return rows.map(paymentCard);
	},
};
