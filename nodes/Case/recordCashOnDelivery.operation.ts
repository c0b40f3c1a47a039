import { z } from 'zod';

import { CASH_ON_DELIVERY } from '../shared/domain/payments/cashOnDelivery';
import { decimalOf, readCurrency, readPositiveMoney } from '../shared/domain/payments/money';
import { optionalWords, optionsOf, parameter, words } from '../shared/n8n/parameters';
import { requestIdField, requestIdOf } from '../shared/n8n/requestId';
import { caseField } from '../shared/n8n/storeLists';
import { existingCase } from '../shared/usecases/cases/changeCase';
import { recordCashOnDelivery } from '../shared/usecases/payments/recordCashOnDelivery';
import { caseCustomer } from './caseCustomer';
import type { CaseOperation } from './services';

export const recordCashOnDeliveryOperation: CaseOperation = {
	value: 'recordCashOnDelivery',
	name: 'Record Cash on Delivery',
	action: 'Record cash on delivery for case',
	description: 'Keep that the case is paid in cash when it is delivered; nothing is confirmed by it',
	// A model could end the asking for money.
	needsApproval: true,
	properties: [
		caseField,
		{
			displayName: 'Amount',
			name: 'amount',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. 250.000',
			description: 'What is to be collected, as people write it',
		},
		{
			displayName: 'Currency',
			name: 'currency',
			type: 'string',
			default: 'COP',
			required: true,
			placeholder: 'e.g. COP',
			description: 'Code of three letters',
		},
		{
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			placeholder: 'Add option',
			default: {},
			options: [
				{
					displayName: 'Description',
					name: 'description',
					type: 'string',
					default: '',
					placeholder: 'e.g. 3 impresoras térmicas',
					description: 'What it is for',
				},
				requestIdField,
			],
		},
	],
	customerOf: caseCustomer,
	async execute(context, { store }) {
		const caseKey = parameter(context, 'case', 'Case', words);
		const currency = readCurrency(parameter(context, 'currency', 'Currency', words));
		const money = readPositiveMoney(
			parameter(context, 'amount', 'Amount', z.union([z.string(), z.number()])),
			currency,
		);
		const options = parameter(
			context,
			'options',
			'Options',
			optionsOf({ description: optionalWords, requestId: optionalWords }),
		);
		const { id: caseId, number } = await existingCase(store.db, store, caseKey);
		const asked = { caseId, number, provider: CASH_ON_DELIVERY, amount: decimalOf(money), currency };
		if (context.manual) return { simulated: true, ...asked };
		const { payment, isNew } = await recordCashOnDelivery(store, {
			caseKey: caseId,
			money,
			...(options.description === undefined ? {} : { description: options.description.trim() }),
			// What the item brings has made its case already.
			requestId: requestIdOf(context, options.requestId, `cash:${caseId}`),
			actor: 'workflow',
		});
		return { ...asked, paymentId: payment.id, state: payment.state, recordedBefore: !isNew };
	},
};
